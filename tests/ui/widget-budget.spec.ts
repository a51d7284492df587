/** What the button costs a page: bytes, requests, storage, layout shifts. Every figure is exact, none is a time. */
import { request } from 'node:http';
import type { Page } from '@playwright/test';
import { STUCK } from './fake-button';
import { expect, snippet, test } from './shop';
import { Window } from './window';

const LOADER_BYTES = 3_000;
const CHAT_BYTES = 20_000;

/** Size of an answer as it travels. */
function gzipped(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(address, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      answer.on('end', () =>
        answer.headers['content-encoding'] === 'gzip' ? resolve(bytes) : reject(new Error('not packed')),
      );
    });
    asked.on('error', reject).end();
  });
}

/** Sum of all layout shifts from now on, also those a click excuses. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const sum = { value: 0 };
    Reflect.set(window, 'shifts', sum);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum.value += Number(Reflect.get(entry, 'value'));
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

function shifts(page: Page): Promise<number> {
  return page.evaluate(() => Number(Reflect.get(Reflect.get(window, 'shifts'), 'value')));
}

const FILLER = '<h1>Bakery</h1><p>Bread that takes its time.</p>'.repeat(30);

for (const key of ['demo-en', 'demo-pl', 'demo-voice']) {
  test(`loader and chat document of ${key} keep their size`, async ({ hub }) => {
    expect(await gzipped(`${hub.origin}/w/${key}.js`)).toBeLessThanOrEqual(LOADER_BYTES);
    expect(await gzipped(`${hub.origin}/w/${key}/chat`)).toBeLessThanOrEqual(CHAT_BYTES);
  });
}

test('before the visitor comes near there is one request and nothing stored', async ({ page, hub, shop }) => {
  const asked: string[] = [];
  page.on('request', (each) => {
    if (each.url().startsWith(hub.origin)) asked.push(each.url());
  });
  await page.goto(shop.page('/', '', FILLER + snippet(hub.origin)));
  await expect(new Window(page).button).toBeVisible();
  await page.waitForLoadState('networkidle');

  expect(asked).toEqual([`${hub.origin}/w/demo-en.js`]);
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
  expect(await page.context().cookies()).toEqual([]);
  expect(page.frames().length).toBe(1);
  expect(await page.evaluate(() => Object.keys(window).filter((name) => /c2c|click2/i.test(name)))).toEqual([
    'Click2CallMe',
  ]);
});

test('coming near loads the window, but keeps and connects nothing', async ({ page, hub, shop }) => {
  let sockets = 0;
  page.on('websocket', () => {
    sockets += 1;
  });
  await page.goto(shop.page('/', '', FILLER + snippet(hub.origin)));
  const window = new Window(page);
  await window.button.hover();
  await expect(window.frame).toHaveCount(1);
  await window.chat.locator('textarea').waitFor({ state: 'attached' });

  expect(sockets).toBe(0);
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  const kept = await page.frames()[1]?.evaluate(() => localStorage.length + sessionStorage.length);
  expect(kept).toBe(0);
});

test('the hub keeps nothing in the browser until the visitor writes', async ({ page, hub, shop }) => {
  await page.goto(shop.page('/', '', FILLER + snippet(hub.origin)));
  const window = new Window(page);
  await window.open();
  await expect(window.chat.getByText(/available|busy|nobody/i).first()).toBeVisible();
  const kept = () => page.frames()[1]?.evaluate(() => localStorage.length);
  expect(await kept()).toBe(0);
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 1]);

  await window.field.fill('H');
  await expect.poll(kept).toBeGreaterThan(0);
  expect(await page.context().cookies()).toEqual([]);
});

test('nothing moves: on load, when the label unrolls, when the window opens', async ({ page, fake }) => {
  await watchShifts(page);
  fake.button = { reveal: 1, look: STUCK, unstick: true };
  fake.page = (script) =>
    `<!doctype html><html lang="en"><head><title>Bakery</title></head><body>${FILLER}${script}</body></html>`;
  await page.goto(fake.origin);
  const window = new Window(page);
  await expect(page.locator('click2call-me .wide')).toHaveCount(1);
  await window.open();
  await window.minimizeKey.click();
  await expect(page.locator('click2call-me .open')).toHaveCount(0);
  expect(await shifts(page)).toBe(0);
});

test('a reload costs no bytes of ours: both files are revalidated', async ({ page, hub, shop }) => {
  const address = shop.page('/', '', FILLER + snippet(hub.origin));
  const window = new Window(page);
  const seen = async () => {
    await page.goto(address);
    await window.button.hover();
    await window.chat.locator('textarea').waitFor({ state: 'attached' });
  };
  await seen();
  const statuses = new Map<string, number>();
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  client.on('Network.responseReceivedExtraInfo', (told) => statuses.set(told.requestId, told.statusCode));
  await seen();
  expect([...statuses.values()].filter((status) => status === 304).length).toBeGreaterThanOrEqual(1);
  const tag = (await fetch(`${hub.origin}/w/demo-en.js`)).headers.get('etag') ?? '';
  for (const path of ['/w/demo-en.js', '/w/demo-en/chat']) {
    const first = await fetch(hub.origin + path);
    const again = await fetch(hub.origin + path, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect([path, again.status]).toEqual([path, 304]);
    expect(first.headers.get('cache-control')).toContain('no-cache');
  }
  expect(tag).not.toBe('');
});
