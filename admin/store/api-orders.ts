// The hub's answers about callback orders and left messages.
import type { AccountId, LeftMessageId, Moment, OrderId, PackageId } from '../../widget/kit/wire';
import { type Answer, ask, type Language } from './api';
import type { Part } from './pages';

/** How far it was taken care of. */
export type OrderState = 'new' | 'taken' | 'done';

export const STATES: readonly OrderState[] = ['new', 'taken', 'done'];

/** What orders and left messages share. */
interface Asked {
  state: OrderState;
  package: PackageId;
  package_name: string;
  email: string;
  name?: string;
  phone?: string;
  /** Of the visitor. */
  language: Language;
  created_at: Moment;
  /** Who took it or did it last. */
  changed_by?: AccountId;
  changed_by_name?: string;
  changed_at?: Moment;
}

/** A call somebody ordered for a date and time. */
export interface Order extends Asked {
  id: OrderId;
  phone: string;
  note?: string;
  /** When to call. */
  at: Moment;
  /** The package's time zone, in which the visitor chose. */
  zone: string;
  /** The consultant asked for. */
  consultant?: AccountId;
  consultant_name?: string;
}

/** What somebody wrote when nobody was there. */
export interface LeftMessage extends Asked {
  id: LeftMessageId;
  body: string;
  answers: readonly { label: string; value: string }[];
  page_url?: string;
}

/** A list of one kind, and changing the state of one. */
export interface OrdersApi<T> {
  list: (state: OrderState, limit: number, before?: string) => Promise<Answer<Part<T>>>;
  count: () => Promise<Answer<{ new: number }>>;
  move: (id: string, from: OrderState, to: OrderState) => Promise<Answer<T>>;
}

export const ordersApi: OrdersApi<Order> = {
  list: async (state, limit, before) => {
    const answer = await ask<{ orders: Order[]; more: boolean }>('GET', path('orders', state, limit, before));
    return answer.ok ? { ok: true, value: { entries: answer.value.orders, more: answer.value.more } } : answer;
  },
  count: () => ask('GET', '/v1/orders?limit=1'),
  move: (id, from, to) => ask('PATCH', `/v1/orders/${id}`, { from, to }),
};

export const messagesApi: OrdersApi<LeftMessage> = {
  list: async (state, limit, before) => {
    const answer = await ask<{ messages: LeftMessage[]; more: boolean }>('GET', path('messages', state, limit, before));
    return answer.ok ? { ok: true, value: { entries: answer.value.messages, more: answer.value.more } } : answer;
  },
  count: () => ask('GET', '/v1/messages?limit=1'),
  move: (id, from, to) => ask('PATCH', `/v1/messages/${id}`, { from, to }),
};

function path(list: string, state: OrderState, limit: number, before: string | undefined): string {
  return `/v1/${list}?state=${state}&limit=${limit}${before === undefined ? '' : `&before=${before}`}`;
}
