/** The keys of the screens: the one big key, the round ones of a call, and the ways beside a call. */
import { Icon, type IconNode } from '../kit/Icon';
import type { Dock } from './dock';
import { chatIcon, phoneIcon } from './icons';
import type { Phone } from './phone';
import type { Place } from './place';
import { settings, t } from './speech';
import './Keys.css';

interface PillProps {
  icon: IconNode;
  text: string;
  onClick: () => void;
}

export function Pill({ icon, text, onClick }: PillProps) {
  return (
    <button type="button" class="pill" onClick={onClick}>
      <span class="pill-icon">
        <Icon icon={icon} size={26} />
      </span>
      {text}
    </button>
  );
}

interface RoundProps {
  icon: IconNode;
  text: string;
  kind?: string;
  onClick: () => void;
}

export function Round({ icon, text, kind = '', onClick }: RoundProps) {
  return (
    <button type="button" class={`round ${kind}`} onClick={onClick}>
      <span>
        <Icon icon={icon} size={24} />
      </span>
      {text}
    </button>
  );
}

export function ChatKey({ dock }: { dock: Dock }) {
  return (
    <button type="button" class="quiet-key" onClick={() => dock.open()}>
      <Icon icon={chatIcon} size={18} />
      {t('ready.chat')}
    </button>
  );
}

interface OrderKeyProps {
  phone: Phone;
  place: Place;
}

export function OrderKey({ phone, place }: OrderKeyProps) {
  const order = () => {
    phone.leave();
    place.order();
  };
  return (
    <button type="button" class="quiet-key" onClick={order}>
      <Icon icon={phoneIcon} size={18} />
      {t('ready.order')}
    </button>
  );
}

/** What can be done in place of the call. */
export function Ways({ phone, place, dock }: OrderKeyProps & { dock: Dock }) {
  return (
    <div class="ways">
      {settings.value.has_chat && <ChatKey dock={dock} />}
      <OrderKey phone={phone} place={place} />
    </div>
  );
}
