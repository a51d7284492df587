// Visitors the rules offer, with a real hub and a live rule table: accepted, declined, too late, given, in two tabs.
import { DESKTOP, expect, lines, PHONE, test, violations } from './admin-kit';
import { Desk } from './desk';
import { stuckOut, unturned } from './looks';
import { card, comes, deskOf, Rules, row, toast } from './offers-kit';

/** Long enough for any test, short enough to end by itself. */
const LONG = 120;

test('an offer stands on every page, takes no focus, and is accepted there', async ({ browser, hub }) => {
  const rules = await Rules.at(hub);
  await rules.offer([['anna'], LONG]);
  const anna = await deskOf(browser, hub, 'anna');
  const ben = await deskOf(browser, hub, 'ben');
  await anna.goto(`${hub.origin}/admin/#/profile`);
  const field = anna.locator('main input').first();
  await field.focus();
  await ben.goto(`${hub.origin}/admin/#/waiting`);
  const vera = await comes(hub, 'Vera', 'do you bake wedding cakes?');

  await expect(card(anna)).toContainText('do you bake wedding cakes?');
  await expect(card(anna)).toContainText('bakery.example/cakes');
  await expect(anna).toHaveTitle(/Vera is offered to you/);
  await expect(anna.locator('[role=status]', { hasText: 'Vera is offered to you' })).toHaveCount(1);
  await expect(field).toBeFocused();
  await expect(row(ben, 'Vera')).toContainText('Offered to Anna');
  await expect(row(ben, 'Vera').getByRole('button')).toHaveCount(0);
  await card(anna).getByRole('button', { name: 'Accept Vera' }).click();

  await vera.event('joined');
  await expect(lines(anna)).toHaveText(['do you bake wedding cakes?']);
  await expect(card(anna)).toHaveCount(0);
  await expect(row(ben, 'Vera')).toHaveCount(0);
  await expect(toast(anna)).toHaveCount(0);
});

test('whoever asks for a visitor who is offered to others is told so', async ({ browser, hub }) => {
  const rules = await Rules.at(hub);
  await rules.offer([['anna'], LONG]);
  const anna = await deskOf(browser, hub, 'anna');
  const ben = await Desk.of(hub.origin, 'ben');
  await ben.be('available');
  const vera = await comes(hub, 'Vera', 'hello');
  await expect(card(anna)).toBeVisible();

  ben.send({ t: 'claim', chat: vera.chat });

  await ben.until((frame) => frame.t === 'err' && frame.code === 'chat_offered' && frame.chat === vera.chat);
  await expect(card(anna)).toBeVisible();
});

test('a declined visitor is offered to the next consultant at once', async ({ browser, hub }) => {
  const rules = await Rules.at(hub);
  await rules.offer([['anna'], LONG], [['ben'], LONG]);
  const anna = await deskOf(browser, hub, 'anna');
  const ben = await deskOf(browser, hub, 'ben');
  await anna.goto(`${hub.origin}/admin/#/waiting`);
  const vera = await comes(hub, 'Vera', 'hello');
  await expect(card(anna), 'the row is the offer').toHaveCount(0);

  await row(anna, 'Vera').getByRole('button', { name: 'Decline Vera' }).click();

  await expect(row(anna, 'Vera')).toContainText('Offered to Ben');
  await expect(toast(anna)).toHaveCount(0);
  await card(ben).getByRole('button', { name: 'Accept Vera' }).click();
  await vera.event('joined');
  await expect(row(anna, 'Vera')).toHaveCount(0);
});

test('an offer nobody answers in time goes on, with a line about it', async ({ browser, hub }) => {
  const rules = await Rules.at(hub);
  await rules.offer([['anna'], 5], [['ben'], LONG]);
  const anna = await deskOf(browser, hub, 'anna');
  const ben = await deskOf(browser, hub, 'ben');

  await comes(hub, 'Vera', 'hello');

  const bar = card(anna).locator('.offer-bar i');
  const width = () => bar.evaluate((one) => one.getBoundingClientRect().width);
  const [whole, height] = [await width(), (await card(anna).boundingBox())?.height];
  await expect.poll(width).toBeLessThan(whole);
  expect((await card(anna).boundingBox())?.height, 'nothing moves but the bar').toBe(height);
  await expect(card(ben)).toContainText('Vera');
  await expect(card(anna)).toHaveCount(0);
  await expect(toast(anna)).toContainText('The time to accept Vera is over.');
});

test('two tabs show one offer; accepting in one takes it off the other', async ({ browser, hub }) => {
  const rules = await Rules.at(hub);
  await rules.offer([['anna'], LONG]);
  const anna = await deskOf(browser, hub, 'anna');
  const other = await anna.context().newPage();
  await other.goto(`${hub.origin}/admin/#/orders`);
  await expect(other.locator('button.status-button')).toBeVisible();
  await comes(hub, 'Vera', 'hello');
  await expect(card(other)).toBeVisible();

  await card(anna).getByRole('button', { name: 'Accept Vera' }).click();

  await expect(card(other)).toHaveCount(0);
  await expect(toast(other)).toContainText('You accepted Vera in another window.');
  await expect(other, 'nobody is led away').toHaveURL(/#\/orders$/);
  await other.goto(`${hub.origin}/admin/#/`);
  await expect(other.locator('.chat-row')).toContainText('Vera');
});

test('a reload in the middle brings the offer back with the time that is left', async ({ browser, hub }) => {
  const rules = await Rules.at(hub);
  await rules.offer([['anna'], 60]);
  const anna = await deskOf(browser, hub, 'anna');
  const vera = await comes(hub, 'Vera', 'hello');
  const left = () => card(anna).locator('time').innerText();
  await expect(card(anna)).toBeVisible();
  await expect.poll(left).toMatch(/0:5\d$/);

  await anna.reload();

  await expect.poll(left).toMatch(/0:[1-5]\d$/);
  await card(anna).getByRole('button', { name: 'Accept Vera' }).click();
  await vera.event('joined');
});

test('a chat that is given without asking is told of and leads nobody away', async ({ browser, hub }) => {
  const rules = await Rules.at(hub);
  await rules.offer([['anna'], 0]);
  const anna = await deskOf(browser, hub, 'anna');
  await anna.goto(`${hub.origin}/admin/#/orders`);

  const vera = await comes(hub, 'Vera', 'hello');

  await vera.event('joined');
  await expect(toast(anna)).toContainText('You were given Vera');
  await expect(anna).toHaveURL(/#\/orders$/);
  await toast(anna).getByRole('button', { name: 'Open' }).click();
  await expect(lines(anna)).toHaveText(['hello']);
});

test('keys: A accepts, Alt and R declines while somebody writes, Escape only inside the offer', async ({
  browser,
  hub,
}) => {
  const rules = await Rules.at(hub);
  await rules.offer([['anna'], LONG], [['ben'], LONG]);
  const anna = await deskOf(browser, hub, 'anna');
  const ben = await Desk.of(hub.origin, 'ben');
  await ben.be('available');
  const vera = await comes(hub, 'Vera', 'hello');
  await expect(card(anna)).toBeVisible();
  await anna.keyboard.press('Escape');
  await expect(card(anna)).toBeVisible();
  await anna.keyboard.press('a');
  await vera.event('joined');
  const field = anna.locator('.composer textarea');
  await expect(field).toBeFocused();
  const zofia = await comes(hub, 'Zofia', 'hi');
  await expect(card(anna)).toContainText('Zofia');

  await field.pressSequentially('aa');
  await expect(card(anna)).toBeVisible();
  await anna.keyboard.press('Alt+r');

  await expect(card(anna)).toHaveCount(0);
  await expect(field).toHaveValue('aa');
  await ben.claim('hi');
  await zofia.event('joined');
  await expect(field).toBeFocused();
});

for (const { name, options } of [
  { name: 'light', options: {} },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'a phone', options: { ...PHONE, colorScheme: 'dark' } },
]) {
  test(`offers look right and read well: ${name}`, async ({ browser, hub }) => {
    const rules = await Rules.at(hub);
    await rules.offer([['anna'], LONG]);
    const anna = await deskOf(browser, hub, 'anna', { ...DESKTOP, ...options });
    await comes(hub, 'Vera from Warsaw', 'do you bake wedding cakes for about eighty people, all without nuts?');
    await expect(card(anna)).toBeVisible();
    await expect(card(anna).getByRole('button', { name: /^Accept/ })).toBeEnabled();
    expect(await violations(anna)).toEqual([]);
    expect(await stuckOut(anna)).toEqual([]);

    await anna.goto(`${hub.origin}/admin/#/waiting`);

    await expect(row(anna, 'Vera').getByRole('button', { name: /^Accept/ })).toBeEnabled();
    expect(await violations(anna)).toEqual([]);
    expect(await stuckOut(anna)).toEqual([]);
    expect(await unturned(anna)).toEqual([]);
  });
}
