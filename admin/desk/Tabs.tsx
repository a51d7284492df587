// On phones: the places of the desk at the bottom, one pane above them.
import './Tabs.css';
import { Clock, MessagesSquare } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import { place } from '../routes';
import type { Desk } from '../store/desk';
import { t } from '../store/texts';

interface Props {
  desk: Desk;
}

export function Tabs({ desk }: Props) {
  const waiting = desk.room.waiting.value.length;
  const unread = desk.visits.value.reduce((sum, visit) => sum + visit.chat.unread('consultant'), 0);
  return (
    <nav class="tabs" aria-label={t('nav.places')}>
      <a href="#/" aria-current={place.value.at === 'list' ? 'page' : undefined}>
        <Icon icon={MessagesSquare} size={20} />
        <span>{t('tabs.chats')}</span>
        {unread > 0 ? <b class="number">{unread}</b> : null}
      </a>
      <a href="#/waiting" aria-current={place.value.at === 'waiting' ? 'page' : undefined}>
        <Icon icon={Clock} size={20} />
        <span>{t('tabs.waiting')}</span>
        {waiting > 0 ? <b class="number bad">{waiting}</b> : null}
      </a>
    </nav>
  );
}
