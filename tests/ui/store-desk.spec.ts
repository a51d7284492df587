// The desk's store: frames in, signals and frames out; no browser page, no hub.
import { expect, test } from '@playwright/test';
import { ANNA, BEN, CHAT, joined, OTHER, Rig, said, view, waits } from './store-world';

test('a claim is answered by the chat and opens it', () => {
  const rig = new Rig();
  rig.welcome([], { waiting: [waits()] });

  rig.desk.claim(CHAT);
  expect(rig.desk.claims.asked.value.has(CHAT)).toBe(true);
  rig.desk.take({ t: 'chat', ...view() });

  expect(rig.said('claim')).toEqual([{ t: 'claim', chat: CHAT }]);
  expect(rig.desk.claims.asked.value.size).toBe(0);
  expect(rig.desk.visits.value.map((visit) => visit.chat.id)).toEqual([CHAT]);
  expect(rig.news.at(-1)?.what).toBe('accepted');
});

test('a visitor is asked for once however often the button is pressed', () => {
  const rig = new Rig();
  rig.welcome([], { waiting: [waits()] });

  rig.desk.claim(CHAT);
  rig.desk.claim(CHAT);

  expect(rig.said('claim')).toHaveLength(1);
});

test('a loser of a claim is told and may claim somebody else', () => {
  const rig = new Rig();
  rig.welcome([], { waiting: [waits(), waits(OTHER)] });

  rig.desk.claim(CHAT);
  rig.desk.take({ t: 'err', chat: CHAT, code: 'chat_taken' });
  rig.desk.claim(OTHER);

  expect(rig.news.filter((news) => news.what === 'refused')).toHaveLength(1);
  expect(rig.said('claim')).toHaveLength(2);
  expect(rig.desk.visits.value).toEqual([]);
});

test('a message is a line once, whether its acknowledgement or its event comes first', () => {
  const rig = new Rig();
  rig.welcome([view()]);

  rig.desk.say(CHAT, 'good morning');
  const cid = rig.said('say')[0]?.cid ?? '';
  rig.desk.take({ t: 'ack', cid, chat: CHAT, seq: 3, at: 3000 });
  rig.desk.take({ t: 'ev', ...said(3, 'good morning', ANNA), k: 'said', cid, body: 'good morning' });
  rig.desk.take({ t: 'ack', cid, chat: CHAT, seq: 3, at: 3000 });

  expect(rig.bodies()).toEqual(['hello', 'good morning']);
  expect(rig.desk.outbox.entries.value).toEqual([]);
});

test('what was said without a line is sent after the next welcome, once', () => {
  const rig = new Rig();
  rig.welcome([view()]);

  rig.isOnline = false;
  rig.desk.say(CHAT, 'are you there?');
  expect(rig.said('say')).toEqual([]);
  rig.isOnline = true;
  rig.welcome([view()]);
  const first = rig.said('say');
  rig.welcome([view()]);

  expect(first.map((frame) => frame.body)).toEqual(['are you there?']);
  expect(new Set(rig.said('say').map((frame) => frame.cid)).size).toBe(1);
});

test('an event that overtakes an acknowledgement waits for it', () => {
  const rig = new Rig();
  rig.welcome([view()]);
  rig.desk.say(CHAT, 'one');
  const cid = rig.said('say')[0]?.cid ?? '';

  rig.desk.take({ t: 'ev', ...said(4, 'two') });
  expect(rig.bodies()).toEqual(['hello']);
  rig.desk.take({ t: 'ack', cid, chat: CHAT, seq: 3, at: 3000 });
  rig.world.pass(5_000);

  expect(rig.bodies()).toEqual(['hello', 'one', 'two']);
  expect(rig.resumed).toBe(0);
});

test('a gap that does not close is resumed', () => {
  const rig = new Rig();
  rig.welcome([view()]);

  rig.desk.take({ t: 'ev', ...said(5, 'late') });
  expect(rig.resumed).toBe(0);
  rig.world.pass(5_000);

  expect(rig.resumed).toBe(1);
  expect(rig.desk.chats.resume).toEqual({ epoch: 'first', chats: { [CHAT]: 2 } });
});

test('events the desk has already change nothing', () => {
  const rig = new Rig();
  rig.welcome([view()]);

  rig.desk.take({ t: 'ev', ...said(3, 'once') });
  rig.desk.take({ t: 'ev', ...said(3, 'once') });

  expect(rig.bodies()).toEqual(['hello', 'once']);
});

test('another epoch is another history', () => {
  const rig = new Rig();
  rig.welcome([view([said(1, 'before'), joined(2), said(3, 'lost by the restore')])]);

  rig.welcome([view([said(1, 'before'), joined(2)])], {}, 'second');

  expect(rig.bodies()).toEqual(['before']);
});

test('a missed change of the lists asks for all of them, once', () => {
  const rig = new Rig();
  rig.welcome([], { ver: 4 });

  rig.desk.take({ t: 'delta', ver: 6, change: { what: 'waits', at: 0, visitor: waits() } });
  rig.desk.take({ t: 'delta', ver: 7, change: { what: 'waits_no_more', chat: OTHER } });
  expect(rig.said('lists')).toHaveLength(1);
  rig.desk.take({ t: 'lists', ver: 7, waiting: [waits()], team: [] });
  rig.desk.take({ t: 'delta', ver: 8, change: { what: 'waits_no_more', chat: CHAT } });

  expect(rig.desk.room.waiting.value).toEqual([]);
});

test('whoever waits longest stands first, however the list changes', () => {
  const rig = new Rig();
  rig.welcome([], { ver: 1, waiting: [waits(OTHER, 2000)] });

  rig.desk.take({ t: 'delta', ver: 2, change: { what: 'waits', at: 0, visitor: waits(CHAT, 1000) } });
  rig.desk.take({
    t: 'delta',
    ver: 3,
    change: { what: 'waits', at: 1, visitor: { ...waits(OTHER, 2000), here: false } },
  });

  const list = rig.desk.room.waiting.value;
  expect(list.map((visitor) => [visitor.chat, visitor.here])).toEqual([
    [CHAT, true],
    [OTHER, false],
  ]);
  expect(rig.news.filter((news) => news.what === 'waits')).toHaveLength(2);
});

test('text that was not delivered before a chat left is given back', () => {
  const rig = new Rig();
  rig.welcome([view()]);
  rig.isOnline = false;
  rig.desk.say(CHAT, 'not yet sent');

  rig.isOnline = true;
  rig.welcome([]);

  expect(rig.news.at(-1)).toEqual({ what: 'lost', chat: CHAT, unsent: ['not yet sent'] });
  expect(rig.desk.outbox.entries.value).toEqual([]);
  expect(rig.said('say')).toEqual([]);
});

test('a chat another consultant answers leaves this desk', () => {
  const rig = new Rig();
  rig.welcome([view()]);

  rig.desk.take({ t: 'ev', ...joined(3, BEN) });

  expect(rig.desk.visits.value).toEqual([]);
});

test('seeing a chat is told once and again only for new messages', () => {
  const rig = new Rig();
  rig.welcome([view()]);

  rig.desk.see(CHAT);
  rig.desk.see(CHAT);
  expect(rig.said('seen')).toEqual([{ t: 'seen', chat: CHAT, seq: 2 }]);
  rig.desk.take({ t: 'ev', ...said(3, 'more') });
  rig.desk.see(CHAT);

  expect(rig.said('seen').map((frame) => frame.seq)).toEqual([2, 3]);
});

test('a status chosen without a line is told after the next welcome', () => {
  const rig = new Rig();
  rig.welcome();

  rig.isOnline = false;
  rig.desk.setStatus('busy');
  expect(rig.desk.me.value?.status).toBe('busy');
  rig.isOnline = true;
  rig.welcome();

  expect(rig.said('status')).toEqual([{ t: 'status', status: 'busy' }]);
  expect(rig.desk.me.value?.status).toBe('busy');
});

test('a status chosen at another desk of the account shows here', () => {
  const rig = new Rig();
  rig.welcome();

  rig.desk.take({
    t: 'delta',
    ver: 2,
    change: { what: 'team', colleague: { id: ANNA, name: 'Anna', status: 'away' } },
  });

  expect(rig.desk.me.value?.status).toBe('away');
});

test('the visitor writes until the message is there or they go', () => {
  const rig = new Rig();
  rig.welcome([view()]);
  const visit = rig.desk.visit(CHAT);

  rig.desk.take({ t: 'typing', chat: CHAT, draft: 'and what' });
  expect(visit?.writing.value).toBe('and what');
  rig.desk.take({ t: 'ev', ...said(3, 'and what about Sundays?') });
  expect(visit?.writing.value).toBe(null);
  rig.desk.take({ t: 'typing', chat: CHAT, draft: 'x' });
  rig.desk.take({ t: 'here', chat: CHAT, here: false });

  expect(visit?.writing.value).toBe(null);
  expect(visit?.here.value).toBe(false);
});

test('older pages go before what is here and are asked for only while there are any', async () => {
  const asked: (number | undefined)[] = [];
  const rig = new Rig({
    events: async (_chat, before) => {
      asked.push(before);
      return { ok: true, value: { events: [said(1, 'first'), joined(2)], faces: [], more: false } };
    },
  });
  rig.welcome([view([said(3, 'third')], { reset: true })]);
  const visit = rig.desk.visit(CHAT);

  await Promise.all([visit?.loadOlder(), visit?.loadOlder()]);
  await visit?.loadOlder();

  expect(asked).toEqual([3]);
  expect(rig.bodies()).toEqual(['first', 'third']);
});
