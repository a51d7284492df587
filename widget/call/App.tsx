/** The call page: header, the screen that fits, the consultants with the working hours, and the chat at the corner. */
import { ChatDock } from './ChatDock';
import type { Dock } from './dock';
import { Header } from './Header';
import { Heading } from './Heading';
import { Hours } from './Hours';
import { headingOf, screenOf } from './headings';
import { LineBar } from './LineBar';
import { Loading } from './Loading';
import type { Live } from './live';
import { Nobody } from './Nobody';
import { Order } from './Order';
import { Ordered } from './Ordered';
import type { OrderForm } from './order';
import type { Place } from './place';
import { Ready } from './Ready';
import { Stopped } from './Stopped';
import { settings, t } from './speech';
import { Team } from './Team';

interface Props {
  live: Live;
  place: Place;
  form: OrderForm;
  dock: Dock;
  onBack: () => void;
}

export function App({ live, place, form, dock, onBack }: Props) {
  const screen = screenOf(live, place, form);
  const text = headingOf(screen, live);
  const heading = <Heading key={screen} text={text} place={place} />;
  return (
    <div class="page">
      <Header />
      <main class="grid">
        <section class="card">
          <LineBar live={live} />
          {/* Who is free changes by itself: said to those who do not see it. */}
          <p class="quiet" role="status">
            {(screen === 'ready' || screen === 'nobody') && text}
          </p>
          {screen === 'stopped' && <Stopped live={live} heading={heading} />}
          {screen === 'loading' && <Loading heading={heading} />}
          {screen === 'ready' && <Ready live={live} place={place} dock={dock} heading={heading} />}
          {screen === 'nobody' && <Nobody live={live} place={place} dock={dock} heading={heading} />}
          {screen === 'order' && <Order form={form} live={live} heading={heading} onBack={onBack} />}
          {screen === 'ordered' && form.ordered.value !== undefined && (
            <Ordered ordered={form.ordered.value} phone={form.phone.value} heading={heading} onBack={onBack} />
          )}
        </section>
        <aside class="column" aria-label={t('team.title')}>
          <Team live={live} />
          <Hours live={live} />
        </aside>
      </main>
      {settings.value.has_chat && screen !== 'stopped' && <ChatDock dock={dock} />}
    </div>
  );
}
