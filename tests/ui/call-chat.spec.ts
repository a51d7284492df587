/** The chat on the call page: the window of the button, docked at the corner, of the same visitor. */
import type { Page } from '@playwright/test';
import { type CallHub, expect, test } from './call-hub';

const frame = (page: Page) => page.locator('.dock-frame');
const chat = (page: Page) => page.frameLocator('.dock-frame');
const open = (page: Page) => page.getByRole('button', { name: 'Chat with us' }).click();

async function says(page: Page, hub: CallHub): Promise<void> {
  await page.goto(hub.address);
  await open(page);
  await chat(page).getByRole('textbox').first().waitFor();
}

test('nothing of the chat is asked for, and nothing kept, before it is opened', async ({ page, hub }) => {
  await page.goto(hub.address);
  await expect(page.getByRole('radio').first()).toBeVisible();
  await expect(frame(page)).toHaveCount(0);
  expect(hub.asked).not.toContain('GET /w/demo/chat');
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  expect(await page.context().cookies()).toEqual([]);
});

test('the window opens with the focus in it, and its visitor is the page’s', async ({ page, hub }) => {
  await says(page, hub);
  await expect(frame(page)).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
  await expect.poll(() => hub.heard.filter((each) => each.t === 'hello').length).toBe(2);
  const [first, second] = hub.heard.filter((each) => each.t === 'hello');
  expect(first).not.toHaveProperty('tok');
  expect(second).toMatchObject({ tok: 'token', pkg: 'demo' });
});

test('minimized, it is one key away, and the focus is back where it was', async ({ page, hub }) => {
  await says(page, hub);
  await chat(page).getByRole('button', { name: 'Minimize' }).click();
  await expect(frame(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Chat with us' })).toBeFocused();
  await page.getByRole('button', { name: 'Open the chat' }).click();
  await expect(frame(page)).toBeVisible();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
  await chat(page).getByRole('textbox').first().press('Escape');
  await expect(frame(page)).toBeHidden();
});

test('closed for good, it leaves nothing behind, and can be begun again', async ({ page, hub }) => {
  await says(page, hub);
  await chat(page).getByRole('button', { name: 'Close the chat' }).click();
  await expect(frame(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'Open the chat' })).toHaveCount(0);
  await open(page);
  await expect(frame(page)).toBeVisible();
});

test('the order goes on behind the window', async ({ page, hub }) => {
  await says(page, hub);
  await chat(page).getByRole('button', { name: 'Minimize' }).click();
  await page.getByRole('button', { name: 'Order a call' }).click();
  await page.getByLabel('Phone').fill('+48 601 234 567');
  await page.getByRole('button', { name: 'Open the chat' }).click();
  await chat(page).getByRole('button', { name: 'Minimize' }).click();
  await expect(page.getByLabel('Phone')).toHaveValue('+48 601 234 567');
});

test('what waits in the minimized window is counted on its key and in the title', async ({ page, hub }) => {
  await says(page, hub);
  await chat(page).getByRole('button', { name: 'Minimize' }).click();
  const inside = page.frames()[1];
  await inside?.evaluate(() => {
    parent.postMessage({ c2c: 'unread', count: 2 }, location.origin);
    parent.postMessage({ c2c: 'message', count: 2, peek: 'The cake is ready' }, location.origin);
  });
  await expect(page.getByRole('button', { name: 'Open the chat (2)' })).toContainText('The cake is ready');
  await expect(page).toHaveTitle('(2) How can we help? – Bakery');
});

test('only its own window is listened to', async ({ page, hub }) => {
  await page.goto(hub.address);
  await page.evaluate(() => postMessage({ c2c: 'unread', count: 7 }, '*'));
  await page.waitForFunction(() => new Promise((done) => setTimeout(() => done(true))));
  await expect(page).toHaveTitle('How can we help? – Bakery');
});

test.describe('phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

  test('the window fills the screen', async ({ page, hub }) => {
    await says(page, hub);
    await expect.poll(() => frame(page).boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  });
});
