/** Nobody can answer now: why, when that changes, and what can be done meanwhile. */
import type { ComponentChildren } from 'preact';
import { Icon } from '../kit/Icon';
import type { Dock } from './dock';
import { Hero } from './Hero';
import { opensAgain } from './Hours';
import { chatIcon, phoneIcon } from './icons';
import { Pill } from './Keys';
import type { Live } from './live';
import type { Place } from './place';
import { settings, t } from './speech';
import './screens.css';

interface Props {
  live: Live;
  place: Place;
  dock: Dock;
  heading: ComponentChildren;
}

export function Nobody({ live, place, dock, heading }: Props) {
  const { has_chat, message, outside } = settings.value;
  const isClosed = live.hours.value?.is_open === false;
  const isLeft = message.is_offered || (isClosed && outside === 'message');
  return (
    <div class="screen">
      {!isClosed && <Hero live={live} />}
      {heading}
      <p class="lead">{t('nobody.text')}</p>
      {isClosed && <p class="again">{opensAgain(live)}</p>}
      <div class="actions">
        <Pill icon={phoneIcon} text={t('ready.order')} onClick={() => place.order()} />
        {has_chat && (
          <button type="button" class="quiet-key" onClick={() => dock.open()}>
            <Icon icon={chatIcon} size={18} />
            {t(isLeft ? 'nobody.message' : 'nobody.write')}
          </button>
        )}
      </div>
    </div>
  );
}
