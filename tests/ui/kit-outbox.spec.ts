/** Messages on their way: kept, repeated, in order, never doubled. */
import { expect, test } from '@playwright/test';
import { Outbox, type OutboxFrame } from '../../widget/kit/outbox';
import { Shelf } from '../../widget/kit/shelf';
import { FakeWorld, fakeStore } from './fake-world';

function outbox(store = fakeStore(), isOnline = true) {
  const world = new FakeWorld();
  const sent: OutboxFrame[] = [];
  const state = { isOnline, overdue: 0 };
  const box = new Outbox({
    shelf: new Shelf('c2c:demo', store, true),
    world,
    overdue: () => {
      state.overdue += 1;
    },
    send: (frame) => {
      if (state.isOnline) sent.push(frame);
      return state.isOnline;
    },
  });
  const bodies = () => sent.map((frame) => `${frame.t} ${frame.body}`);
  return { world, box, sent, state, store, bodies };
}

test('the first message opens a chat and the next ones wait for its name', () => {
  const { box, sent, bodies } = outbox();
  const first = box.add('one');
  box.add('two');
  box.add('three');
  expect(bodies()).toEqual(['open one']);

  box.acked({ cid: first.cid, chat: 'c1' });
  expect(bodies()).toEqual(['open one', 'say two']);
  expect(sent[1]).toMatchObject({ chat: 'c1' });
});

test('one message per chat is on its way, so a repeated one keeps its place', async () => {
  const { world, box, bodies, sent } = outbox();
  const [one] = [box.add('one', 'c1'), box.add('two', 'c1'), box.add('other', 'c2')];
  expect(bodies()).toEqual(['say one', 'say other']);

  box.refused({ cid: one.cid, chat: 'c1', code: 'rate', retry_ms: 800 });
  await world.pass(799);
  expect(bodies()).toEqual(['say one', 'say other']);
  await world.pass(400);
  expect(bodies()).toEqual(['say one', 'say other', 'say one']);
  expect(sent[2]?.cid).toBe(sent[0]?.cid);
});

test('nothing is lost offline, and after the welcome it goes out in order under the same names', () => {
  const { box, state, sent, bodies } = outbox(fakeStore(), false);
  const names = ['one', 'two', 'three'].map((body) => box.add(body, 'c1').cid);
  expect(sent).toEqual([]);

  state.isOnline = true;
  box.welcomed();
  for (const cid of names) box.acked({ cid, chat: 'c1' });

  expect(bodies()).toEqual(['say one', 'say two', 'say three']);
  expect(sent.map((frame) => frame.cid)).toEqual(names);
  expect(box.entries.value).toEqual([]);
});

test('a message that was on its way is repeated after each welcome until it is acknowledged', () => {
  const { box, bodies } = outbox();
  const { cid } = box.add('one', 'c1');
  box.welcomed();
  box.welcomed();
  expect(bodies()).toEqual(['say one', 'say one', 'say one']);
  box.settled(cid);
  box.welcomed();
  expect(bodies().length).toBe(3);
});

test('it survives a reload', () => {
  const store = fakeStore();
  const before = outbox(store, false);
  before.box.add('one', 'c1');
  before.box.add('two', 'c1');

  const after = outbox(store);
  expect(after.box.entries.value.map((entry) => entry.body)).toEqual(['one', 'two']);
  after.box.welcomed();
  expect(after.bodies()).toEqual(['say one']);
});

test('a refused message keeps its text and can be tried again or deleted', () => {
  const { box, bodies } = outbox();
  const { cid } = box.add('one', 'c1');
  box.refused({ cid, chat: 'c1', code: 'too_long' });
  expect(box.entries.value).toMatchObject([{ body: 'one', failed: 'too_long' }]);
  box.welcomed();
  expect(bodies()).toEqual(['say one']);

  box.retry(cid, undefined);
  expect(bodies()).toEqual(['say one', 'open one']);
  box.refused({ cid, code: 'waiting_full' });
  box.discard(cid);
  expect(box.entries.value).toEqual([]);
});

test('when a chat cannot begin, what was written after it is refused with it', () => {
  const { box, bodies } = outbox();
  const { cid } = box.add('one');
  box.add('two');
  box.refused({ cid, code: 'waiting_full' });
  expect(box.entries.value.map((entry) => entry.failed)).toEqual(['waiting_full', 'waiting_full']);
  expect(bodies()).toEqual(['open one']);
});

test('an overdue acknowledgement has the line tried anew', async () => {
  const { world, box, state } = outbox();
  const { cid } = box.add('one', 'c1');
  await world.pass(19_999);
  expect(state.overdue).toBe(0);
  await world.pass(1);
  expect(state.overdue).toBe(1);

  box.welcomed();
  box.acked({ cid, chat: 'c1' });
  await world.pass(60_000);
  expect(state.overdue).toBe(1);
});

test('another tab sees the message, sends it only when its author is gone, and forgets it when it is kept', async () => {
  const store = fakeStore();
  const author = outbox(store, false);
  const other = outbox(store);
  const { cid } = author.box.add('one', 'c1');

  other.box.changed(`out:${cid}`);
  expect(other.box.entries.value.map((entry) => entry.body)).toEqual(['one']);
  expect(other.bodies()).toEqual([]);
  await other.world.pass(10_000);
  expect(other.bodies()).toEqual(['say one']);

  other.box.acked({ cid, chat: 'c1' });
  author.box.changed(`out:${cid}`);
  expect(author.box.entries.value).toEqual([]);
});

test('a stranger in the storage is ignored', () => {
  const store = fakeStore();
  store.setItem('c2c:demo:out:a', '{"cid":1}');
  store.setItem('c2c:demo:out:b', 'null');
  store.setItem('c2c:demo:out:c', 'not json');
  expect(outbox(store).box.entries.value).toEqual([]);
});
