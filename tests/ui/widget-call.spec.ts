/** From the chat to a call: what leads to the call page in each mode, and how both become one visitor. */

import { expect, test } from './shop';
import { answered } from './states';
import { handOut, handovers, opened, RINGING, talking } from './widget-call-kit';
import { Window } from './window';

test('chat and voice: the choice leads to the call page as the same visitor', async ({ page, fake }) => {
  fake.settings = { mode: 'both' };
  handOut(fake);
  await page.goto(fake.origin);
  const window = new Window(page);
  await window.show();
  await expect(window.chat.locator('.welcome li').first()).toBeVisible();
  await expect(window.chat.getByRole('button', { name: /^Start a chat/ })).toBeVisible();
  const call = window.chat.getByRole('link', { name: /^Call us/ });
  expect(await opened(page, () => call.click())).toBe('/p/demo#code=code1');
  expect(handovers(fake)).toEqual([{ t: 'handover', tok: 'token' }]);
});

test('voice only: the button itself leads to the call page, and there is no window', async ({ page, fake }) => {
  fake.button = { call: true, label: 'Call us' };
  await page.goto(fake.origin);
  const window = new Window(page);
  expect(await opened(page, () => window.button.click())).toBe('/p/demo');
  await expect(window.frame).toHaveCount(0);
});

test('chat only: nothing leads to a call, whatever the hub tells', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await answered(window, fake);
  fake.invite();
  await expect(window.chat.locator('.note', { hasText: 'Anna suggests a call' })).toBeVisible();
  await expect(window.chat.getByRole('link')).toHaveCount(0);
  await expect(window.chat.getByText('Call now')).toHaveCount(0);
});

test('the header calls who answers the chat; the address has a code and no token', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await talking(window, fake);
  const call = window.chat.locator('header').getByRole('link', { name: 'Call page' });
  const address = await opened(page, () => call.click());
  expect(address).toMatch(/^\/p\/demo#code=code\d$/);
  expect(address).not.toContain('token');
  expect(handovers(fake).at(-1)).toEqual({ t: 'handover', tok: 'token', to: 'anna' });
});

test('with the code at hand the window opens in the click itself', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await talking(window, fake);
  const call = window.chat.locator('header').getByRole('link', { name: 'Call page' });
  await call.hover();
  await expect.poll(() => handovers(fake).length).toBe(1);
  await page.mouse.move(10, 10);
  await call.hover();
  // What the hub says after the code arrives after it.
  fake.say('Please call me.');
  await expect(window.bubble('Please call me.')).toBeVisible();
  const addresses = await call.evaluate((link) => {
    const asked: unknown[] = [];
    const before = globalThis.open;
    globalThis.open = (...what) => {
      asked.push(what);
      return null;
    };
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }));
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 2 }));
    globalThis.open = before;
    return asked;
  });
  expect(addresses).toEqual([['/p/demo#code=code1', '_blank', 'noopener']]);
  expect(handovers(fake).length).toBe(1);
  // It works once: the next visit asks for another one.
  await page.mouse.move(10, 10);
  expect(await opened(page, () => call.click())).toBe('/p/demo#code=code2');
});

test('the keyboard gets there, too', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await talking(window, fake);
  const call = window.chat.locator('header').getByRole('link', { name: 'Call page' });
  await expect(window.field).toBeFocused();
  for (let steps = 0; steps < 5 && !(await call.evaluate((link) => link === document.activeElement)); steps += 1) {
    await page.keyboard.press('Shift+Tab');
  }
  await expect(call).toBeFocused();
  expect(await opened(page, () => page.keyboard.press('Enter'))).toMatch(/^\/p\/demo#code=code\d$/);
});

test('without an answer the page opens all the same, for the same consultant', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await talking(window, fake);
  const call = window.chat.locator('header').getByRole('link', { name: 'Call page' });
  fake.answer = (frame) => frame.t === 'handover';
  expect(await opened(page, () => call.dblclick())).toBe('/p/demo#c=anna');
  expect(handovers(fake).length).toBe(1);

  fake.answer = (frame) => frame.t === 'hello';
  fake.cut();
  await expect(window.chat.getByText(/^No connection/)).toBeVisible();
  expect(await opened(page, () => call.click())).toBe('/p/demo#c=anna');
});

test('while a call runs elsewhere the header says so, also after a reload', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await talking(window, fake);
  const header = window.chat.locator('header');
  await expect(header.getByRole('link')).toHaveCount(1);
  fake.tell({ t: 'call', ...RINGING });
  await expect(header.getByText('In a call')).toBeVisible();
  await expect(header.getByRole('link')).toHaveCount(0);

  fake.call = RINGING;
  await page.reload();
  await expect(header.getByText('In a call')).toBeVisible();
  fake.tell({ t: 'call', ...RINGING, state: 'ended', reason: 'visitor_hangup' });
  await expect(header.getByText('In a call')).toHaveCount(0);
  await expect(header.getByRole('link', { name: 'Call page' })).toBeVisible();
});

test('on the call page an invitation rings there, and nothing opens a second one', async ({ page, fake }) => {
  fake.settings = { mode: 'both' };
  handOut(fake);
  fake.page = (snippet) =>
    `<!doctype html><html lang="en"><title>Bakery</title>${snippet}<script>
window.told = []; addEventListener('message', ({ data }) => told.push(data));</script></html>`;
  await page.goto(`${fake.origin}/?in=/p/demo`);
  const window = new Window(page);
  await answered(window, fake);
  await expect(window.chat.getByRole('link')).toHaveCount(0);
  fake.invite();
  await window.chat.getByRole('link').click();
  await expect
    .poll(() => page.evaluate(() => Reflect.get(globalThis, 'told')))
    .toContainEqual({
      c2c: 'call',
      consultant: 'anna',
    });
  expect(page.context().pages().length).toBe(1);
  expect(handovers(fake)).toEqual([]);
  fake.tell({ t: 'call', ...RINGING });
  fake.say('Do you hear me?');
  await expect(window.bubble('Do you hear me?')).toBeVisible();
  await expect(window.chat.getByRole('link')).toHaveCount(0);
  await expect(window.chat.getByText('In a call')).toHaveCount(0);
});

test('frames and facts the page does not know do no harm', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await talking(window, fake);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  for (const frame of [
    { t: 'call.started', cid: 'x', call: 'call1' },
    { t: 'call.offer', call: 'call1', g: 1, sdp: '', fresh: true, ice_servers: [] },
    { t: 'call.quality', call: 'call1', mos10: 40, peer_mos10: 40 },
    { t: 'handover', code: 'unasked' },
    { t: 'wave' },
  ]) {
    fake.tell(frame as Parameters<typeof fake.tell>[0]);
  }
  fake.happen({ k: 'waved' } as unknown as Parameters<typeof fake.happen>[0]);
  fake.say('Still here.');
  await expect(window.bubble('Still here.')).toBeVisible();
  await page.reload();
  await expect(window.bubble('Still here.')).toBeVisible();
  expect(errors).toEqual([]);
});
