// Callback orders and left messages in one place: two tabs, one state at a time, live.
import './Orders.css';
import { useEffect, useMemo } from 'preact/hooks';
import { Page } from '../parts/Page';
import { TabBar } from '../parts/TabBar';
import { type LeftMessage, messagesApi, type Order, ordersApi } from '../store/api-orders';
import { Orders } from '../store/orders';
import type { SignedIn } from '../store/signed-in';
import { t } from '../store/texts';
import type { Toasts } from '../store/toasts';
import { MessageCard } from './MessageCard';
import { OrderCard } from './OrderCard';
import { OrderList } from './OrderList';

interface Props {
  signedIn: SignedIn;
  toasts: Toasts;
  shown: 'orders' | 'messages';
}

export default function OrdersScreen({ signedIn, toasts, shown }: Props) {
  const orders = useMemo(() => new Orders<Order>(ordersApi), []);
  const messages = useMemo(() => new Orders<LeftMessage>(messagesApi), []);
  const changes = signedIn.desk.room.orders.value;
  const list = shown === 'orders' ? orders : messages;
  // Whatever changed at the hub is asked for again, also what this desk changed itself.
  useEffect(() => void list.pages.load(), [list, changes]);

  const { fresh } = signedIn;
  const shared = { toasts, clockAhead: signedIn.desk.clockAhead.value };
  return (
    <Page look="orders">
      <TabBar
        label={t('order.title')}
        tabs={[
          {
            href: '#/orders',
            words: counted(t('order.calls'), fresh.orders.value),
            isCurrent: shown === 'orders',
          },
          {
            href: '#/messages',
            words: counted(t('order.messages'), fresh.messages.value),
            isCurrent: shown === 'messages',
          },
        ]}
      />
      {shown === 'orders' ? (
        <OrderList
          key="orders"
          kind="orders"
          list={orders}
          {...shared}
          draw={(order, more) => <OrderCard key={order.id} order={order} {...more} />}
        />
      ) : (
        <OrderList
          key="messages"
          kind="messages"
          list={messages}
          {...shared}
          draw={(message, more) => <MessageCard key={message.id} message={message} {...more} />}
        />
      )}
    </Page>
  );
}

function counted(words: string, count: number): string {
  return count > 0 ? `${words} (${count})` : words;
}
