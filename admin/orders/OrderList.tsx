// The entries of one state with the way to move each on, older ones on demand, and a word when there are none.
import { CalendarCheck, Inbox } from 'lucide';
import type { ComponentChildren } from 'preact';
import { PagedList } from '../parts/PagedList';
import { Pick } from '../parts/Pick';
import { type OrderState, STATES } from '../store/api-orders';
import type { Orders } from '../store/orders';
import { now } from '../store/page';
import { t } from '../store/texts';
import type { Toasts } from '../store/toasts';
import { Moves } from './Moves';
import { words } from './problems';

/** What every card gets beside its entry. */
export interface CardProps {
  /** The hub's clock. */
  now: number;
  /** The buttons that move it on. */
  moves: ComponentChildren;
}

interface Props<T extends { id: string; state: OrderState }> {
  kind: 'orders' | 'messages';
  list: Orders<T>;
  toasts: Toasts;
  clockAhead: number;
  draw: (entry: T, more: CardProps) => ComponentChildren;
}

export function OrderList<T extends { id: string; state: OrderState }>(props: Props<T>) {
  const { kind, list, toasts, clockAhead, draw } = props;
  const { pages } = list;
  const shown = list.shown.value;
  const move = async (entry: T, to: OrderState) => {
    const refused = await list.move(entry, to);
    if (refused !== null) {
      toasts.say(words(refused));
      return;
    }
    toasts.say(t(`order.is_${to}`), {
      action: t('undo'),
      act: () => void move({ ...entry, state: to }, entry.state),
    });
  };

  return (
    <section class="order-list" aria-label={t(kind === 'orders' ? 'order.calls' : 'order.messages')}>
      <Pick
        label={t('order.state')}
        isLabelHidden
        options={STATES.map((state) => ({ value: state, words: t(`order.state_${state}`) }))}
        value={shown}
        onValue={(state) => void list.show(state)}
      />
      <PagedList
        pages={pages}
        none={{
          icon: kind === 'orders' ? CalendarCheck : Inbox,
          title: t(`order.none_${shown}`),
          text: t(kind === 'orders' ? 'order.calls_text' : 'order.messages_text'),
        }}
        older={t('order.older')}
        onOlder={(came) => came || toasts.say(t('failed'))}
      >
        <ul aria-busy={pages.state.value === 'loading'}>
          {pages.entries.value.map((entry) =>
            draw(entry, {
              now: now.value + clockAhead,
              moves: (
                <Moves
                  state={entry.state}
                  isBusy={list.moving.value.has(entry.id)}
                  onMove={(to) => void move(entry, to)}
                />
              ),
            }),
          )}
        </ul>
      </PagedList>
    </section>
  );
}
