/** Calls a page asks for, by a link or by its script: with a chat they begin in the window, which keeps the code. */
import type { Page } from '@playwright/test';
import type { FakeHub } from './fake-hub';
import { expect, test } from './shop';
import { handovers, opened, talking } from './widget-call-kit';
import { Window } from './window';

/** A page with links, which notes whatever it can hear. */
function listening(fake: FakeHub): void {
  fake.page = (snippet) =>
    `<!doctype html><html lang="en"><title>Bakery</title><main><a href="/x" data-c2c="call">Call us</a>
<a href="/x" data-c2c="call" data-consultant="BEN">Ben</a></main>
<script>window.told = []; addEventListener('message', ({ data }) => told.push(data));</script>${snippet}</html>`;
}

function told(page: Page): Promise<string> {
  return page.evaluate(() => JSON.stringify(Reflect.get(globalThis, 'told')));
}

test('without a chat the page opens by itself', async ({ page, fake }) => {
  listening(fake);
  fake.settings = { mode: 'both' };
  await page.goto(fake.origin);
  const window = new Window(page);
  await window.show();
  await window.minimizeKey.click();
  expect(await opened(page, () => page.getByText('Call us').click())).toBe('/p/demo');
});

test('with a chat the window offers the call, and no code passes through the page', async ({ page, fake }) => {
  listening(fake);
  await page.goto(fake.origin);
  const window = new Window(page);
  await talking(window, fake);
  await window.minimizeKey.click();
  await page.getByText('Call us').click();
  const card = window.chat.locator('.card');
  await expect(card.getByRole('heading', { name: 'Call us' })).toBeVisible();
  expect(await opened(page, () => card.getByRole('link', { name: 'Call now' }).click())).toMatch(
    /^\/p\/demo#code=code\d$/,
  );
  expect(handovers(fake).at(-1)).toEqual({ t: 'handover', tok: 'token', to: 'anna' });
  await expect(card).toHaveCount(0);
  expect(await told(page)).toContain('"calls":true');
  expect(await told(page)).not.toMatch(/code\d|token/);

  // Somebody else than who answers the chat is called without it.
  expect(await opened(page, () => page.getByText('Ben').click())).toBe('/p/demo#c=BEN');
});

test('not now puts the offer away; on the next page it works again', async ({ page, fake }) => {
  listening(fake);
  await page.goto(fake.origin);
  const window = new Window(page);
  await talking(window, fake);
  await page.evaluate('Click2CallMe.call()');
  const card = window.chat.locator('.card');
  await card.getByRole('button', { name: 'Not now' }).click();
  await expect(card).toHaveCount(0);
  expect(fake.heard.some((frame) => frame.t === 'not_now')).toBe(false);

  await page.reload();
  await expect(window.bubble('Good morning, yes.')).toBeVisible();
  await expect.poll(() => told(page)).toContain('"calls":true');
  await page.evaluate('Click2CallMe.call()');
  await expect(card.getByRole('link', { name: 'Call now' })).toBeVisible();
});

test('a chat that is over is no reason for the window', async ({ page, fake }) => {
  listening(fake);
  await page.goto(fake.origin);
  const window = new Window(page);
  await talking(window, fake);
  fake.close();
  await expect(window.chat.getByText('Anna closed it.')).toBeVisible();
  await window.minimizeKey.click();
  expect(await opened(page, () => page.getByText('Call us').click())).toBe('/p/demo');
});
