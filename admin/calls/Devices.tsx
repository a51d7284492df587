// Which microphone and which speaker a call uses; changed while it is talked.
import { Check, Headphones } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import type { AudioDevice } from '../../widget/kit/voice-microphone';
import { Menu } from '../parts/Menu';
import { t } from '../store/texts';
import type { LazyVoice } from '../store/voice-door';

/** Some browsers leave the choice to the system. */
const CAN_CHOOSE_SPEAKER = 'setSinkId' in HTMLMediaElement.prototype;

interface Props {
  voice: LazyVoice;
}

export function Devices({ voice: { microphone, voice } }: Props) {
  const open = microphone.value;
  const talking = voice.value;
  if (open === null || talking === null) return null;
  const face = (
    <>
      <Icon icon={Headphones} size={15} />
      <span>{t('devices.title')}</span>
    </>
  );
  return (
    <Menu look="button quiet" label={t('devices.title')} trigger={face}>
      {() => (
        <div class="call-devices">
          <List
            label={t('devices.microphone')}
            devices={open.inputs.value}
            chosen={open.chosen.value}
            onChoose={(id) => void open.open(id)}
          />
          {CAN_CHOOSE_SPEAKER ? (
            <List
              label={t('devices.speaker')}
              devices={open.outputs.value}
              chosen={talking.speaker.value === '' ? (open.outputs.value[0]?.id ?? '') : talking.speaker.value}
              onChoose={(id) => void talking.choose(id)}
            />
          ) : null}
        </div>
      )}
    </Menu>
  );
}

interface ListProps {
  label: string;
  devices: readonly AudioDevice[];
  chosen: string;
  onChoose: (id: string) => void;
}

function List({ label, devices, chosen, onChoose }: ListProps) {
  return (
    <fieldset>
      <legend>{label}</legend>
      {devices.length === 0 ? <p>{t('devices.none')}</p> : null}
      {devices.map(({ id, name }) => (
        <button type="button" class="menu-entry" key={id} aria-pressed={id === chosen} onClick={() => onChoose(id)}>
          <span class="grow">
            <bdi>{name}</bdi>
          </span>
          {id === chosen ? <Icon icon={Check} size={16} /> : null}
        </button>
      ))}
    </fieldset>
  );
}
