/** Before the call: the microphone is asked for, heard, chosen; or why there is none, and what helps. */
import type { ComponentChildren } from 'preact';
import { Icon } from '../kit/Icon';
import { Devices } from './Devices';
import type { Dock } from './dock';
import { backIcon, microphoneIcon, mutedIcon, phoneIcon } from './icons';
import { Pill, Ways } from './Keys';
import type { Live } from './live';
import type { Phone } from './phone';
import type { Place } from './place';
import { t } from './speech';
import { callText } from './words';
import './Talk.css';

interface Props {
  live: Live;
  place: Place;
  dock: Dock;
  phone: Phone;
  heading: ComponentChildren;
}

export function Check({ live, place, dock, phone, heading }: Props) {
  const { isOpen, problem } = phone.microphone;
  const missing = problem.value;
  const text = isOpen.value ? 'check.open_text' : 'check.asking_text';
  return (
    <div class="screen">
      <button type="button" class="order-back screen-back" onClick={() => phone.leave()}>
        <Icon icon={backIcon} size={18} />
        {t('order.back')}
      </button>
      <span class={`done ${missing === undefined ? '' : 'is-bad'}`}>
        <Icon icon={missing === undefined ? microphoneIcon : mutedIcon} size={34} />
      </span>
      {heading}
      <p class="lead">{t(missing === undefined ? text : `mic.${missing}_text`)}</p>
      {isOpen.value && <div class="level" />}
      {isOpen.value && <Devices phone={phone} />}
      <div class="actions">
        {isOpen.value && <Pill icon={phoneIcon} text={callText(live)} onClick={() => phone.ring()} />}
        {missing !== undefined && (
          <>
            <button type="button" class="plain-key" onClick={() => void phone.call()}>
              {t('times.retry')}
            </button>
            <Ways phone={phone} place={place} dock={dock} />
          </>
        )}
      </div>
    </div>
  );
}
