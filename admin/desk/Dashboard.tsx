// The dashboard: chat list, then the waiting room or a chat, then what is known of the visitor.
import './Dashboard.css';
import { useSignal } from '@preact/signals';
import { go, place } from '../routes';
import { now } from '../store/page';
import type { SignedIn } from '../store/signed-in';
import { ChatList } from './ChatList';
import { ChatWindow } from './ChatWindow';
import { Empty } from './Empty';
import { VisitorPanel } from './VisitorPanel';
import { WaitingRoom } from './WaitingRoom';

interface Props {
  signedIn: SignedIn;
  onShortcuts: () => void;
}

export function Dashboard({ signedIn, onShortcuts }: Props) {
  const { desk } = signedIn;
  const isDrawerOpen = useSignal(false);
  const here = place.value;
  const visit = here.at === 'chat' ? desk.visit(here.chat) : undefined;
  const hubNow = now.value + desk.clockAhead.value;
  return (
    <main class="dashboard" data-place={here.at}>
      <ChatList
        desk={desk}
        shown={visit}
        isWaitingShown={here.at === 'waiting'}
        now={hubNow}
        onChosen={(chat) => signedIn.choose(chat)}
        onShortcuts={onShortcuts}
      />
      {visit ? (
        <>
          <ChatWindow
            key={visit.chat.id}
            visit={visit}
            signedIn={signedIn}
            isPanelOpen={isDrawerOpen.value}
            now={hubNow}
            onPanel={() => {
              isDrawerOpen.value = !isDrawerOpen.value;
            }}
          />
          <VisitorPanel
            visit={visit}
            now={hubNow}
            isOpen={isDrawerOpen.value}
            onClose={() => {
              isDrawerOpen.value = false;
            }}
          />
        </>
      ) : null}
      {here.at === 'waiting' ? (
        <WaitingRoom desk={desk} isOnline={signedIn.socket.line.value === 'online'} now={hubNow} />
      ) : null}
      {here.at !== 'waiting' && !visit ? (
        <Empty
          status={desk.me.value?.status ?? null}
          isGone={here.at === 'chat'}
          waiting={desk.room.waiting.value.length}
          onWaiting={() => go({ at: 'waiting' })}
          onAvailable={() => signedIn.setStatus('available')}
        />
      ) : null}
    </main>
  );
}
