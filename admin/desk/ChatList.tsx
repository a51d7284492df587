// The column of chats: first whoever waits, in red, then the chats of this desk with what is unread.
import './ChatList.css';
import type { ChatId } from '../../widget/kit/wire';
import { VisitorFace } from '../parts/VisitorFace';
import { address } from '../routes';
import type { Desk } from '../store/desk';
import { t } from '../store/texts';
import type { Visit } from '../store/visit';
import { ago, nameOf } from '../store/words';
import { WaitingTile } from './WaitingTile';

interface Props {
  desk: Desk;
  shown: Visit | undefined;
  isWaitingShown: boolean;
  now: number;
  /** A chat was chosen by hand. */
  onChosen: (chat: ChatId) => void;
  onShortcuts: () => void;
}

export function ChatList({ desk, shown, isWaitingShown, now, onChosen, onShortcuts }: Props) {
  const visits = desk.visits.value;
  return (
    <section class="chat-list" aria-labelledby="chat-list">
      <header>
        <h2 id="chat-list">{t('chats.title')}</h2>
        {visits.length > 0 ? <span class="chat-list-count number">{visits.length}</span> : null}
      </header>
      <div class="chat-list-rows">
        <WaitingTile waiting={desk.room.waiting.value} isShown={isWaitingShown} now={now} />
        {visits.length === 0 ? <p class="chat-list-none">{t('chats.none')}</p> : null}
        <ul>
          {visits.map((visit) => (
            <Row key={visit.chat.id} visit={visit} isShown={visit === shown} now={now} onChosen={onChosen} />
          ))}
        </ul>
      </div>
      <footer>
        <span>
          <kbd>J</kbd> <kbd>K</kbd> {t('hint.move')}
        </span>
        <span>
          <kbd>A</kbd> {t('hint.accept')}
        </span>
        <button type="button" onClick={onShortcuts}>
          <kbd>?</kbd> {t('hint.shortcuts')}
        </button>
      </footer>
    </section>
  );
}

interface RowProps {
  visit: Visit;
  isShown: boolean;
  now: number;
  onChosen: (chat: ChatId) => void;
}

function Row({ visit, isShown, now, onChosen }: RowProps) {
  const name = nameOf(visit.visitor.value);
  const { chat } = visit;
  const unread = chat.unread('consultant');
  const isGone = !visit.here.value && chat.state.value === 'open';
  return (
    <li>
      <a
        class="chat-row"
        href={address({ at: 'chat', chat: chat.id })}
        aria-current={isShown ? 'true' : undefined}
        onClick={() => onChosen(chat.id)}
      >
        <span class={isGone ? 'chat-row-face gone' : 'chat-row-face'}>
          <VisitorFace name={name} size={38} />
        </span>
        <b>
          {name}
          {isGone ? <span class="unseen"> ({t('visitor.gone')})</span> : null}
        </b>
        <time>{ago(visit.lastAt, now)}</time>
        <Preview visit={visit} isUnread={unread > 0} />
        {unread > 0 ? (
          <span class="chat-row-unread number">
            <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
            <span class="unseen">{t('chats.unread', { count: unread })}</span>
          </span>
        ) : null}
      </a>
    </li>
  );
}

function Preview({ visit, isUnread }: { visit: Visit; isUnread: boolean }) {
  const { chat } = visit;
  if (chat.state.value === 'closed') return <span class="chat-row-last">{t('chats.over')}</span>;
  if (visit.writing.value !== null) return <span class="chat-row-last writing">{t('chats.writing')}</span>;
  const last = chat.events.value.findLast((event) => event.k === 'said' && event.from.by !== 'hub');
  if (last?.k !== 'said') return <span class="chat-row-last">{t('chats.accepted')}</span>;
  const isMine = last.from.by !== 'visitor';
  return (
    <span class={isUnread ? 'chat-row-last unread' : 'chat-row-last'} dir="auto">
      {isMine ? t('chats.mine', { text: last.body }) : last.body}
    </span>
  );
}
