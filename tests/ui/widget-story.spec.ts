/** A visitor chats with a consultant through the real hub: both languages, both sizes. */
import { Desk } from './desk';
import { expect } from './hub';
import { snippet, test } from './shop';
import { Window } from './window';

const SIZES = [
  { name: 'desktop', use: { viewport: { width: 1280, height: 800 } } },
  { name: 'phone', use: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } },
];
const LANGUAGES = [
  {
    path: '/demo/',
    sent: 'Sent',
    seen: 'Seen',
    joined: 'Anna joined the chat',
    next: 'You are next in line.',
    closed: 'Anna closed it.',
    again: 'Start a new chat',
  },
  {
    path: '/demo/pl/',
    sent: 'Wysłano',
    seen: 'Przeczytano',
    joined: 'Anna dołącza do czatu',
    next: 'Twoja kolej jest następna.',
    closed: 'Zakończenie: Anna.',
    again: 'Rozpocznij nowy czat',
  },
];

for (const size of SIZES) {
  test.describe(size.name, () => {
    test.use(size.use);
    for (const words of LANGUAGES) {
      test(`a chat from the first word to the last at ${words.path}`, async ({ page, hub }) => {
        const desk = await Desk.of(hub.origin, 'anna');
        await desk.be('available');
        await page.goto(hub.origin + words.path);
        const window = new Window(page);
        const first = `Bread for ${size.name} ${words.path}`;
        await window.open();
        await window.write(first);
        await expect(window.chat.getByText(words.sent)).toBeVisible();
        await expect(window.chat.locator('.card h2')).toHaveText(/./);

        await window.write('and rolls');
        await expect(window.chat.locator('.bubble')).toHaveCount(2);
        const chat = await desk.claim(first);
        await expect(window.chat.getByText(words.joined)).toBeVisible();
        await expect(window.chat.getByRole('heading', { level: 1 })).toHaveText('Anna');
        await expect(window.chat.locator('header img')).toHaveJSProperty('complete', true);

        desk.send({ t: 'typing', chat, writing: true });
        await expect(window.chat.locator('.dots')).toBeVisible();
        await desk.say(chat, 'Warm from the oven');
        await expect(window.bubble('Warm from the oven')).toBeVisible();
        await expect(window.chat.locator('.dots')).toHaveCount(0);
        await desk.until((frame) => frame.t === 'seen' && frame.chat === chat && frame.seq >= 4);
        desk.send({ t: 'seen', chat, seq: 4 });
        await expect(window.chat.getByText(words.seen).first()).toBeVisible();

        await window.field.fill('I am thinking');
        await desk.until((frame) => frame.t === 'typing' && frame.draft === 'I am thinking');

        desk.send({ t: 'close', chat });
        await expect(window.chat.getByText(words.closed)).toBeVisible();
        await window.chat.getByRole('button', { name: words.again }).click();
        await expect(window.field).toHaveValue('I am thinking');
        desk.leave();
      });
    }
  });
}

test('the place in line is told and moves', async ({ browser, hub, shop }) => {
  const address = shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`);
  const visitors = await Promise.all(['a', 'b'].map(async () => (await browser.newContext()).newPage()));
  const [vera, adam] = visitors.map((page) => new Window(page));
  if (vera === undefined || adam === undefined) throw new Error('two visitors');
  for (const [window, text] of [
    [vera, 'vera is here'],
    [adam, 'adam is here'],
  ] as const) {
    await window.page.goto(address);
    await window.open();
    await window.write(text);
    await expect(window.chat.getByText('Sent')).toBeVisible();
  }
  await expect(adam.chat.locator('.card')).toContainText(/in line/);
  const before = await adam.chat.locator('.card h2').textContent();
  const desk = await Desk.of(hub.origin, 'ben');
  await desk.claim('vera is here');
  await expect(adam.chat.locator('.card h2')).not.toHaveText(before ?? '');
  desk.leave();
  for (const page of visitors) await page.context().close();
});

test('hostile text is shown letter for letter', async ({ page, hub, shop }) => {
  page.on('dialog', () => {
    throw new Error('a script ran');
  });
  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><svg/onload=alert(1)>',
    'javascript:alert(1)',
    '{{constructor.constructor("alert(1)")()}}',
    '&lt;b&gt;&amp;&#x3c;script&#x3e;',
    '</style></textarea><iframe srcdoc="<script>alert(1)</script>">',
  ];
  const desk = await Desk.of(hub.origin, 'anna');
  await page.goto(shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`));
  const window = new Window(page);
  await window.open();
  await window.write('start of hostile text');
  const chat = await desk.claim('start of hostile text');
  for (const text of hostile) {
    await window.write(text);
    await expect(window.chat.locator('.mine .bubble').last()).toHaveText(`You: ${text}`);
    await desk.say(chat, text);
    await expect(window.chat.locator('.theirs .bubble').last()).toHaveText(`Anna: ${text}`);
  }
  await expect.poll(() => desk.said(chat).slice(1)).toEqual(hostile.flatMap((text) => [text, text]));

  await window.minimizeKey.click();
  await desk.say(chat, '<img src=x onerror=alert(1)>');
  await expect(window.peek).toHaveText('<img src=x onerror=alert(1)>');
  await expect(window.page.locator('click2call-me img')).toHaveCount(0);
  desk.leave();
});

test('X asks once, closes for good, and the next chat is a new one', async ({ page, hub, shop }) => {
  const desk = await Desk.of(hub.origin, 'anna');
  await page.goto(shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`));
  const window = new Window(page);
  await window.open();
  await window.write('to be closed');
  const chat = await desk.claim('to be closed');
  await window.closeKey.click();
  await page.keyboard.press('Escape');
  await expect(window.chat.getByRole('dialog')).toHaveCount(0);
  await expect(window.bubble('to be closed')).toBeVisible();

  await window.closeKey.click();
  await window.chat.getByRole('dialog').getByRole('button', { name: 'Close the chat' }).click();
  await expect(window.field).toBeHidden();
  await expect(window.button).toBeFocused();
  await desk.until((frame) => frame.t === 'ev' && frame.chat === chat && frame.k === 'closed');
  await window.button.click();
  await expect(window.chat.getByRole('heading', { level: 1 })).toHaveText(/Hello/);
  await expect(window.chat.locator('.bubble')).toHaveCount(0);
  desk.leave();
});

test('minimized, the button counts and shows the last line, and opening counts it as seen', async ({
  page,
  hub,
  shop,
}) => {
  const desk = await Desk.of(hub.origin, 'anna');
  await page.goto(shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`));
  const window = new Window(page);
  await window.open();
  await window.write('call me back here');
  const chat = await desk.claim('call me back here');
  await expect(window.chat.getByText('Anna joined the chat')).toBeVisible();
  await window.minimizeKey.click();
  await desk.say(chat, 'first answer');
  await desk.say(chat, 'second answer');
  await expect(page.locator('click2call-me .badge')).toHaveText('2');
  await expect(window.peek).toHaveText('second answer');
  await expect(window.button).toHaveAccessibleName(/\(2\)$/);

  await window.peek.click();
  await expect(window.bubble('second answer')).toBeVisible();
  await expect(page.locator('click2call-me .badge')).toHaveText('');
  await desk.until((frame) => frame.t === 'seen' && frame.chat === chat && frame.seq >= 4);
  desk.leave();
});
