// What a consultant does all day: several chats, colleagues, previous chats, closing, drafts, keys, alerts.
import type { Page } from '@playwright/test';
import { answer, DESKTOP, expect, lines, setStatus, signIn, startChat, test } from './admin-kit';
import { Visitor } from './visitor';

test.use(DESKTOP);

test('two desks want one visitor: one gets the chat, the other is told', async ({ browser, hub }) => {
  const anna = await (await browser.newContext(DESKTOP)).newPage();
  const ben = await (await browser.newContext(DESKTOP)).newPage();
  const line = await slowLine(ben);
  await signIn(anna, hub, 'anna');
  await signIn(ben, hub, 'ben');
  const vera = await Visitor.at(hub.origin);
  await vera.open('is anybody there?');
  for (const desk of [anna, ben]) {
    await desk.locator('.waiting-tile').click();
    await expect(desk.locator('.waiting-row')).toHaveCount(1);
  }

  line.hold();
  await anna.locator('.waiting-row .button').click();
  await vera.event('joined');
  await ben.locator('.waiting-row .button').click();
  await expect(ben.locator('.waiting-row .button')).toBeDisabled();
  line.release();

  await expect(ben.locator('.toast')).toContainText('A colleague was faster');
  await expect(ben.locator('.waiting-row')).toHaveCount(0);
  await expect(ben.locator('.chat-row')).toHaveCount(0);
  await expect(anna.locator('.chat-row')).toHaveCount(1);
});

test('previous chats are found, load on a click and can be read', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  const vera = await Visitor.at(hub.origin);
  await vera.open('do you have rye bread?');
  await startChat(page);
  await expect(page.locator('.previous-button')).toHaveCount(0);
  await answer(page, 'every day');
  await page.getByRole('button', { name: 'Close chat' }).click();
  await vera.event('closed');
  const again = await Visitor.at(hub.origin, { token: vera.token });
  await again.open('and today?');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await startChat(page);

  await expect(page.locator('.previous-button')).toHaveText('1 previous chat found');
  expect(asked.filter((path) => path.endsWith('/previous'))).toEqual([]);
  await page.locator('.previous-button').click();
  const entry = page.locator('.previous-chat > button');
  await expect(entry).toContainText('Anna · 2 messages');
  await entry.click();

  const shown = page.locator('.previous-lines');
  await expect(shown.locator('.line-body')).toHaveText(['do you have rye bread?', 'every day']);
  await expect(shown).toContainText('Anna closed the chat');
  await expect(page.locator('.previous-lines .composer')).toHaveCount(0);
});

test('facts of the visitor stand over the chat and in the panel', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  const vera = await Visitor.at(hub.origin, {
    page: {
      url: 'https://shop.example/rye?size=2',
      title: 'Rye bread',
      referrer: 'https://search.example/',
      language: 'pl-PL',
      zone: 'Europe/Warsaw',
    },
    agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  });
  await vera.open('hello');
  await startChat(page);

  await expect(page.locator('.chat-facts dd')).toHaveText(['127.0.0.1', /Linux/, /Firefox 145/, 'Polish (Poland)']);
  const panel = page.locator('.visitor-panel');
  for (const fact of ['Rye bread', 'https://shop.example/rye?size=2', 'https://search.example/', 'Europe/Warsaw']) {
    await expect(panel.getByText(fact, { exact: true })).toBeVisible();
  }
});

test('closing can be taken back, and a chat nobody takes back is closed', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  const vera = await Visitor.at(hub.origin);
  await vera.open('hello');
  await startChat(page);

  await page.getByRole('button', { name: 'Close chat' }).click();
  await expect(page.locator('.chat-row')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.locator('.chat-window')).toBeVisible();
  await vera.say('still here');
  await expect(lines(page)).toHaveText(['hello', 'still here']);
  await page.getByRole('button', { name: 'Close chat' }).click();

  await vera.event('closed');
  await expect(page.locator('.chat-row')).toHaveCount(0);
});

test('typing, reading and leaving show on the other side', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  const vera = await Visitor.at(hub.origin);
  await vera.open('hello');
  await startChat(page);
  const { chat } = vera;

  vera.send({ t: 'typing', chat, draft: 'what do you' });
  await expect(page.locator('.line.writing .line-body')).toHaveText('what do you');
  await vera.say('what do you bake?');
  await expect(page.locator('.line.writing')).toHaveCount(0);
  await vera.until((frame) => frame.t === 'seen' && frame.seq === 3);
  await page.locator('.composer textarea').fill('rye');
  await vera.until((frame) => frame.t === 'typing' && frame.writing);
  await page.locator('.composer .button.main').click();
  await vera.event('said');
  await expect(page.locator('.line.mine .line-mark')).toHaveText('Delivered');
  vera.send({ t: 'seen', chat, seq: 4 });
  await expect(page.locator('.line.mine .line-mark')).toHaveText('Read');
  vera.leave();

  await expect(page.locator('.chat-head-who .gone')).toBeVisible({ timeout: 15_000 });
});

test('several chats at once: unread counts, drafts of each, the title', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  const [vera, paul] = [await Visitor.at(hub.origin), await Visitor.at(hub.origin)];
  await vera.open('I am vera');
  await startChat(page);
  await paul.open('I am paul');
  await expect(page).toHaveTitle('(1) Bakery');
  await page.locator('.composer textarea').fill('draft for vera');
  await startChat(page);
  await page.locator('.composer textarea').fill('draft for paul');
  await vera.say('one');
  await vera.say('two');

  const veras = page.locator('.chat-row', { hasText: 'two' });
  await expect(veras.locator('.chat-row-unread')).toContainText('2 unread messages');
  await expect(page).toHaveTitle('(2) Bakery');
  await page.reload();
  await expect(page.locator('.composer textarea')).toHaveValue('draft for paul');
  await veras.click();

  await expect(page.locator('.composer textarea')).toHaveValue('draft for vera');
  await expect(page).toHaveTitle('Bakery');
});

test('a visitor sees the status that was switched on the desk', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  const vera = await Visitor.at(hub.origin);
  const sees = (status: string) =>
    vera.until(
      (frame) => frame.t === 'presence' && frame.team.some((one) => one.name === 'Anna' && one.status === status),
    );

  await setStatus(page, 'Available');
  await sees('available');
  await setStatus(page, 'Busy');
  await sees('busy');
  await expect(page.locator('.nav-team')).toContainText('Anna: Busy');
});

test('keys do everything, and letters are dead while somebody writes', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  const vera = await Visitor.at(hub.origin);
  await vera.open('hello');
  await expect(page.locator('.waiting-tile')).toContainText('Waiting visitors');

  await page.keyboard.press('a');
  await expect(page.locator('.composer textarea')).toBeFocused();
  await page.keyboard.type('eea?k');
  await expect(page.locator('.composer textarea')).toHaveValue('eea?k');
  await expect(page.locator('.toast')).toHaveCount(0);
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('two');
  await page.keyboard.press('Enter');
  await expect(lines(page)).toHaveText(['hello', 'eea?k\ntwo']);
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Keyboard shortcuts');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('busy');
  await page.keyboard.press('Enter');
  await expect(page.locator('button.status-button')).toContainText('Busy');
  await page.keyboard.press('w');
  await expect(page.locator('.waiting-room')).toBeVisible();
  await page.keyboard.press('Alt+1');
  await expect(page.locator('.chat-window')).toBeVisible();
  await page.keyboard.press('e');
  await expect(page.locator('.toast')).toContainText('closed');
});

test('long chats load their earlier pages on the way up', async ({ page, hub }) => {
  test.setTimeout(60_000);
  const vera = await Visitor.at(hub.origin);
  await vera.open('line 1');
  for (let line = 2; line <= 90; line += 1) {
    await vera.say(`line ${line}`);
    // Ten messages a second are allowed.
    await page.waitForTimeout(100);
  }
  await signIn(page, hub, 'anna');
  await startChat(page);
  await expect(lines(page).last()).toHaveText('line 90');

  for (let turn = 0; turn < 5 && (await lines(page).count()) < 90; turn += 1) {
    await page.locator('.talk').evaluate((box) => box.scrollTo({ top: -box.scrollHeight }));
    await page.waitForTimeout(400);
  }

  const all = Array.from({ length: 90 }, (_, index) => `line ${index + 1}`);
  await expect(lines(page)).toHaveText(all);
});

test('a message nobody acknowledged survives a reload and arrives once', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  const vera = await Visitor.at(hub.origin);
  await vera.open('hello');
  await startChat(page);
  // Without tickets the desk cannot come back after the restart.
  await page.route('**/v1/ticket', (route) => route.abort());
  await hub.restart();
  await expect(page.locator('.notice', { hasText: 'No connection' })).toBeVisible();
  await answer(page, 'written without a line');
  await expect(page.locator('.line.pending')).toHaveCount(1);

  await page.reload();
  await page.unroute('**/v1/ticket');

  await expect(lines(page)).toHaveText(['hello', 'written without a line'], { timeout: 20_000 });
  await expect(page.locator('.line.pending')).toHaveCount(0);
  const again = await Visitor.at(hub.origin, { token: vera.token });
  const bodies = again.heard.flatMap((frame) =>
    frame.t === 'welcome' ? frame.chats.flatMap((chat) => chat.events) : [],
  );
  expect(bodies.flatMap((event) => (event.k === 'said' ? [event.body] : []))).toEqual([
    'hello',
    'written without a line',
  ]);
});

test('the language chosen on the desk is there after the next sign-in', async ({ page, hub }) => {
  await signIn(page, hub, 'ben');
  await page.locator('.account-button').click();
  await page.locator('.menu-panel').getByRole('button', { name: 'Polski' }).click();
  await expect(page.locator('h1')).toHaveText('Pulpit');

  await page.reload();

  await expect(page.locator('h1')).toHaveText('Pulpit');
  await expect(page.locator('html')).toHaveAttribute('lang', 'pl');
});

/** A line over which nothing arrives while it is held. */
async function slowLine(page: Page) {
  let held: (() => void)[] | null = null;
  await page.routeWebSocket(/\/v1\/ws\/desk$/, (socket) => {
    const hub = socket.connectToServer();
    hub.onMessage((frame) => {
      if (held) held.push(() => socket.send(frame));
      else socket.send(frame);
    });
  });
  return {
    hold: () => {
      held = [];
    },
    release: () => {
      const frames = held ?? [];
      held = null;
      for (const deliver of frames) deliver();
    },
  };
}
