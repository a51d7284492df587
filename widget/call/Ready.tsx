/** Somebody is available: write now, or order a call for later. */
import type { ComponentChildren } from 'preact';
import { Icon } from '../kit/Icon';
import type { Dock } from './dock';
import { Hero } from './Hero';
import { chatIcon, phoneIcon } from './icons';
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

export function Ready({ live, place, dock, heading }: Props) {
  const { subheading, has_chat } = settings.value;
  return (
    <div class="screen">
      <Hero live={live} />
      {heading}
      <p class="lead" dir="auto">
        {subheading || t(has_chat ? 'subheading' : 'ready.only_order')}
      </p>
      <div class="actions">
        {has_chat && (
          <button type="button" class="pill" onClick={() => dock.open()}>
            <span class="pill-icon">
              <Icon icon={chatIcon} size={26} />
            </span>
            {t('ready.chat')}
          </button>
        )}
        <button type="button" class={has_chat ? 'quiet-key' : 'pill'} onClick={() => place.order()}>
          {has_chat ? (
            <Icon icon={phoneIcon} size={18} />
          ) : (
            <span class="pill-icon">
              <Icon icon={phoneIcon} size={26} />
            </span>
          )}
          {t('ready.order')}
        </button>
      </div>
    </div>
  );
}
