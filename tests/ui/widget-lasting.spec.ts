/** A chat lasts: through lost networks, killed hubs, reloads, several tabs and a thousand lines. */
import { Desk } from './desk';
import { expect, Hub } from './hub';
import { snippet, test } from './shop';
import { Window } from './window';

test('what is written without a network is kept, shown as on its way, and arrives once', async ({
  page,
  hub,
  shop,
  context,
}) => {
  const desk = await Desk.of(hub.origin, 'anna');
  await page.goto(shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`));
  const window = new Window(page);
  await window.open();
  await window.write('before the tunnel');
  await expect(window.chat.getByText('Sent')).toBeVisible();
  const chat = await desk.claim('before the tunnel');

  await context.setOffline(true);
  await window.write('in the tunnel');
  await window.write('still in the tunnel');
  await expect(window.chat.getByText('Sending…')).toBeVisible();
  await expect(window.chat.getByText(/^No connection/)).toBeVisible();
  await context.setOffline(false);

  await expect(window.chat.getByText('Sending…')).toHaveCount(0);
  await expect.poll(() => desk.said(chat)).toEqual(['before the tunnel', 'in the tunnel', 'still in the tunnel']);
  await expect(window.chat.locator('.bubble')).toHaveCount(3);
  desk.leave();
});

test('the hub is killed and started again: the same chat, nothing lost, nothing doubled', async ({ page, shop }) => {
  const hub = new Hub();
  await hub.start();
  try {
    const desk = await Desk.of(hub.origin, 'anna');
    await page.goto(shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`));
    const window = new Window(page);
    await window.open();
    await window.write('one');
    const chat = await desk.claim('one');
    await desk.say(chat, 'two');
    await expect(window.bubble('two')).toBeVisible();

    await hub.kill();
    await window.write('three');
    await expect(window.chat.getByText('Sending…')).toBeVisible();
    await hub.start();
    await expect(window.chat.getByText('Sending…')).toHaveCount(0, { timeout: 20_000 });

    const again = await Desk.of(hub.origin, 'anna');
    await again.say(chat, 'four');
    await expect(window.bubble('four')).toBeVisible();
    await expect(window.chat.locator('.bubble')).toHaveText([/one$/, /two$/, /three$/, /four$/]);
    expect(again.said(chat)).toEqual(['one', 'two', 'three', 'four']);
  } finally {
    await hub.stop();
  }
});

test('the hub is updated: it sends its visitors away and they come back', async ({ page, shop }) => {
  const hub = new Hub();
  await hub.start();
  try {
    await page.goto(shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`));
    const window = new Window(page);
    await window.open();
    await window.write('before the update');
    await expect(window.chat.getByText('Sent')).toBeVisible();

    await hub.drain();
    await window.write('during the update');
    await hub.start();
    await expect(window.chat.getByText('Sending…')).toHaveCount(0, { timeout: 20_000 });

    const desk = await Desk.of(hub.origin, 'anna');
    const chat = await desk.claim('during the update');
    await expect.poll(() => desk.said(chat)).toEqual(['before the update', 'during the update']);
    desk.leave();
  } finally {
    await hub.stop();
  }
});

test('a reload keeps the chat, the draft and the closed end', async ({ page, hub, shop }) => {
  const desk = await Desk.of(hub.origin, 'anna');
  await page.goto(shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`));
  const window = new Window(page);
  await window.open();
  await window.write('before the reload');
  const chat = await desk.claim('before the reload');
  await window.field.fill('not yet sent');
  await page.reload();
  await expect(window.bubble('before the reload')).toBeVisible();
  await expect(window.field).toHaveValue('not yet sent');
  await expect(window.chat.getByRole('heading', { level: 1 })).toHaveText('Anna');

  desk.send({ t: 'close', chat });
  await expect(window.chat.getByText('Anna closed it.')).toBeVisible();
  await page.reload();
  await expect(window.chat.getByText('Anna closed it.')).toBeVisible();
  desk.leave();
});

test('two tabs are one visitor: in step, nothing doubled', async ({ context, hub, shop }) => {
  const desk = await Desk.of(hub.origin, 'anna');
  const address = shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`);
  const [one, two] = [new Window(await context.newPage()), new Window(await context.newPage())];
  await one.page.goto(address);
  await one.open();
  await one.write('from the first tab');
  await expect(one.chat.getByText('Sent')).toBeVisible();
  await two.page.goto(address);
  await two.open();
  await expect(two.bubble('from the first tab')).toBeVisible();

  await two.write('from the second tab');
  const chat = await desk.claim('from the');
  await desk.say(chat, 'to both');
  for (const window of [one, two]) {
    await expect(window.chat.locator('.bubble')).toHaveText([
      /from the first tab$/,
      /from the second tab$/,
      /to both$/,
    ]);
  }
  expect(desk.said(chat)).toEqual(['from the first tab', 'from the second tab', 'to both']);

  await one.page.bringToFront();
  await one.closeKey.click();
  await one.chat.getByRole('dialog').getByRole('button', { name: 'Close the chat' }).click();
  await expect(one.field).toBeHidden();
  await expect(two.chat.getByRole('heading', { level: 1 })).not.toHaveText('Anna');
  desk.leave();
});

test('a long chat is told from its end, and earlier lines come while scrolling up', async ({ page, hub, shop }) => {
  test.setTimeout(90_000);
  const desk = await Desk.of(hub.origin, 'anna');
  await page.goto(shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`));
  const window = new Window(page);
  await window.open();
  await window.write('a long story');
  const chat = await desk.claim('a long story');
  for (let line = 1; line <= 600; line += 1) await desk.say(chat, `line ${line}`);
  await expect(window.bubble('line 600')).toBeVisible();
  await page.reload();
  await expect(window.bubble('line 600')).toBeVisible();
  await expect(window.chat.locator('.bubble')).not.toHaveCount(601);
  await expect(async () => {
    await window.chat.locator('.lines').evaluate((box) => box.scrollTo(0, 0));
    await expect(window.chat.locator('.bubble')).toHaveCount(601, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await expect(window.chat.locator('.bubble').first()).toHaveText(/a long story$/);
  desk.leave();
});
