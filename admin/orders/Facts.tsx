// What else is known of an order or a left message, and who took care of it.
import type { Moment } from '../../widget/kit/wire';
import type { OrderState } from '../store/api-orders';
import { t } from '../store/texts';
import { ago } from '../store/words';

interface Props {
  facts: readonly (readonly [label: string, value: string | undefined])[];
}

export function Facts({ facts }: Props) {
  return (
    <dl class="order-facts">
      {facts.map(([label, value]) =>
        value === undefined || value === '' ? null : (
          <div key={label}>
            <dt dir="auto">{label}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

interface TakenProps {
  entry: { state: OrderState; changed_by_name?: string; changed_at?: Moment };
  now: number;
}

export function Taken({ entry, now }: TakenProps) {
  if (entry.state === 'new' || entry.changed_at === undefined) return <p />;
  const name = entry.changed_by_name ?? '';
  return (
    <p class="order-taken">
      {t(entry.state === 'taken' ? 'order.taken_by' : 'order.done_by', { name, time: ago(entry.changed_at, now) })}
    </p>
  );
}
