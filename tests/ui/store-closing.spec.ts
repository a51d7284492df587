// Closing a chat in the desk's store: the time to take it back, and what happens when somebody writes or leaves.
import { expect, test } from '@playwright/test';
import { ANNA, CHAT, Rig, said, view } from './store-world';

test('closing can be taken back for five seconds, then the hub is told', () => {
  const rig = new Rig();
  rig.welcome([view()]);

  rig.desk.close(CHAT);
  expect(rig.desk.visits.value).toEqual([]);
  rig.world.pass(4_999);
  expect(rig.desk.keepOpen(CHAT)).toBe(true);
  rig.world.pass(60_000);
  expect(rig.said('close')).toEqual([]);
  expect(rig.desk.visits.value).toHaveLength(1);

  rig.desk.close(CHAT);
  rig.world.pass(5_000);
  expect(rig.said('close')).toEqual([{ t: 'close', chat: CHAT }]);
  expect(rig.desk.keepOpen(CHAT)).toBe(false);
});

test('a visitor who writes again is not sent away', () => {
  const rig = new Rig();
  rig.welcome([view()]);

  rig.desk.close(CHAT);
  rig.desk.take({ t: 'ev', ...said(3, 'one more thing') });
  rig.world.pass(60_000);

  expect(rig.said('close')).toEqual([]);
  expect(rig.desk.visits.value).toHaveLength(1);
  expect(rig.news.map((news) => news.what)).toContain('stays');
});

test('a page that goes away closes what it was about to close', () => {
  const rig = new Rig();
  rig.welcome([view()]);

  rig.desk.close(CHAT);
  rig.desk.leave();
  rig.world.pass(60_000);

  expect(rig.said('close')).toHaveLength(1);
});

test('a chat whose closing was not heard is closed after the next welcome', () => {
  const rig = new Rig();
  rig.welcome([view()]);

  rig.desk.close(CHAT);
  rig.isOnline = false;
  rig.world.pass(6_000);
  rig.isOnline = true;
  rig.welcome([view()]);
  rig.desk.take({
    t: 'ev',
    chat: CHAT,
    seq: 3,
    at: 3000,
    from: { by: 'consultant', account: ANNA },
    k: 'closed',
  });

  expect(rig.said('close')).toHaveLength(1);
  expect(rig.desk.chats.all.value.size).toBe(0);
});

test('a chat closed by the visitor stays readable until it is put away', () => {
  const rig = new Rig();
  rig.welcome([view()]);

  rig.desk.take({ t: 'ev', chat: CHAT, seq: 3, at: 3000, from: { by: 'visitor' }, k: 'closed' });
  expect(rig.desk.visits.value[0]?.chat.state.value).toBe('closed');
  rig.desk.close(CHAT);

  expect(rig.desk.visits.value).toEqual([]);
  expect(rig.said('close')).toEqual([]);
});
