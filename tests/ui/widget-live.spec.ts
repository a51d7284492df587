/** Settings on pages that are open: redrawn in place, pushed by the hub, and shown only where and when they should. */
import type { Page } from '@playwright/test';
import { CALL_ICON, STUCK } from './fake-button';
import { Owner } from './owner';
import { expect, snippet, test } from './shop';
import { answered } from './states';
import { Window } from './window';

/** What the hub bakes of `/shop/*` and `/about`, without `/shop/pay`. */
const SHOP_ONLY = '^(?!(?:/shop/pay)$)(?:/shop/.*|/about)$';
const NOWHERE = '^$';

test('new settings come to an open page at once: the same button, the same open chat, the same draft', async ({
  page,
  fake,
}) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await answered(window, fake);
  await window.field.fill('half a sen');
  await window.button.evaluate((button) => Reflect.set(globalThis, 'before', button));
  fake.button = { label: 'Ask a baker', look: STUCK.replace('#1763e0', '#6f45e4'), reveal: -1 };
  fake.tell({ t: 'settings' });

  await expect(page.locator('click2call-me .label')).toHaveText('Ask a baker');
  const drawn = await window.button.evaluate((button) => ({
    isSame: button === Reflect.get(globalThis, 'before'),
    image: getComputedStyle(button).backgroundImage,
    right: innerWidth - button.getBoundingClientRect().right,
  }));
  expect(drawn).toMatchObject({ isSame: true, right: 0 });
  expect(drawn.image).toContain('rgb(111, 69, 228)');
  await expect(window.field).toHaveValue('half a sen');
  await expect(window.bubble('Good morning, yes.')).toBeVisible();
  await window.minimizeKey.click();
  await expect(window.button).toHaveAccessibleName('Ask a baker');
});

test('a hub that cannot tell the settings changes nothing', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await answered(window, fake);
  const asked = page.waitForResponse('**/w/demo.json');
  await page.route('**/w/demo.json', (route) => route.fulfill({ status: 503, body: '' }));
  fake.button = { label: 'Never shown' };
  fake.tell({ t: 'settings' });
  await asked;
  fake.say('Still here');
  await expect(window.bubble('Still here')).toBeVisible();
  await expect(page.locator('click2call-me .label')).toHaveText('Talk to us');
});

test('what the owner saves is on an open page at once and on the next page from the start', async ({
  page,
  hub,
  shop,
}) => {
  const owner = await Owner.at(hub.origin);
  const kept = await owner.create('Live', { button: { label: 'Before' } });
  await page.goto(shop.page('/', '', snippet(hub.origin, kept.key)));
  const window = new Window(page);
  await window.open();
  await expect(window.chat.getByText(/available|busy|nobody/i).first()).toBeVisible();
  const saved = await owner.save(kept, { button: { label: 'After', color: 'orange' } });
  await expect(page.locator('click2call-me .label')).toHaveText('After');
  await owner.save(saved, { button: { label: 'At the next page' } });
  await page.reload();
  await expect(page.locator('click2call-me .label')).toHaveText('At the next page');
});

test('the preview redraws every state: mode, label, place', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await expect(window.button).toBeVisible();
  const [shown, voice] = await page.evaluate((icon) => {
    const base = { key: 'demo', origin: location.origin, look: '--h:44px', icon, lang: 'pl' };
    const texts = { open: 'Zadzwoń', close: '', title: '' };
    const api: object = globalThis.window.Click2CallMe ?? {};
    const redraw: (config: unknown) => void = Reflect.get(api, 'redraw');
    const host = document.querySelector('click2call-me');
    redraw({ ...base, label: 'Zadzwoń', reveal: 0, call: true, texts });
    const first = [host?.shadowRoot?.querySelector('.wide') !== null, host?.getAttribute('lang')];
    redraw({ ...base, label: 'Zadzwoń', reveal: 5, texts });
    return [first, [host?.shadowRoot?.querySelector('.wide') !== null, host?.getAttribute('lang')]];
  }, CALL_ICON);
  expect([shown, voice]).toEqual([
    [true, 'pl'],
    [false, 'pl'],
  ]);
});

test('a timer of former settings does not unroll the label of later ones', async ({ page, fake }) => {
  fake.button = { reveal: 10 };
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1_000);
  await page.goto(fake.origin);
  await expect(new Window(page).button).toBeVisible();
  await page.evaluate((look) => {
    const api: object = globalThis.window.Click2CallMe ?? {};
    const texts = { open: 'x', close: '', title: '' };
    Reflect.get(api, 'redraw')({ look, icon: '', label: 'x', reveal: -1, texts, lang: 'en' });
  }, STUCK);
  await page.clock.runFor(20_000);
  await expect(page.locator('click2call-me .wide')).toHaveCount(0);
});

async function isShown(page: Page): Promise<boolean> {
  await page.locator('click2call-me').waitFor({ state: 'attached' });
  return new Window(page).button.isVisible();
}

test('the button shows on the pages it is set to, and follows a site that changes pages without loading', async ({
  page,
  fake,
}) => {
  fake.button = { pages: SHOP_ONLY };
  for (const [path, expected] of [
    ['/', false],
    ['/about', true],
    ['/about?x=1', false],
    ['/shop/', true],
    ['/shop/bread?size=2', true],
    ['/shop/pay', false],
    ['/shop/pay?x=1', true],
  ] as const) {
    await page.goto(fake.origin + path);
    expect([path, await isShown(page)]).toEqual([path, expected]);
  }
  await page.goto(`${fake.origin}/about`);
  for (const [change, expected] of [
    ["history.pushState({}, '', '/')", false],
    ["history.pushState({}, '', '/shop/rolls')", true],
    ["history.replaceState({}, '', '/shop/pay')", false],
    ['history.back()', false],
    ['history.back()', true],
    ["location.hash = 'x'", true],
  ] as const) {
    await page.evaluate(change);
    await expect.poll(() => isShown(page), change).toBe(expected);
  }
});

test('a browser that tells nothing of such changes is asked after each click', async ({ page, fake }) => {
  fake.button = { pages: SHOP_ONLY };
  fake.page = (snippet) =>
    `<!doctype html><html lang="en"><title>Bakery</title><script>
      Object.defineProperty(window, 'navigation', { value: undefined });
      function go() { setTimeout(() => history.pushState({}, '', '/shop/rolls'), 100); }
    </script><button onclick="go()">Rolls</button>${snippet}</html>`;
  await page.goto(fake.origin);
  expect(await isShown(page)).toBe(false);
  await page.getByRole('button', { name: 'Rolls' }).click();
  await expect.poll(() => isShown(page)).toBe(true);
  await page.goBack();
  await expect.poll(() => isShown(page)).toBe(false);
});

test('the hub makes patterns that mean what they say, and cost nothing', async ({ page, hub, shop }) => {
  const owner = await Owner.at(hub.origin);
  const show_on = ['/shop/*', '/żurek (1)*', '*?x=1&*', `/${'*a'.repeat(60)}b`];
  const kept = await owner.create('Patterns', { button: { label: 'x', show_on, hide_on: ['*/pay*'] } });
  const html = snippet(hub.origin, kept.key);
  for (const [path, expected] of [
    ['/', false],
    ['/shop', false],
    ['/shop/', true],
    ['/shop/pay', false],
    ['/shop/pay/now', false],
    ['/%C5%BCurek%20(1)', true],
    ['/%C5%BCurek%20(1)/big', true],
    ['/news?x=1&y', true],
    ['/news?x=1', false],
    [`/${'a'.repeat(1_500)}`, false],
    [`/${'a'.repeat(60)}b`, true],
  ] as const) {
    const before = Date.now();
    await page.goto(shop.page(path, '', html));
    expect([path, await isShown(page)]).toEqual([path, expected]);
    expect(Date.now() - before).toBeLessThan(10_000);
  }
});

test('closed and hidden, nothing is to be seen; whoever has the window keeps it', async ({ page, fake }) => {
  fake.button = { pages: NOWHERE };
  await page.goto(fake.origin);
  expect(await isShown(page)).toBe(false);

  await page.evaluate('Click2CallMe.open()');
  const window = new Window(page);
  await expect(window.field).toBeVisible();
  await page.goto(`${fake.origin}/elsewhere`);
  await expect(window.field).toBeVisible();
  await window.minimizeKey.click();
  await expect(window.button).toBeVisible();
  await window.button.click();
  await window.closeKey.click();
  await expect(window.button).toBeHidden();
});

test('the hub hides a closed package only when it is set to', async ({ page, hub, shop }) => {
  const owner = await Owner.at(hub.origin);
  const closed = { open: 'closed' } as const;
  const week = { mon: closed, tue: closed, wed: closed, thu: closed, fri: closed, sat: closed, sun: closed };
  for (const [outside_hours, expected] of [
    ['hide', false],
    ['message', true],
    ['callback', true],
  ] as const) {
    const kept = await owner.create(`Outside ${outside_hours}`, { hours: { week }, button: { outside_hours } });
    await page.goto(shop.page(`/${outside_hours}`, '', snippet(hub.origin, kept.key)));
    expect([outside_hours, await isShown(page)]).toEqual([outside_hours, expected]);
  }
});

test('where the window stood open and there are only calls now, nobody is called', async ({ page, fake, context }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await window.open();
  fake.button = { call: true };
  await page.clock.install();
  await page.goto(`${fake.origin}/elsewhere`);
  await expect(window.button).toBeVisible();
  await page.clock.runFor(1_000);
  expect(context.pages().length).toBe(1);
  await expect(window.frame).toHaveCount(0);
});
