/** In the call: the face whose waves follow the voice, how long, how good, and the keys. */
import type { ComponentChildren } from 'preact';
import { Face } from '../kit/Face';
import { Devices } from './Devices';
import type { Dock } from './dock';
import { chatIcon, microphoneIcon, mutedIcon, phoneIcon } from './icons';
import { Round } from './Keys';
import type { Phone } from './phone';
import { settings, t } from './speech';
import { durationText } from './times';
import { talkText } from './words';
import './Talk.css';

interface Props {
  dock: Dock;
  phone: Phone;
  heading: ComponentChildren;
}

const SIZE_PX = 148;
/** From which tenth of the mean opinion score on a connection is called so, and how many bars it has. */
const GRADES = [
  ['excellent', 40, 4],
  ['good', 34, 3],
  ['fair', 28, 2],
  ['poor', 0, 1],
] as const;
const BARS = [1, 2, 3, 4];

export function Talk({ dock, phone, heading }: Props) {
  const { microphone } = phone;
  const view = phone.view.value;
  const face = view?.consultant;
  const isMuted = microphone.isMuted.value;
  return (
    <div class="screen">
      {face !== undefined && (
        <div class="waves" key={face.id}>
          <Face name={face.name} photo={face.photo} size={SIZE_PX} />
        </div>
      )}
      {heading}
      <p class="talk-time">{view?.state === 'active' ? durationText(phone.seconds) : talkText(phone)}</p>
      <Quality phone={phone} />
      <Notes phone={phone} />
      <div class="keys">
        <Round
          icon={isMuted ? mutedIcon : microphoneIcon}
          kind={isMuted ? 'is-on' : ''}
          text={t(isMuted ? 'talk.unmute' : 'talk.mute')}
          onClick={() => phone.mute(!isMuted)}
        />
        {settings.value.has_chat && <Round icon={chatIcon} text={t('talk.chat')} onClick={() => dock.open()} />}
        <Round kind="is-end" icon={phoneIcon} text={t('talk.hang_up')} onClick={() => phone.hangUp()} />
      </div>
      <details class="devices-menu">
        <summary class="quiet-key">{t('talk.devices')}</summary>
        <Devices phone={phone} />
      </details>
    </div>
  );
}

/** Four bars and a word; nothing until somebody measured. */
function Quality({ phone }: { phone: Phone }) {
  const mos = phone.quality.value;
  const [grade, , lit] = GRADES.find(([, from]) => mos !== undefined && mos >= from) ?? [];
  if (grade === undefined || phone.view.value?.state !== 'active') return <p class="quality" />;
  return (
    <p class={`quality is-${lit > 2 ? 'good' : grade}`}>
      <span aria-hidden="true">
        {BARS.map((bar) => (
          <i key={bar} class={bar > lit ? '' : 'is-lit'} style={{ 'block-size': `${bar * 3 + 1}px` }} />
        ))}
      </span>
      {t(`quality.${grade}`)}
    </p>
  );
}

/** What stands between the two, each with what helps. */
function Notes({ phone }: { phone: Phone }) {
  const { microphone } = phone;
  const view = phone.view.value;
  const missing = microphone.problem.value;
  return (
    <>
      {missing !== undefined && <p class="note is-bad">{t(`mic.${missing}`)}</p>}
      {microphone.isMuted.value && <p class="note">{t('talk.muted')}</p>}
      {view?.peer_muted && <p class="note">{t('talk.peer_muted', { name: view.consultant?.name ?? '' })}</p>}
      {phone.voice.value?.isBlocked.value && (
        <button type="button" class="plain-key" onClick={() => void phone.voice.value?.play()}>
          {t('talk.blocked')}
        </button>
      )}
    </>
  );
}
