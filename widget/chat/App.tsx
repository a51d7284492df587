/** The chat window: header, the screen that fits the chat, and the field to write in. */

import { Composer, focusField } from './Composer';
import { Confirm } from './Confirm';
import { ClosedCard, InviteCard, UnavailableCard, WaitingCard } from './cards';
import type { Conversation } from './conversation';
import { Header } from './Header';
import type { Host } from './host';
import { LetterForm } from './LetterForm';
import { LineBar } from './LineBar';
import { Lines } from './Lines';
import type { Scroller } from './scroller';
import { t } from './speech';
import { Welcome } from './Welcome';

interface Props {
  conversation: Conversation;
  scroller: Scroller;
  host: Host;
}

export function App({ conversation, scroller, host }: Props) {
  const { view, letter } = conversation;
  const screen = view.screen;
  const writesLetter = view.writesLetter(letter);
  const chat = () => {
    view.hasChosen.value = true;
    // The field is there with the next drawing.
    setTimeout(focusField);
  };
  const minimize = () => host.tell({ c2c: 'minimized' });
  const leave = () => {
    view.isAsking.value = false;
    conversation.close();
    host.tell({ c2c: 'closed' });
  };
  const ask = () => {
    if (view.isRunning) view.isAsking.value = true;
    else leave();
  };
  return (
    <main
      class="window"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented && !view.isAsking.value) minimize();
      }}
    >
      <Header conversation={conversation} onMinimize={minimize} onClose={ask} />
      <LineBar line={conversation.socket.line.value} stopCode={conversation.socket.stopCode} />
      {screen === 'welcome' && <Welcome conversation={conversation} onChat={chat} />}
      {screen !== 'welcome' && writesLetter && (
        <section class="lines">
          <LetterForm conversation={conversation} />
        </section>
      )}
      {screen !== 'welcome' && !writesLetter && (
        <Lines conversation={conversation} scroller={scroller}>
          {screen === 'waiting' && <WaitingCard view={view} letter={letter} />}
          {view.offersCall && <InviteCard conversation={conversation} />}
          {screen === 'closed' && <ClosedCard view={view} />}
          {view.isUnavailable.value && screen !== 'closed' && <UnavailableCard />}
        </Lines>
      )}
      {!writesLetter && view.isOver && (
        <div class="foot">
          <button type="button" class="primary" onClick={() => conversation.startAnew()}>
            {t('closed.again')}
          </button>
        </div>
      )}
      {!writesLetter && !view.isOver && (screen !== 'welcome' || view.canWrite) && (
        <Composer conversation={conversation} />
      )}
      {view.isAsking.value && (
        <Confirm
          onStay={() => {
            view.isAsking.value = false;
          }}
          onClose={leave}
        />
      )}
    </main>
  );
}
