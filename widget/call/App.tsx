/** The call page: header, the screen that fits, the consultants with the working hours, and the chat at the corner. */
import type { ComponentChildren } from 'preact';
import { After } from './After';
import { ChatDock } from './ChatDock';
import { Check } from './Check';
import type { Dock } from './dock';
import { Elsewhere } from './Elsewhere';
import { Header } from './Header';
import { Heading } from './Heading';
import { Hours } from './Hours';
import { headingOf, type Parts, type Screen, screenOf } from './headings';
import { LineBar } from './LineBar';
import { Loading } from './Loading';
import { Nobody } from './Nobody';
import { Order } from './Order';
import { Ordered } from './Ordered';
import { Ready } from './Ready';
import { Ringing } from './Ringing';
import { Stopped } from './Stopped';
import { settings, t } from './speech';
import { Talk } from './Talk';
import { Team } from './Team';
import { talkText } from './words';

interface Props {
  parts: Parts;
  dock: Dock;
}

/** What every screen can be made of. */
interface Shown extends Parts {
  dock: Dock;
  heading: ComponentChildren;
}

const SCREENS: Record<Screen, (shown: Shown) => ComponentChildren> = {
  stopped: Stopped,
  loading: Loading,
  ready: Ready,
  nobody: Nobody,
  order: Order,
  ordered: Ordered,
  check: Check,
  ringing: Ringing,
  talk: Talk,
  elsewhere: Elsewhere,
  over: After,
};

/** What changes by itself, said to those who do not see it. */
function news(parts: Parts): string {
  const screen = screenOf(parts);
  if (screen === 'talk') return talkText(parts.phone);
  return ['order', 'ordered', 'stopped', 'loading'].includes(screen) ? '' : headingOf(screen, parts);
}

export function App({ parts, dock }: Props) {
  const { live, place } = parts;
  const screen = screenOf(parts);
  const heading = <Heading key={screen} text={headingOf(screen, parts)} place={place} />;
  const Shown = SCREENS[screen];
  const isCalling = screen === 'ringing' || screen === 'talk';
  return (
    <div class="page">
      <Header />
      <main class="grid">
        <section class="card">
          <LineBar live={live} />
          <p class="quiet" role="status">
            {news(parts)}
          </p>
          <Shown {...parts} dock={dock} heading={heading} />
        </section>
        <aside class="column" aria-label={t('team.title')}>
          <Team live={live} isFixed={isCalling} />
          <Hours live={live} />
        </aside>
      </main>
      {settings.value.has_chat && screen !== 'stopped' && <ChatDock dock={dock} />}
    </div>
  );
}
