/** Chats from events: each once, in order, whatever the line did. */
import { expect, test } from '@playwright/test';
import { Chats, type Snapshot } from '../../widget/kit/chats';
import { linesOf } from '../../widget/kit/lines';
import type { Event, Face } from '../../widget/kit/wire';

const ANNA: Face = { id: 'anna', name: 'Anna' };
const NO_ONE = { visitor: 0, consultant: 0 };

function said(seq: number, body: string, by: 'visitor' | 'anna' = 'anna'): Event {
  const from = by === 'visitor' ? ({ by } as const) : ({ by: 'consultant', account: by } as const);
  return { chat: 'c1', seq, at: seq * 1000, from, k: 'said', cid: `cid${seq}`, body };
}

function joined(seq: number): Event {
  return {
    chat: 'c1',
    seq,
    at: seq * 1000,
    from: { by: 'consultant', account: 'anna' },
    k: 'joined',
    consultant: ANNA,
  };
}

function snapshot(events: Event[], more: Partial<Snapshot> = {}): Snapshot {
  const seq = events.at(-1)?.seq ?? 0;
  return { id: 'c1', seq, state: 'open', faces: [ANNA], seen: NO_ONE, events, reset: false, ...more };
}

function chats(events: Event[] = []) {
  const all = new Chats();
  all.welcome('one', [snapshot(events)]);
  const bodies = () => all.get('c1')?.events.value.map((event) => (event.k === 'said' ? event.body : event.k));
  return { all, bodies };
}

test('each event counts once and in order', () => {
  const { all, bodies } = chats([said(1, 'a')]);
  expect(all.take(said(2, 'b'))).toBe('added');
  expect(all.take(said(2, 'b again'))).toBe('known');
  expect(all.take(said(1, 'a again'))).toBe('known');
  expect(bodies()).toEqual(['a', 'b']);
});

test('an event that overtook another waits for it', () => {
  const { all, bodies } = chats([said(1, 'a')]);
  expect(all.take(said(3, 'c'))).toBe('gap');
  expect(all.get('c1')?.hasHole).toBe(true);
  expect(bodies()).toEqual(['a']);
  expect(all.take(said(2, 'b'))).toBe('added');
  expect(bodies()).toEqual(['a', 'b', 'c']);
  expect(all.get('c1')?.hasHole).toBe(false);
});

test('a resume asks from the last event and the answer fills the hole', () => {
  const { all, bodies } = chats([said(1, 'a')]);
  all.take(said(4, 'd'));
  expect(all.resume).toEqual({ epoch: 'one', chats: { c1: 1 } });
  all.welcome('one', [snapshot([said(2, 'b'), said(3, 'c'), said(4, 'd')])]);
  expect(bodies()).toEqual(['a', 'b', 'c', 'd']);
});

test('a reset forgets what was there, and earlier lines can be put before it', () => {
  const { all, bodies } = chats([said(1, 'a'), said(2, 'b')]);
  all.welcome('one', [snapshot([said(901, 'x'), said(902, 'y')], { reset: true })]);
  expect(bodies()).toEqual(['x', 'y']);
  expect(all.get('c1')?.first).toBe(901);

  all.get('c1')?.prepend([said(899, 'v'), said(900, 'w'), said(901, 'x')], []);
  expect(bodies()).toEqual(['v', 'w', 'x', 'y']);
});

test('events that do not follow are a reset even if nobody says so', () => {
  const { all, bodies } = chats([said(1, 'a')]);
  all.welcome('one', [snapshot([said(5, 'e')])]);
  expect(bodies()).toEqual(['e']);
});

test('another epoch is another history', () => {
  const { all, bodies } = chats([said(1, 'a'), said(2, 'b')]);
  all.welcome('two', [snapshot([said(1, 'other')])]);
  expect(bodies()).toEqual(['other']);
  expect(all.resume?.epoch).toBe('two');
});

test('a chat the hub no longer names goes, a closed one stays', () => {
  const { all } = chats([said(1, 'a')]);
  all.welcome('one', []);
  expect(all.get('c1')).toBeUndefined();

  const closed = chats([said(1, 'a')]);
  closed.all.take({ chat: 'c1', seq: 2, at: 2000, from: { by: 'hub' }, k: 'closed' });
  closed.all.welcome('one', []);
  expect(closed.all.get('c1')?.state.value).toBe('closed');
});

test('events move the chat: joined, returned, closed', () => {
  const { all } = chats();
  const chat = all.renew(snapshot([], { state: 'waiting', faces: [] }));
  all.take(joined(1));
  expect([chat.state.value, chat.consultant.value]).toEqual(['open', 'anna']);
  expect(chat.faces.value.get('anna')).toEqual(ANNA);
  all.take({ chat: 'c1', seq: 2, at: 2000, from: { by: 'hub' }, k: 'returned' });
  expect([chat.state.value, chat.consultant.value]).toEqual(['waiting', undefined]);
  all.take({ chat: 'c1', seq: 3, at: 3000, from: { by: 'visitor' }, k: 'closed' });
  expect(chat.state.value).toBe('closed');
});

test('an event of a chat nobody told us of is said to be so', () => {
  expect(new Chats().take(said(1, 'a'))).toBe('unknown_chat');
});

test('unread counts the messages of the other side after the mark', () => {
  const { all } = chats([said(1, 'a', 'visitor'), joined(2), said(3, 'b'), said(4, 'c')]);
  const chat = all.get('c1');
  expect([chat?.unread('visitor'), chat?.unread('consultant')]).toEqual([2, 1]);
  chat?.mark('visitor', 3);
  chat?.mark('visitor', 2);
  expect(chat?.unread('visitor')).toBe(1);
});

test('a line goes from pending over sent to seen, and a failed one keeps its text', () => {
  const faces = new Map([[ANNA.id, ANNA]]);
  const entries = [
    { cid: 'cid1', body: 'kept', at: 1 },
    { cid: 'new', body: 'on its way', at: 2 },
    { cid: 'bad', body: 'refused', at: 3, failed: 'too_long' as const },
  ];
  const events = [said(1, 'kept', 'visitor'), joined(2), said(3, 'hello')];
  const marks = (seen: typeof NO_ONE) =>
    linesOf('visitor', { events, faces, seen, entries }).map((line) =>
      line.kind === 'said' ? `${line.body}: ${line.mark ?? line.face?.name}` : line.kind,
    );
  expect(marks(NO_ONE)).toEqual(['kept: sent', 'joined', 'hello: Anna', 'on its way: pending', 'refused: failed']);
  expect(marks({ visitor: 0, consultant: 3 })[0]).toBe('kept: seen');
});

test('a line keeps its key when it becomes a kept one, so it is not drawn anew', () => {
  const entry = { cid: 'cid1', body: 'a', at: 1 };
  const told = { faces: new Map(), seen: NO_ONE };
  const [before] = linesOf('visitor', { ...told, events: [], entries: [entry] });
  const [after] = linesOf('visitor', { ...told, events: [said(1, 'a', 'visitor')], entries: [entry] });
  expect(after?.key).toBe(before?.key);
});
