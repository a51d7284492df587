/** The button on every kind of page: wherever the snippet is pasted, whatever the page forbids or restyles. */
import { Desk } from './desk';
import { Owner } from './owner';
import { expect, snippet, test } from './shop';
import { Window } from './window';

const STRICT = (hub: string) =>
  [
    "default-src 'none'",
    `script-src ${hub}`,
    `frame-src ${hub}`,
    "style-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

test('it works under the strictest policy, Trusted Types included', async ({ page, hub, shop }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(
    shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`, { 'content-security-policy': STRICT(hub.origin) }),
  );
  const window = new Window(page);
  await window.open();
  await window.write('Under a strict policy');
  await expect(window.chat.getByText('Sent')).toBeVisible();
  const color = await window.button.evaluate((button) => getComputedStyle(button).backgroundImage);
  expect(color).toContain('linear-gradient');
  const owner = await Owner.at(hub.origin);
  const baked = await owner.bake(await owner.create('Strict'), { button: { label: 'Redrawn' } });
  await page.evaluate((config) => {
    const api: object = globalThis.window.Click2CallMe ?? {};
    Reflect.get(api, 'redraw')(config);
  }, baked);
  await expect(page.locator('click2call-me .label')).toHaveText('Redrawn');
  expect(complaints.filter((text) => !text.includes('data:,'))).toEqual([]);
});

test('the demo’s own strict page works, too', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/demo/strict`);
  const window = new Window(page);
  await window.open();
  await window.write('From the strict demo page');
  await expect(window.chat.getByText('Sent')).toBeVisible();
});

test('styles of the page do not reach it, and its own stay inside', async ({ page, hub, shop }) => {
  const hostile = `<style>
    * { color: red !important; font-size: 40px !important; letter-spacing: 9px !important; display: block !important; }
    html { font-size: 62.5%; } button, click2call-me { background: hotpink !important; text-transform: uppercase !important;
      opacity: .1 !important; transform: rotate(20deg) !important; position: static !important; width: 10px !important; }
    iframe { display: none !important; } svg { width: 200px !important; }
  </style>`;
  const plain = shop.page('/plain', '', `<h1>Bakery</h1>${snippet(hub.origin)}`);
  const styled = shop.page('/styled', hostile, `<h1>Bakery</h1>${snippet(hub.origin)}`);
  const looks: unknown[] = [];
  for (const address of [plain, styled]) {
    await page.goto(address);
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    const window = new Window(page);
    await window.open();
    looks.push(
      await window.button.evaluate((button) => {
        const { color, fontSize, textTransform, letterSpacing, opacity, display } = getComputedStyle(button);
        const { x, y, width, height } = button.getBoundingClientRect();
        return { color, fontSize, textTransform, letterSpacing, opacity, display, x, y, width, height };
      }),
      await window.frame.boundingBox(),
    );
  }
  expect(looks.slice(2)).toEqual(looks.slice(0, 2));
  await page.goto(plain);
  await expect(new Window(page).button).toBeVisible();
  expect(await page.locator('h1').evaluate((title) => getComputedStyle(title).color)).toBe('rgb(0, 0, 0)');
});

test('pasted twice it is one button', async ({ page, hub, shop }) => {
  await page.goto(
    shop.page('/', snippet(hub.origin), `<h1>Bakery</h1>${snippet(hub.origin)}${snippet(hub.origin, 'demo-pl')}`),
  );
  await page.waitForLoadState('networkidle');
  await expect(page.locator('click2call-me')).toHaveCount(1);
  await new Window(page).open();
});

test('an element of its name on the page is not taken for it', async ({ page, hub, shop }) => {
  await page.goto(shop.page('/', '', `<a id="Click2CallMe" href="#x">x</a>${snippet(hub.origin)}`));
  await new Window(page).open();
});

test('it runs in <head> before there is a body', async ({ page, hub, shop }) => {
  const early = `<script src="${hub.origin}/w/demo-en.js"></script><script>window.bodyless = document.body === null</script>`;
  await page.goto(shop.page('/', early, '<h1>Bakery</h1>'));
  expect(await page.evaluate(() => Reflect.get(window, 'bodyless'))).toBe(true);
  await new Window(page).open();
});

test('a swapped body keeps the open chat and the half-written message', async ({ page, hub, shop }) => {
  await page.goto(shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`));
  const window = new Window(page);
  await window.open();
  await window.field.fill('half a sen');
  await page.evaluate(() => {
    const body = document.createElement('body');
    body.append(document.createElement('h2'));
    document.body.replaceWith(body);
    history.pushState({}, '', '/other');
  });
  await expect(page.locator('h2')).toHaveCount(1);
  await expect(window.field).toHaveValue('half a sen');
  await window.write('after the swap');
  await expect(window.bubble('after the swap')).toBeVisible();
});

test('the page goes into the back/forward cache with a chat and comes back with it', async ({ page, hub, shop }) => {
  const first = shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`);
  const second = shop.page('/second', '', '<h1>Prices</h1>');
  await page.goto(first);
  await page.evaluate(() => {
    addEventListener('pageshow', (event) => Reflect.set(window, 'restored', event.persisted));
  });
  const window = new Window(page);
  await window.open();
  await window.write('before going away');
  await expect(window.chat.getByText('Sent')).toBeVisible();
  const place = await window.field.boundingBox();
  await page.goto(second);
  await page.goBack({ waitUntil: 'commit' });
  await expect.poll(() => page.evaluate(() => Reflect.get(window, 'restored'))).toBe(true);

  // Playwright loses sight of the frames of a restored page; the visitor's mouse and keyboard do not.
  if (place === null) throw new Error('the field has no place');
  await page.mouse.click(place.x + 20, place.y + place.height / 2);
  await page.keyboard.type('after coming back');
  await page.keyboard.press('Enter');
  const desk = await Desk.of(hub.origin, 'anna');
  const chat = await desk.claim('after coming back');
  await expect.poll(() => desk.said(chat)).toEqual(['before going away', 'after coming back']);
  desk.leave();
});

test('what lies under its invisible stage can be clicked', async ({ page, hub, shop }) => {
  await page.goto(shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`));
  await expect(new Window(page).button).toBeVisible();
  const tags = await page.evaluate(() => [
    document.elementFromPoint(30, 30)?.tagName,
    document.elementFromPoint(640, 700)?.tagName,
  ]);
  expect(tags).not.toContain('CLICK2CALL-ME');
});

test('links and the script interface open it, and only one global is there', async ({ page, hub, shop }) => {
  await page.goto(shop.page('/', '', `<a href="/contact" data-c2c="chat"><b>Talk</b></a>${snippet(hub.origin)}`));
  const window = new Window(page);
  await expect(window.button).toBeVisible();
  await page.locator('b').click();
  await expect(window.field).toBeVisible();
  expect(new URL(page.url()).pathname).toBe('/');
  await page.evaluate('Click2CallMe.close()');
  await expect(window.field).toBeHidden();
  await page.evaluate('Click2CallMe.open()');
  await expect(window.field).toBeVisible();
});

test('Escape puts the window away and gives the focus back to the button', async ({ page, hub, shop }) => {
  await page.goto(shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`));
  const window = new Window(page);
  await window.open();
  await expect(window.field).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(window.field).toBeHidden();
  await expect(window.button).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(window.field).toBeFocused();
});

test('Escape closes the emoji first, then the window', async ({ page, hub, shop }) => {
  await page.goto(shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`));
  const window = new Window(page);
  await window.open();
  await window.field.fill('Hi ');
  await window.chat.getByRole('button', { name: 'Insert an emoji' }).click();
  await expect(window.chat.getByRole('group').getByRole('button')).toHaveCount(16);
  await page.keyboard.press('Escape');
  await expect(window.chat.getByRole('group')).toHaveCount(0);
  await expect(window.field).toBeVisible();
  await window.chat.getByRole('button', { name: 'Insert an emoji' }).click();
  await window.chat.getByRole('button', { name: '👍' }).click();
  await expect(window.field).toHaveValue('Hi 👍');
});

test('the next page of the tab goes on where the visitor was', async ({ page, hub, shop }) => {
  const first = shop.page('/', '', `<h1>Bakery</h1>${snippet(hub.origin)}`);
  const second = shop.page('/second', '', `<h1>Prices</h1>${snippet(hub.origin)}`);
  await page.goto(first);
  const window = new Window(page);
  await window.open();
  await window.write('kept across pages');
  await expect(window.chat.getByText('Sent')).toBeVisible();
  await window.field.fill('unsent');

  await page.goto(second);
  await expect(window.bubble('kept across pages')).toBeVisible();
  await expect(window.field).toHaveValue('unsent');
  await expect(window.chat.locator('.bubble')).toHaveCount(1);
});
