// One chat: who it is, what they run, chats before, what was said, and the field to answer in.
import './ChatWindow.css';
import { useSignal, useSignalEffect } from '@preact/signals';
import { Button } from '../parts/Button';
import { deskLinesOf } from '../store/desk-lines';
import { attentive } from '../store/page';
import type { SignedIn } from '../store/signed-in';
import { t } from '../store/texts';
import type { Visit } from '../store/visit';
import { nameOf } from '../store/words';
import { ChatHead } from './ChatHead';
import { Composer } from './Composer';
import { Previous } from './Previous';
import { Talk } from './Talk';

interface Props {
  visit: Visit;
  signedIn: SignedIn;
  isPanelOpen: boolean;
  now: number;
  onPanel: () => void;
}

export function ChatWindow({ visit, signedIn, isPanelOpen, now, onPanel }: Props) {
  const { desk, socket } = signedIn;
  const { chat } = visit;
  const isAtEnd = useSignal(true);
  const name = nameOf(visit.visitor.value);

  useSignalEffect(() => {
    const isRead = attentive.value && isAtEnd.value && socket.line.value === 'online';
    // Reading what is unread makes this run again for the next message.
    if (isRead && chat.unread('consultant') > 0) desk.see(chat.id);
  });

  const lines = deskLinesOf({
    events: chat.events.value,
    faces: chat.faces.value,
    seen: chat.seen.value,
    entries: desk.outbox.entries.value.filter((entry) => entry.chat === chat.id),
  });
  const isClosed = chat.state.value === 'closed';

  return (
    <section class="chat-window" aria-label={t('chat.label', { name })}>
      <ChatHead
        visit={visit}
        name={name}
        isPanelOpen={isPanelOpen}
        onAskCall={signedIn.mayAskCall(chat.id) ? () => signedIn.askCall(chat.id) : null}
        onClose={() => signedIn.close(chat.id)}
        onPanel={onPanel}
      />
      <Previous visit={visit} name={name} now={now} />
      <Talk
        name={name}
        lines={lines}
        now={now}
        writing={isClosed ? null : visit.writing.value}
        older={chat.first > 1 ? visit.older.value.is : null}
        isAtEnd={isAtEnd}
        onOlder={() => void visit.loadOlder()}
        onRetry={(cid) => desk.outbox.retry(cid, chat.id)}
        onDiscard={(cid) => desk.outbox.discard(cid)}
      />
      {isClosed ? (
        <footer class="chat-over">
          <p>{t('chat.over')}</p>
          <Button onClick={() => signedIn.close(chat.id)}>{t('chat.remove')}</Button>
        </footer>
      ) : (
        <Composer
          chat={chat.id}
          name={name}
          isHere={visit.here.value}
          limit={desk.limits.value.body_chars}
          composing={signedIn.composing}
          drafts={signedIn.drafts}
          onSay={(body) => desk.say(chat.id, body)}
          onWriting={(writing) => desk.writes(chat.id, writing)}
        />
      )}
    </section>
  );
}
