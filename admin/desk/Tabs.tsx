// On phones: the places of the desk at the bottom, one pane above them.
import './Tabs.css';
import { CalendarClock, Clock, Ellipsis, MessagesSquare, Phone } from 'lucide';
import { Icon, type IconNode } from '../../widget/kit/Icon';
import { Menu } from '../parts/Menu';
import { type Place, place } from '../routes';
import type { SignedIn } from '../store/signed-in';
import { t } from '../store/texts';
import { SETTINGS } from './stops';

interface Props {
  signedIn: SignedIn;
}

export function Tabs({ signedIn }: Props) {
  const { desk, fresh, calling, account } = signedIn;
  const unread = desk.visits.value.reduce((sum, visit) => sum + visit.chat.unread('consultant'), 0);
  return (
    <nav class="tabs" aria-label={t('nav.places')}>
      <Tab href="#/" places={['list', 'chat']} icon={MessagesSquare} words={t('tabs.chats')} count={unread} />
      <Tab
        href="#/waiting"
        places={['waiting']}
        icon={Clock}
        words={t('tabs.waiting')}
        count={desk.room.waiting.value.length}
        isUrgent
      />
      <Tab
        href="#/orders"
        places={['orders', 'messages']}
        icon={CalendarClock}
        words={t('order.title')}
        count={fresh.total.value}
      />
      <Tab
        href="#/calls"
        places={['calls']}
        icon={Phone}
        words={t('call.history')}
        count={calling.missed.count.value}
      />
      {account.value.role === 'owner' ? <More /> : null}
    </nav>
  );
}

interface TabProps {
  href: string;
  places: readonly Place['at'][];
  icon: IconNode;
  words: string;
  count: number;
  isUrgent?: boolean;
}

function Tab({ href, places, icon, words, count, isUrgent = false }: TabProps) {
  return (
    <a href={href} aria-current={places.includes(place.value.at) ? 'page' : undefined}>
      <Icon icon={icon} size={20} />
      <span>{words}</span>
      {count > 0 ? <b class={isUrgent ? 'number bad' : 'number'}>{count}</b> : null}
    </a>
  );
}

/** The settings, which would crowd the bar. */
function More() {
  const isHere = SETTINGS.some((stop) => stop.places.includes(place.value.at));
  const face = (
    <>
      <Icon icon={Ellipsis} size={20} />
      <span>{t('nav.settings')}</span>
    </>
  );
  return (
    <Menu look={isHere ? 'tabs-more here' : 'tabs-more'} label={t('nav.settings')} trigger={face}>
      {(close) =>
        SETTINGS.map((stop) => (
          <a class="menu-entry" key={stop.href} href={stop.href} onClick={close}>
            <Icon icon={stop.icon} size={16} />
            <span class="grow">{t(stop.title)}</span>
          </a>
        ))
      }
    </Menu>
  );
}
