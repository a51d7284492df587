/** The visitor's call goes on in another tab of the same browser; it can be taken into this one. */
import type { ComponentChildren } from 'preact';
import { phoneIcon } from './icons';
import { Pill } from './Keys';
import type { Phone } from './phone';
import { t } from './speech';
import './screens.css';

interface Props {
  phone: Phone;
  heading: ComponentChildren;
}

export function Elsewhere({ phone, heading }: Props) {
  const missing = phone.microphone.problem.value;
  return (
    <div class="screen">
      {heading}
      {missing !== undefined && (
        <p class="note is-bad" role="alert">
          {t(`mic.${missing}`)}
        </p>
      )}
      <div class="actions">
        <Pill icon={phoneIcon} text={t('elsewhere.key')} onClick={() => void phone.here()} />
      </div>
    </div>
  );
}
