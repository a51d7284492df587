// "Previous chats found": only when there are any, loaded on the first click, each opened to be read.
import './Previous.css';
import { useSignal } from '@preact/signals';
import { ChevronDown, ChevronRight, History } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import { Button } from '../parts/Button';
import type { PreviousChat } from '../store/api';
import { deskLinesOf } from '../store/desk-lines';
import { t } from '../store/texts';
import type { Loaded, Transcript, Visit } from '../store/visit';
import { dateOf, hourOf } from '../store/words';
import { Lines } from './Lines';

interface Props {
  visit: Visit;
  /** What the visitor is called. */
  name: string;
  now: number;
}

export function Previous({ visit, name, now }: Props) {
  const isOpen = useSignal(false);
  const open = useSignal<string | null>(null);
  const count = visit.visitor.value?.previous_chats ?? 0;
  // The grid of the chat window keeps its row.
  if (count === 0) return <div />;
  const previous = visit.previous.value;
  return (
    <div class="previous">
      <button
        type="button"
        class="previous-button"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
          if (isOpen.value) void visit.loadPrevious();
        }}
      >
        <Icon icon={History} size={15} />
        <span>{t('previous.found', { count })}</span>
        <Icon icon={ChevronDown} size={16} />
      </button>
      {isOpen.value ? (
        <section
          class="previous-list"
          aria-label={t('previous.list')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
          tabIndex={0}
        >
          {previous.is === 'loading' ? <p class="previous-note">{t('loading')}</p> : null}
          {previous.is === 'failed' ? <Failed onAgain={() => void visit.loadPrevious()} /> : null}
          {previous.is === 'here'
            ? previous.value.map((chat) => (
                <Entry
                  key={chat.id}
                  chat={chat}
                  name={name}
                  now={now}
                  isOpen={open.value === chat.id}
                  transcript={visit.transcripts.value.get(chat.id)}
                  onToggle={() => {
                    open.value = open.value === chat.id ? null : chat.id;
                    if (!visit.transcripts.value.has(chat.id)) void visit.loadTranscript(chat.id);
                  }}
                  onMore={() => void visit.loadTranscript(chat.id)}
                />
              ))
            : null}
        </section>
      ) : null}
    </div>
  );
}

interface EntryProps {
  chat: PreviousChat;
  name: string;
  now: number;
  isOpen: boolean;
  transcript: Loaded<Transcript> | undefined;
  onToggle: () => void;
  onMore: () => void;
}

function Entry({ chat, name, now, isOpen, transcript, onToggle, onMore }: EntryProps) {
  const names = chat.consultants.map((face) => face.name).join(', ');
  return (
    <article class="previous-chat">
      <button type="button" aria-expanded={isOpen} onClick={onToggle}>
        <Icon icon={isOpen ? ChevronDown : ChevronRight} size={15} class={isOpen ? '' : 'pointing'} />
        <b>
          {dateOf(chat.opened_at, now)}, {hourOf(chat.opened_at)}
        </b>
        <span>{[names, t('previous.messages', { count: chat.messages })].filter(Boolean).join(' · ')}</span>
        <span dir="auto">{chat.preview}</span>
      </button>
      {isOpen ? <Opened transcript={transcript} name={name} now={now} onMore={onMore} /> : null}
    </article>
  );
}

interface OpenedProps {
  transcript: Loaded<Transcript> | undefined;
  name: string;
  now: number;
  onMore: () => void;
}

function Opened({ transcript, name, now, onMore }: OpenedProps) {
  if (transcript?.is === 'failed') return <Failed onAgain={onMore} />;
  if (transcript?.is !== 'here') return <p class="previous-note">{t('loading')}</p>;
  const { events, faces, more } = transcript.value;
  const lines = deskLinesOf({ events, faces, seen: { visitor: 0, consultant: 0 }, entries: [] });
  return (
    <div class="previous-lines">
      {more ? <Button onClick={onMore}>{t('talk.earlier')}</Button> : null}
      <Lines lines={lines} name={name} now={now} isFinished />
    </div>
  );
}

function Failed({ onAgain }: { onAgain: () => void }) {
  return (
    <p class="previous-note">
      {t('failed')} <Button onClick={onAgain}>{t('again')}</Button>
    </p>
  );
}
