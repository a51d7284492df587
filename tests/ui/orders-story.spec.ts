// Ordered calls and left messages at two desks: they come live, exactly one consultant takes each, everybody sees it.
import type { Page } from '@playwright/test';
import { goTo } from './accounts-kit';
import { DESKTOP, expect, PHONE, signIn, test } from './admin-kit';
import { leaveMessage, orderCall } from './orders-kit';

test.use(DESKTOP);
// Two desks sign in and say what they see at every step.
test.setTimeout(120_000);

const card = '.order-card';
const badge = '.nav-places a[href="#/orders"] .nav-count';

function state(page: Page, words: string) {
  return page.getByRole('radio', { name: words });
}

test('an ordered call comes live to both desks, and exactly one consultant takes it', async ({
  browser,
  page: anna,
  hub,
}) => {
  const ben = await (await browser.newContext(DESKTOP)).newPage();
  await signIn(anna, hub, 'anna');
  await signIn(ben, hub, 'ben');
  for (const page of [anna, ben]) {
    await goTo(page, '#/orders');
    await expect(page.getByText('Nothing new')).toBeVisible();
    await expect(page.locator(badge)).toHaveCount(0);
  }

  await orderCall(hub.origin, { name: 'Vera <b>Visitor</b>', note: 'About the cake' });

  for (const page of [anna, ben]) {
    await expect(page.locator(card)).toHaveCount(1);
    await expect(page.locator(badge)).toHaveText(/^1/);
  }
  const order = anna.locator(card);
  await expect(order).toContainText('Vera <b>Visitor</b>');
  await expect(order).toContainText('About the cake');
  await expect(order.locator('a[href^="tel:"]')).toHaveAttribute('href', 'tel:+48221234567');
  await expect(order.locator('a[href^="mailto:"]')).toHaveAttribute('href', /^mailto:vera\d+@example\.com$/);
  await expect(order).toContainText('Your time:');

  // Ben clicks at the same moment: his request reaches the hub after anna's.
  let wasTaken: () => void = () => {};
  const taken = new Promise<void>((done) => {
    wasTaken = done;
  });
  await ben.route('**/v1/orders/*', async (route) => {
    await taken;
    await route.continue();
  });
  await ben.getByRole('button', { name: 'Take it' }).click();
  await anna.getByRole('button', { name: 'Take it' }).click();
  await expect(anna.locator(card)).toHaveCount(0);
  wasTaken();

  await expect(ben.locator('.toast')).toContainText('A colleague was faster');
  for (const page of [anna, ben]) {
    await expect(page.locator(card)).toHaveCount(0);
    await expect(page.locator(badge)).toHaveCount(0);
    await state(page, 'Taken').check();
    await expect(page.locator(card)).toContainText('Taken by Anna Baker');
  }

  await anna.locator(card).getByRole('button', { name: 'Done' }).click();
  await expect(ben.locator(card)).toHaveCount(0);
  await state(ben, 'Done').check();
  await expect(ben.locator(card)).toContainText('Done by Anna Baker');
  await ben.getByRole('button', { name: 'Open it again' }).click();
  await expect(ben.locator(card)).toHaveCount(0);
  await expect(anna.locator(badge)).toHaveText(/^1/);
});

test('a left message is read, taken, and given back by undo', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  await leaveMessage(hub.origin, 'Do you deliver?\nSix loaves.', {
    name: 'Vera',
    page_url: 'https://shop.example/rye',
  });
  await expect(page.locator(badge)).toHaveText(/^1/);
  await page.getByRole('link', { name: /^Orders/ }).click();
  await expect(page.getByText('Nothing new')).toBeVisible();
  await page.getByRole('link', { name: 'Left messages (1)' }).click();
  await expect(page.locator('.order-text')).toHaveText('Do you deliver?\nSix loaves.');
  await expect(page.locator(card)).toContainText('shop.example/rye');

  await page.getByRole('button', { name: 'Take it' }).click();
  await expect(page.locator(card)).toHaveCount(0);
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();

  await expect(page.locator(card)).toHaveCount(1);
  await expect(page.locator(badge)).toHaveText(/^1/);
});

test('orders that came while the desk had no connection are there when it is back', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  await goTo(page, '#/orders');
  await expect(page.getByText('Nothing new')).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.locator('.notice', { hasText: 'No connection' })).toBeVisible();
  await orderCall(hub.origin);

  await page.context().setOffline(false);

  await expect(page.locator(card)).toHaveCount(1, { timeout: 40_000 });
  await expect(page.locator(badge)).toHaveText(/^1/);
});

test('a list that does not come says so, and the next try brings it', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  await orderCall(hub.origin);
  await page.route('**/v1/orders?state=*', (route) => route.abort());
  await goTo(page, '#/orders');
  await expect(page.getByText('It could not be loaded.')).toBeVisible();

  await page.unroute('**/v1/orders?state=*');
  await page.getByRole('button', { name: 'Try again' }).click();

  await expect(page.locator(card)).toHaveCount(1);
});

test('orders are taken on a phone, with keys alone as well', async ({ browser, page, hub }) => {
  await orderCall(hub.origin);
  await orderCall(hub.origin);
  const phone = await (await browser.newContext(PHONE)).newPage();
  await signIn(phone, hub, 'anna');
  await phone.locator('.tabs').getByText('Orders').tap();
  await expect(phone.locator(card)).toHaveCount(2);
  const widths = await phone.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(widths[0]).toBe(widths[1]);
  await phone.getByRole('button', { name: 'Take it' }).first().tap();
  await expect(phone.locator(card)).toHaveCount(1);

  await signIn(page, hub, 'ben');
  await page.getByRole('link', { name: /^Orders/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator(card)).toHaveCount(1);
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.getByRole('button', { name: 'Take it' }).evaluate((one) => one === document.activeElement)) break;
  }
  await page.keyboard.press('Enter');

  await expect(page.locator(card)).toHaveCount(0);
});
