/** Somebody is available: call, write, or order a call for later. */
import type { ComponentChildren } from 'preact';
import type { Dock } from './dock';
import { Hero } from './Hero';
import { chatIcon, phoneIcon } from './icons';
import { ChatKey, OrderKey, Pill } from './Keys';
import type { Live } from './live';
import type { Phone } from './phone';
import type { Place } from './place';
import { settings, t } from './speech';
import { callText } from './words';
import './screens.css';

interface Props {
  live: Live;
  place: Place;
  dock: Dock;
  phone: Phone;
  heading: ComponentChildren;
}

export function Ready({ live, place, dock, phone, heading }: Props) {
  const { subheading, has_chat } = settings.value;
  const hasVoice = settings.value.mode !== 'chat';
  const chosen = live.chosen;
  const isOther = chosen !== undefined && chosen.status !== 'available';
  const lead = hasVoice ? 'subheading.voice' : has_chat ? 'subheading' : 'ready.only_order';
  return (
    <div class="screen">
      <Hero live={live} />
      {heading}
      <p class="lead" dir="auto">
        {subheading || t(lead)}
      </p>
      {live.isCodeSpent.value && <p class="again">{t('call.spent')}</p>}
      <div class="actions">
        {hasVoice ? (
          <Pill icon={phoneIcon} text={callText(live)} onClick={() => void phone.call()} />
        ) : has_chat ? (
          <Pill icon={chatIcon} text={t('ready.chat')} onClick={() => dock.open()} />
        ) : (
          <Pill icon={phoneIcon} text={t('ready.order')} onClick={() => place.order()} />
        )}
        <div class="ways">
          {hasVoice && has_chat && <ChatKey dock={dock} />}
          {(hasVoice || has_chat) && <OrderKey phone={phone} place={place} />}
        </div>
      </div>
      {hasVoice && <p class="small">{isOther ? t('call.other', { name: chosen.name }) : t('call.promise')}</p>}
    </div>
  );
}
