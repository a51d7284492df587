/** The call page with the real hub: who is there, an order from the visitor to the desk, the owner's changes, the chat. */
import { request } from 'node:http';
import type { Page } from '@playwright/test';
import { Desk } from './desk';
import { test as base, expect, Hub, PASSWORD } from './hub';

/** The page with everything a call needs. */
const PAGE_BYTES = 24_000;

/** A hub of its own: these tests change settings and statuses. */
const test = base.extend<{ own: Hub }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  own: async ({}, use) => {
    const hub = new Hub();
    await hub.start();
    await use(hub);
    await hub.stop();
  },
});

interface Order {
  readonly phone: string;
  readonly email: string;
  readonly at: number;
  readonly zone: string;
  readonly state: string;
  readonly name?: string;
  readonly note?: string;
  readonly consultant_name?: string;
  readonly package_name: string;
}

interface Package {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly version: number;
  readonly settings: { page: object; hours: object };
}

/** Asks the hub as a signed-in account. */
class Account {
  private constructor(
    readonly origin: string,
    readonly cookie: string,
  ) {}

  static async of(origin: string, name: string): Promise<Account> {
    const answer = await fetch(`${origin}/v1/sign-in`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ email: `${name}@bakery.example`, password: PASSWORD }),
    });
    return new Account(origin, (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '');
  }

  async ask<Told>(method: string, path: string, body?: object): Promise<Told> {
    const { origin, cookie } = this;
    const headers = { origin, cookie, 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(origin + path, { method, headers, ...sent });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Told;
  }

  async package(key: string): Promise<Package> {
    const { packages } = await this.ask<{ packages: Package[] }>('GET', '/v1/packages');
    const { id } = packages.find((each) => each.key === key) ?? { id: '' };
    return this.ask<Package>('GET', `/v1/packages/${id}`);
  }

  async save({ id, name, version, settings }: Package, changes: object): Promise<void> {
    await this.ask('PUT', `/v1/packages/${id}`, { name, version, settings: { ...settings, ...changes } });
  }
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('statuses of the desk are on the page at once', async ({ page, own }) => {
  await page.goto(`${own.origin}/p/demo-en`);
  await expect(heading(page)).toHaveText('Nobody is here right now');
  const anna = await Desk.of(own.origin, 'anna');
  await anna.be('available');
  await expect(heading(page)).toHaveText('How can we help?');
  await expect(page.getByRole('radio', { name: /Anna.*Available/ })).toBeChecked();
  await anna.be('busy');
  await expect(heading(page)).toHaveText('Everybody is busy right now');
  await expect(page.getByRole('radio', { name: /Anna.*Busy/ })).toBeVisible();
  anna.leave();
});

test('a visitor orders a call, and the desk has it', async ({ page, own }) => {
  await page.goto(`${own.origin}/p/demo-pl`);
  await page.getByRole('button', { name: 'Zamów rozmowę' }).click();
  await page.locator('.person').filter({ hasText: 'Ben' }).click();
  await page.getByLabel('Telefon').fill('601 234 567');
  await page.getByLabel('E-mail').fill('Vera@Home.example');
  await page.getByLabel(/^Imię/).fill('Vera');
  await page.getByLabel(/^O czym/).fill('Tort weselny');
  await page.locator('.day').nth(1).click();
  await page.locator('.time:has([value="10:30"])').click();
  await page.locator('.order-send').click();
  await expect(heading(page)).toHaveText('Oddzwonimy');

  const anna = await Account.of(own.origin, 'anna');
  const { orders } = await anna.ask<{ orders: Order[] }>('GET', '/v1/orders');
  expect(orders).toHaveLength(1);
  expect(orders[0]).toMatchObject({
    phone: '+48601234567',
    email: expect.stringMatching(/^vera@home\.example$/i),
    zone: 'Europe/Warsaw',
    state: 'new',
    name: 'Vera',
    note: 'Tort weselny',
    consultant_name: expect.stringContaining('Ben'),
  });
  const said = await page.locator('.lead time').getAttribute('datetime');
  expect(Date.parse(said ?? '')).toBe(orders[0]?.at);
});

test('what the hub finds wrong is said at its field', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/p/demo-en#order`);
  await page.getByLabel('Phone').fill('601234');
  await page.getByLabel('E-mail').fill('vera@@home.example');
  await page.locator('.time').last().click();
  await page.locator('.order-send').click();
  await expect(page.locator('.problem')).toHaveText([/not a number we can call/]);
  await page.getByLabel('Phone').fill('+48 601 234 567');
  await page.locator('.order-send').click();
  await expect(page.locator('.problem')).toHaveText([/not an e-mail address/]);
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await page.getByLabel('E-mail').fill('vera@home.example');
  await page.locator('.order-send').click();
  await expect(heading(page)).toHaveText('We will call you');
});

test('what the owner saves is on the open page at once', async ({ page, own }) => {
  const olga = await Account.of(own.origin, 'olga');
  await page.goto(`${own.origin}/p/demo-en#order`);
  await page.getByLabel('Phone').fill('+48 601 234 567');
  await expect(page.locator('.time').first()).toBeVisible();
  const closed = { open: 'closed' };
  const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, closed]));
  const found = await olga.package('demo-en');
  await olga.save(found, {
    hours: { week, exceptions: [] },
    page: { ...found.settings.page, heading: 'Rye or wheat?' },
  });
  await expect(page.locator('.day:has(:disabled)')).toHaveCount(14);
  await expect(page.getByLabel('Phone')).toHaveValue('+48 601 234 567');
  await page.keyboard.press('Escape');
  await expect(heading(page)).toHaveText('We are closed right now');
  await expect(page.locator('.hours summary')).toContainText('Closed');

  await olga.save(await olga.package('demo-en'), { hours: found.settings.hours });
  const anna = await Desk.of(own.origin, 'anna');
  await anna.be('available');
  await expect(heading(page)).toHaveText('Rye or wheat?');
  anna.leave();
});

test('the chat on the page is the chat of the desk, and is there again after a reload', async ({ page, own }) => {
  const anna = await Desk.of(own.origin, 'anna');
  await anna.be('available');
  await page.goto(`${own.origin}/p/demo-en`);
  await page.getByRole('button', { name: 'Chat with us' }).click();
  const chat = page.frameLocator('.dock-frame');
  await chat.getByRole('textbox').fill('Do you have rye bread?');
  await chat.getByRole('textbox').press('Enter');
  const id = await anna.claim('Do you have rye bread?');
  await chat.getByRole('button', { name: 'Minimize' }).click();
  await anna.say(id, 'Yes, still warm.');
  await expect(page.getByRole('button', { name: /^Open the chat/ })).toContainText('Yes, still warm.');
  await page.reload();
  await page.getByRole('button', { name: /^Open the chat/ }).click();
  await expect(chat.getByText('Yes, still warm.')).toBeVisible();
  anna.leave();
});

test('the page keeps to its policy, and is a page only of packages that are', async ({ page, own }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${own.origin}/p/demo-en#order`);
  await page.locator('.time').last().click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Leave a message' }).click();
  await expect(page.frameLocator('.dock-frame').locator('h1')).toBeVisible();
  expect(complaints).toEqual([]);
  expect((await fetch(`${own.origin}/p/nobody`)).status).toBe(404);
});

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

test('the document keeps its size, is one request, and costs nothing the second time', async ({ page, hub }) => {
  for (const key of ['demo-en', 'demo-pl']) {
    expect(await gzipped(`${hub.origin}/p/${key}`)).toBeLessThanOrEqual(PAGE_BYTES);
  }
  const first = await fetch(`${hub.origin}/p/demo-en`);
  const again = await fetch(`${hub.origin}/p/demo-en`, {
    headers: { 'if-none-match': first.headers.get('etag') ?? '' },
  });
  expect([again.status, first.headers.get('cache-control')]).toEqual([304, 'no-cache']);
  const asked: string[] = [];
  page.on('request', (each) => {
    if (!each.url().startsWith('data:')) asked.push(new URL(each.url()).pathname);
  });
  await page.goto(`${hub.origin}/p/demo-en`);
  await expect(page.getByRole('radio').first()).toBeVisible();
  expect(asked.filter((path) => !path.startsWith('/demo/faces/'))).toEqual(['/p/demo-en']);
});
