// Orders without a browser: one state at a time, one winner, and the number beside the place.
import { expect, test } from '@playwright/test';
import { signal } from '@preact/signals';
import { inWords } from '../../admin/orders/time';
import type { Answer } from '../../admin/store/api';
import type { OrderState, OrdersApi } from '../../admin/store/api-orders';
import { Fresh } from '../../admin/store/fresh';
import { Orders } from '../../admin/store/orders';
import { nameOf } from '../../admin/store/words';
import { CHAT, Rig, view } from './store-world';

interface Entry {
  id: string;
  state: OrderState;
}

/** A hub of one list: an entry moves only from the state it really has. */
class OneList implements OrdersApi<Entry> {
  entries: Entry[] = [
    { id: '2', state: 'new' },
    { id: '1', state: 'new' },
  ];
  readonly asked: OrderState[] = [];

  list = async (state: OrderState): Promise<Answer<{ entries: Entry[]; more: boolean }>> => {
    this.asked.push(state);
    return { ok: true, value: { entries: this.entries.filter((entry) => entry.state === state), more: false } };
  };

  count = async (): Promise<Answer<{ new: number }>> => ({
    ok: true,
    value: { new: this.entries.filter((entry) => entry.state === 'new').length },
  });

  move = async (id: string, from: OrderState, to: OrderState): Promise<Answer<Entry>> => {
    const entry = this.entries.find((one) => one.id === id);
    if (entry?.state !== from) return { ok: false, problem: { status: 409, code: 'stale' } };
    const moved = { id, state: to };
    this.entries = this.entries.map((one) => (one.id === id ? moved : one));
    return { ok: true, value: moved };
  };
}

function ids(orders: Orders<Entry>): string[] {
  return orders.pages.entries.value.map((entry) => entry.id);
}

test('an order that was taken leaves the list of new ones', async () => {
  const orders = new Orders<Entry>(new OneList());
  await orders.pages.load();

  const problem = await orders.move({ id: '1', state: 'new' }, 'taken');

  expect(problem).toBeNull();
  expect(ids(orders)).toEqual(['2']);
  await orders.show('taken');
  expect(ids(orders)).toEqual(['1']);
});

test('of two consultants one takes an order, the other is told and sees how it stands', async () => {
  const hub = new OneList();
  const [anna, ben] = [new Orders<Entry>(hub), new Orders<Entry>(hub)];
  await Promise.all([anna.pages.load(), ben.pages.load()]);

  const answers = await Promise.all([
    anna.move({ id: '1', state: 'new' }, 'taken'),
    ben.move({ id: '1', state: 'new' }, 'taken'),
  ]);

  expect(answers.filter((problem) => problem === null)).toHaveLength(1);
  expect(answers.find((problem) => problem !== null)?.code).toBe('stale');
  expect(ids(anna)).toEqual(['2']);
  expect(ids(ben)).toEqual(['2']);
});

test('a second click while the first is on its way asks nothing', async () => {
  const orders = new Orders<Entry>(new OneList());
  await orders.pages.load();

  const [first, second] = await Promise.all([
    orders.move({ id: '1', state: 'new' }, 'taken'),
    orders.move({ id: '1', state: 'new' }, 'taken'),
  ]);

  expect([first, second]).toEqual([null, null]);
  expect(orders.moving.value.size).toBe(0);
});

test('the number of new ones follows every change, asked for once while one question is open', async () => {
  const changes = signal(0);
  const hub = new OneList();
  let asked = 0;
  const count = async () => {
    asked += 1;
    return hub.count();
  };
  const fresh = new Fresh({ orders: count, messages: async () => ({ ok: true, value: { new: 3 } }), changes });
  expect(asked).toBe(0);

  changes.value = 1;
  changes.value = 2;
  changes.value = 3;
  await expect.poll(() => fresh.total.value).toBe(5);
  await expect.poll(() => asked).toBe(2);
  await hub.move('1', 'new', 'done');
  changes.value = 4;

  await expect.poll(() => fresh.orders.value).toBe(1);
  fresh.stop();
});

test('the desk counts every change of orders, and again what it missed without a connection', () => {
  const rig = new Rig();
  rig.welcome();
  const before = rig.desk.room.orders.value;

  rig.desk.take({ t: 'delta', ver: 2, change: { what: 'orders' } });
  expect(rig.desk.room.orders.value).toBe(before + 1);
  rig.desk.take({ t: 'delta', ver: 2, change: { what: 'orders' } });
  expect(rig.desk.room.orders.value).toBe(before + 1);
  rig.welcome();

  expect(rig.desk.room.orders.value).toBe(before + 2);
});

test('what is told later of a visitor stands at the open chat', () => {
  const rig = new Rig();
  rig.welcome([view()]);
  const known = view().visitor;

  rig.desk.take({
    t: 'visitor',
    chat: CHAT,
    visitor: { ...known, identity: { name: 'Vera', is_verified: false, attributes: [] } },
  });

  expect(nameOf(rig.desk.visit(CHAT)?.visitor.value ?? null)).toBe('Vera');
});

test('how far away a time is reads in minutes, hours and days', () => {
  const now = Date.UTC(2026, 0, 5, 12);

  expect(inWords(now + 20 * 60_000, now)).toBe('in 20 minutes');
  expect(inWords(now - 3 * 3_600_000, now)).toBe('3 hours ago');
  expect(inWords(now + 24 * 3_600_000, now)).toBe('tomorrow');
  // Half a day later than tomorrow's evening is another day already.
  const evening = new Date(2026, 0, 5, 20).getTime();
  expect(inWords(evening + 30 * 3_600_000, evening)).toBe('in 2 days');
});
