// One ordered call: when, whom, by whom, in the package's time and the reader's own.
import { CalendarClock, Mail, Phone } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import type { Order } from '../store/api-orders';
import { t } from '../store/texts';
import { dayAndHour, hourIn, languageName } from '../store/words';
import { Facts, Taken } from './Facts';
import type { CardProps } from './OrderList';
import { inWords } from './time';

interface Props extends CardProps {
  order: Order;
}

export function OrderCard({ order, now, moves }: Props) {
  const own = dayAndHour(order.at);
  const theirs = dayAndHour(order.at, order.zone);
  const isLate = order.state !== 'done' && order.at < now;
  return (
    <li class="order-card">
      <div class="order-when">
        <Icon icon={CalendarClock} size={18} />
        <div>
          <time dateTime={new Date(order.at).toISOString()}>{theirs}</time>
          {own === theirs ? (
            <small>{order.zone}</small>
          ) : (
            <>
              <small>
                {order.zone} · {t('order.there_now', { time: hourIn(order.zone, now) ?? '' })}
              </small>
              <small>{t('order.own_time', { time: own })}</small>
            </>
          )}
        </div>
        <span class={isLate ? 'badge bad' : 'badge'}>{inWords(order.at, now)}</span>
      </div>
      <div class="order-who">
        {order.name === undefined ? null : <b dir="auto">{order.name}</b>}
        <a class="order-phone" href={`tel:${order.phone}`}>
          <Icon icon={Phone} size={15} />
          <bdi dir="ltr">{order.phone}</bdi>
        </a>
        <a href={`mailto:${order.email}`}>
          <Icon icon={Mail} size={15} />
          <span>{order.email}</span>
        </a>
      </div>
      {order.note === undefined ? null : (
        <p class="order-text" dir="auto">
          {order.note}
        </p>
      )}
      <Facts
        facts={[
          [t('order.consultant'), order.consultant_name ?? t('order.anybody')],
          [t('visitor.package'), order.package_name],
          [t('visitor.language'), languageName(order.language)],
          [t('order.made'), dayAndHour(order.created_at)],
        ]}
      />
      <footer>
        <Taken entry={order} now={now} />
        {moves}
      </footer>
    </li>
  );
}
