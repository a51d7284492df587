/** It rings: whose turn it is, and how to take it back. */
import type { ComponentChildren } from 'preact';
import { Face } from '../kit/Face';
import { phoneIcon } from './icons';
import { Round } from './Keys';
import type { Live } from './live';
import type { Phone } from './phone';
import { t } from './speech';
import './Talk.css';

interface Props {
  live: Live;
  phone: Phone;
  heading: ComponentChildren;
}

const SIZE_PX = 148;

export function Ringing({ live, phone, heading }: Props) {
  const face = phone.view.value?.consultant ?? live.chosen;
  return (
    <div class="screen">
      {face !== undefined && (
        <div class="waves is-ringing" key={face.id}>
          <Face name={face.name} photo={face.photo} size={SIZE_PX} />
        </div>
      )}
      {heading}
      <div class="keys">
        <Round kind="is-end" icon={phoneIcon} text={t('ring.cancel')} onClick={() => phone.hangUp()} />
      </div>
    </div>
  );
}
