/** Which microphone and which speaker: two lists, where there is something to choose. */
import type { AudioDevice } from '../kit/voice-microphone';
import type { Phone } from './phone';
import { t } from './speech';

interface Props {
  phone: Phone;
}

export function Devices({ phone }: Props) {
  const { microphone } = phone;
  return (
    <div class="devices">
      <Choice
        name="microphone"
        devices={microphone.inputs.value}
        chosen={microphone.chosen.value}
        onPick={(id) => void microphone.open(id)}
      />
      {/* Browsers that cannot play on a chosen speaker name none. */}
      <Choice
        name="speaker"
        devices={microphone.outputs.value}
        chosen={phone.speaker.value}
        onPick={(id) => phone.listenOn(id)}
      />
    </div>
  );
}

interface ChoiceProps {
  name: 'microphone' | 'speaker';
  devices: readonly AudioDevice[];
  chosen: string;
  onPick: (id: string) => void;
}

function Choice({ name, devices, chosen, onPick }: ChoiceProps) {
  if (devices.length === 0) return null;
  return (
    <div class="field">
      <label for={name}>{t(`check.${name}`)}</label>
      <select id={name} value={chosen || devices[0]?.id} onChange={(event) => onPick(event.currentTarget.value)}>
        {devices.map(({ id, name: text }) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
