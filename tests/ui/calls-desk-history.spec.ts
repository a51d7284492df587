// The page of calls: who called, whom it rang, how it went; missed ones, older ones, the number in the side menu.
import { violations } from './admin-kit';
import { expect, openDesk, TALKING, test } from './calls-desk-kit';
import { CHAT, chatView, missed, record } from './fake-desk-parts';

test.use(TALKING);

const row = '.call-row';
const badge = '.nav-places a[href="#/calls"] .nav-count';

test('each call says who, when, whom it rang, how it went, how good it was', async ({ page, hub }) => {
  hub.records = [
    missed(1, {
      rings: [
        { account: 'a', name: 'Anna', at: 1, outcome: 'declined' },
        { account: 'b', name: 'Ben', at: 2, outcome: 'missed' },
        { account: 'c', name: 'Olga', at: 3, outcome: 'stopped' },
      ],
    }),
    record(5, { visitor_mos10: 42, consultant_mos10: 33, rating: 4 }),
  ];
  const { visitor_name: _, ended_at: __, reason: ___, ...running } = record(9);
  hub.records.push(running);

  await openDesk(page, hub, '#/calls');

  const [lost, talked, now] = [page.locator(row).first(), page.locator(row).nth(1), page.locator(row).nth(2)];
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Calls');
  await expect(lost).toContainText('missed: nobody answered');
  await expect(lost.locator('.call-row-rings li')).toHaveText([
    'Anna declined',
    'Ben did not answer',
    'Olga: the ringing stopped',
  ]);
  await expect(talked).toContainText('Vera Visitor');
  await expect(talked).toContainText('Shop · with Anna');
  await expect(talked).toContainText('2 min 12 s');
  await expect(talked).toContainText('the visitor hung up');
  await expect(page.getByRole('img', { name: 'Rated 4 of 5' })).toBeVisible();
  await expect(
    page.getByRole('img', { name: 'Your voice quality: fair. Voice quality of Vera Visitor: excellent.' }),
  ).toBeVisible();
  await expect(now).toContainText(/Guest \d{4}in progress/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await violations(page), colorScheme).toEqual([]);
  }
});

test('the missed ones stand alone, older ones come on demand, a change comes by itself', async ({ page, hub }) => {
  hub.pageSize = 2;
  hub.records = [record(1), missed(2), record(3), missed(4), missed(5)];
  await openDesk(page, hub, '#/calls');
  await expect(page.locator(row)).toHaveCount(2);

  await page.getByRole('button', { name: 'Older ones' }).click();
  await expect(page.locator(row)).toHaveCount(4);
  await page.getByRole('button', { name: 'Older ones' }).click();
  await expect(page.locator(row)).toHaveCount(5);
  await expect(page.getByRole('button', { name: 'Older ones' })).toHaveCount(0);
  await page.getByRole('radio', { name: 'Missed' }).check();
  await expect(page.locator(`${row}.missed`)).toHaveCount(2);
  await page.getByRole('button', { name: 'Older ones' }).click();
  await expect(page.locator(`${row}.missed`)).toHaveCount(3);
  expect(hub.asked).toContain(`GET /v1/calls?missed=true&before=${hub.records[3]?.id}`);
  await page.getByRole('radio', { name: 'All' }).check();
  hub.records = [missed(0, { visitor_name: 'Paul' }), ...hub.records];
  hub.ring();
  hub.end();

  await expect(page.locator(row).first()).toContainText('Paul');
});

test('missed calls are counted in the side menu until somebody looks', async ({ page, hub }) => {
  hub.records = [missed(60)];
  await openDesk(page, hub);
  // What was missed before this browser knew the account counts as seen.
  await expect
    .poll(() => page.evaluate(() => Object.keys(localStorage).filter((name) => name.endsWith('calls.seen'))))
    .toHaveLength(1);
  await expect(page.locator(badge)).toHaveCount(0);

  hub.records = [missed(0, { asked_at: Date.now() + 1 }), ...hub.records];
  hub.ring();
  hub.end(undefined, 'no_answer');
  await expect(page.locator(badge)).toHaveText(/^1.*1 missed call$/);
  await expect(page.locator('.toast')).toContainText('Missed call: nobody answered Vera Visitor.');
  await page.locator('.nav-places a[href="#/calls"]').click();
  await expect(page.locator(row)).toHaveCount(2);
  await expect(page.locator(badge)).toHaveCount(0);
  await page.reload();

  await expect(page.locator(row)).toHaveCount(2);
  await expect(page.locator(badge)).toHaveCount(0);
});

test('the chat of a call is read there, or opened where it goes on', async ({ page, hub }) => {
  hub.records = [record(1, { chat: CHAT })];
  const view = chatView();
  hub.chats.push(view);
  await openDesk(page, hub, '#/calls');
  await expect(page.locator(row).getByRole('link', { name: 'Chat Vera Visitor' })).toHaveAttribute(
    'href',
    `#/chat/${CHAT}`,
  );

  hub.read = view.events;
  hub.chats.length = 0;
  await page.reload();
  await page.locator(row).getByRole('button', { name: 'Chat Vera Visitor' }).click();

  await expect(page.locator('.call-row-lines .line-body')).toHaveText('hello');
  await expect(page.locator('.call-row-lines')).toContainText('Anna joined the chat');
  expect(await violations(page)).toEqual([]);
});

test('nothing yet, and a list that does not come, are said', async ({ page, hub }) => {
  await openDesk(page, hub, '#/calls');
  await expect(page.getByRole('heading', { name: 'No calls yet' })).toBeVisible();
  await page.getByRole('radio', { name: 'Missed' }).check();
  await expect(page.getByRole('heading', { name: 'No missed calls' })).toBeVisible();

  await page.route('**/v1/calls*', (route) => route.abort());
  await page.getByRole('radio', { name: 'All' }).check();
  await expect(page.getByText('It could not be loaded.')).toBeVisible();
  hub.records = [record(1)];
  await page.unroute('**/v1/calls*');
  await page.getByRole('button', { name: 'Try again' }).click();

  await expect(page.locator(row)).toHaveCount(1);
});
