/** The call page: header, the screen that fits, the consultants with the working hours, and the chat at the corner. */
import { After } from './After';
import { ChatDock } from './ChatDock';
import { Check } from './Check';
import type { Dock } from './dock';
import { Elsewhere } from './Elsewhere';
import { Header } from './Header';
import { Heading } from './Heading';
import { Hours } from './Hours';
import { headingOf, type Parts, screenOf } from './headings';
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
  onBack: () => void;
}

/** What changes by itself, said to those who do not see it. */
function news(parts: Parts): string {
  const screen = screenOf(parts);
  if (screen === 'talk') return talkText(parts.phone);
  return ['order', 'ordered', 'stopped', 'loading'].includes(screen) ? '' : headingOf(screen, parts);
}

export function App({ parts, dock, onBack }: Props) {
  const { live, place, form, phone } = parts;
  const screen = screenOf(parts);
  const heading = <Heading key={screen} text={headingOf(screen, parts)} place={place} />;
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
          {screen === 'stopped' && <Stopped live={live} heading={heading} />}
          {screen === 'loading' && <Loading heading={heading} />}
          {screen === 'ready' && <Ready live={live} place={place} dock={dock} phone={phone} heading={heading} />}
          {screen === 'nobody' && <Nobody live={live} place={place} dock={dock} heading={heading} />}
          {screen === 'order' && <Order form={form} live={live} heading={heading} onBack={onBack} />}
          {screen === 'ordered' && form.ordered.value !== undefined && (
            <Ordered ordered={form.ordered.value} phone={form.phone.value} heading={heading} onBack={onBack} />
          )}
          {screen === 'check' && <Check live={live} place={place} dock={dock} phone={phone} heading={heading} />}
          {screen === 'ringing' && <Ringing live={live} phone={phone} heading={heading} />}
          {screen === 'talk' && <Talk dock={dock} phone={phone} heading={heading} />}
          {screen === 'elsewhere' && <Elsewhere phone={phone} heading={heading} />}
          {screen === 'over' && <After place={place} dock={dock} phone={phone} heading={heading} />}
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
