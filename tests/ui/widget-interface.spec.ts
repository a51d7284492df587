/** The script interface: what pages may call, what they hear, and who the visitor is then. */
import type { FromVisitor } from '../../widget/kit/wire';
import type { FakeHub } from './fake-hub';
import { expect, test } from './shop';
import { answered } from './states';
import { Window } from './window';

/** Notes every event of the interface in `window.events`. */
const NOTING = `<script>
  window.events = [];
  addEventListener('load', () => {
    for (const name of ['ready', 'open', 'close', 'message', 'chat'])
      Click2CallMe.on(name, (detail) => events.push([name, detail?.state ?? detail?.peek ?? '']));
  });
</script>`;

function withNotes(fake: FakeHub): void {
  const page = fake.page;
  fake.page = (snippet) => page(snippet.replace(' async', '') + NOTING);
}

function hellos(fake: FakeHub): (FromVisitor & { t: 'hello' })[] {
  return fake.heard.filter((frame) => frame.t === 'hello');
}

test('events tell what happens, in its order', async ({ page, fake }) => {
  withNotes(fake);
  await page.goto(fake.origin);
  const window = new Window(page);
  const events = () => page.evaluate(() => Reflect.get(globalThis, 'events'));
  await answered(window, fake);
  await window.minimizeKey.click();
  await expect(page.locator('click2call-me .open')).toHaveCount(0);
  fake.say('Anything else?');
  await expect(window.peek).toHaveText('Anything else?');
  fake.close();
  await expect.poll(events).toEqual([
    ['open', ''],
    ['ready', ''],
    ['chat', 'started'],
    ['close', ''],
    ['message', 'Anything else?'],
    ['chat', 'closed'],
  ]);
});

test('X tells that the chat is closed, and a reload does not tell that it started', async ({ page, fake }) => {
  withNotes(fake);
  await page.goto(fake.origin);
  const window = new Window(page);
  await answered(window, fake);
  await page.reload();
  await expect(window.bubble('Good morning, yes.')).toBeVisible();
  await window.closeKey.click();
  await window.chat.getByRole('dialog').getByRole('button', { name: 'Close the chat' }).click();
  await expect
    .poll(() => page.evaluate(() => Reflect.get(globalThis, 'events')))
    .toEqual([
      ['open', ''],
      ['ready', ''],
      ['close', ''],
      ['chat', 'closed'],
    ]);
});

test('a listener that fails stops nobody, one that is taken back hears nothing, a late one hears "ready"', async ({
  page,
  fake,
}) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await expect(window.button).toBeVisible();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.evaluate(() => {
    const heard: string[] = [];
    Reflect.set(globalThis, 'heard', heard);
    globalThis.window.Click2CallMe?.on('open', () => {
      throw new Error('mine');
    });
    const stop = globalThis.window.Click2CallMe?.on('open', () => heard.push('taken back'));
    globalThis.window.Click2CallMe?.on('open', () => heard.push('open'));
    stop?.();
  });
  await window.open();
  await page.evaluate(() =>
    globalThis.window.Click2CallMe?.on('ready', () => Reflect.get(globalThis, 'heard').push('ready')),
  );
  await expect.poll(() => page.evaluate(() => Reflect.get(globalThis, 'heard'))).toEqual(['open', 'ready']);
  expect(errors).toEqual(['mine']);
});

test('open and close work before the frame is there, and twice', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await expect(window.button).toBeVisible();
  await page.evaluate('Click2CallMe.open(); Click2CallMe.open()');
  await expect(window.field).toBeVisible();
  await page.evaluate('Click2CallMe.close(); Click2CallMe.close()');
  await expect(window.field).toBeHidden();
});

test('call opens the call page in a window of its own, which cannot reach this page', async ({
  page,
  fake,
  context,
}) => {
  fake.button = { call: true, label: 'Call us' };
  fake.page = (snippet) =>
    `<!doctype html><html lang="en"><title>Bakery</title><a href="/x" data-c2c="call" data-consultant="BEN">Ben</a>${snippet}</html>`;
  await page.goto(fake.origin);
  const window = new Window(page);
  await expect(window.button).toHaveAccessibleName('Call us');
  expect(await window.button.getAttribute('aria-expanded')).toBeNull();
  for (const [act, address] of [
    [() => window.button.click(), '/p/demo'],
    [() => page.getByText('Ben').click(), '/p/demo#c=BEN'],
    [() => page.evaluate("Click2CallMe.call('ANNA')"), '/p/demo#c=ANNA'],
    [() => page.evaluate('Click2CallMe.open()'), '/p/demo'],
  ] as const) {
    const [opened] = await Promise.all([context.waitForEvent('page'), act()]);
    expect(opened.url()).toBe(fake.origin + address);
    expect(await opened.evaluate(() => opener)).toBeNull();
    await opened.close();
  }
  await expect(window.frame).toHaveCount(0);
  expect(new URL(page.url()).pathname).toBe('/');
});

test('who the visitor is goes with the first frame, and later changes in a frame of their own', async ({
  page,
  fake,
}) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await expect(window.button).toBeVisible();
  const signature = '1795375150.00ff';
  await page.evaluate(
    (signed) =>
      globalThis.window.Click2CallMe?.identify({ name: 'Vera', email: 'vera@example.com', signature: signed }),
    signature,
  );
  expect(hellos(fake)).toEqual([]);
  await window.open();
  await expect.poll(() => hellos(fake).length).toBe(1);
  expect(hellos(fake)[0]?.identity).toEqual({ name: 'Vera', email: 'vera@example.com', signature, attributes: {} });

  await page.evaluate("Click2CallMe.identify({ email: 'Vera@example.com', attributes: { cart: 3, paid: true } })");
  await expect
    .poll(() => fake.heard.filter((frame) => frame.t === 'identify'))
    .toContainEqual({ t: 'identify', email: 'Vera@example.com', attributes: { cart: '3', paid: 'true' } });
  expect(hellos(fake).length).toBe(1);
});

test('another e-mail is another visitor: the chat of the former one is nowhere', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await expect(window.button).toBeVisible();
  await page.evaluate("Click2CallMe.identify({ email: 'vera@example.com' })");
  await answered(window, fake);
  await window.field.fill('half a sen');
  const events = fake.events.splice(0);
  expect(events.length).toBeGreaterThan(0);

  await page.evaluate("Click2CallMe.identify({ email: 'adam@example.com' })");
  await expect(window.chat.locator('.bubble')).toHaveCount(0);
  await expect(window.field).toHaveValue('');
  await expect.poll(() => hellos(fake).length).toBe(2);
  expect(hellos(fake)[1]?.tok).toBeUndefined();
  expect(hellos(fake)[1]?.identity?.email).toBe('adam@example.com');
  expect(JSON.stringify(hellos(fake)[1]?.resume ?? {})).not.toContain('chat1');
});

test('the former chat does not come back on the next page, before anybody could look', async ({ page, fake }) => {
  fake.page = (snippet) =>
    `<!doctype html><html lang="en"><title>Bakery</title>${snippet.replace(' async', '')}<script>
      Click2CallMe.identify({ email: new URLSearchParams(location.search).get('who') });</script></html>`;
  await page.goto(`${fake.origin}/?who=vera@example.com`);
  const window = new Window(page);
  await answered(window, fake);
  fake.events.splice(0);
  await page.goto(`${fake.origin}/?who=adam@example.com`);
  await expect(window.field).toBeVisible();
  await expect.poll(() => hellos(fake).length).toBe(2);
  expect(hellos(fake)[1]?.tok).toBeUndefined();
  await expect(window.chat.locator('.bubble')).toHaveCount(0);
});

test('an anonymous visitor who signs in keeps the chat', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await answered(window, fake);
  await page.evaluate("Click2CallMe.identify({ email: 'vera@example.com' })");
  await expect.poll(() => fake.heard.at(-1)).toMatchObject({ t: 'identify', email: 'vera@example.com' });
  await expect(window.bubble('Good morning, yes.')).toBeVisible();
});

test('what is no identity does no harm', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await window.open();
  for (const what of ['null', "'vera'", '7', '{ email: 7, name: {} }', '{ attributes: null }', 'undefined']) {
    await page.evaluate(`Click2CallMe.identify(${what})`);
  }
  await window.write('still here');
  await expect(window.chat.getByText('Sent')).toBeVisible();
});
