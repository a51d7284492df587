// Forms that plugins declare, health and looks: a hub kept in memory has what no built plugin has.
import type { BrowserContextOptions } from '@playwright/test';
import { DESKTOP, expect, PHONE, test, violations } from './admin-kit';
import { atPlugins, names, row } from './plugins-kit';
import { LANGUAGES, PluginsWorld, plugin, RULES, rulesTable, version } from './plugins-world';

test.use(DESKTOP);
test.describe.configure({ timeout: 120_000 });

const SETTINGS = `#/plugins/${LANGUAGES}/settings`;
const OFF = {
  ...plugin().health,
  asked: 40,
  failed: 7,
  last_failure: 'it was not done after 100 ms',
  last_failed_at: 1,
  off_for_seconds: 42,
};

test('every kind of field is drawn, filled in and sent as its kind asks', async ({ page, hub }) => {
  const world = new PluginsWorld([plugin()]);
  await world.serve(page);
  await atPlugins(page, hub, SETTINGS);

  await page.getByRole('slider', { name: 'Chats for each consultant' }).press('ArrowRight');
  await page.getByRole('checkbox', { name: 'German' }).check();
  await page.getByRole('switch', { name: 'If nobody speaks it' }).click();
  await page.getByLabel('Tell this address').fill('https://crm.bakery.example/hook');
  await page.getByLabel('Mail').fill('crm@bakery.example');
  await page.getByLabel('Phone').fill('+48 600 000 000');
  await page.getByLabel('Note').fill('Two\nlines');
  await page.getByLabel('Night shift begins').fill('20:30');
  await page.getByLabel('Until').fill('2026-12-24');
  await page.getByLabel('Patience').fill('120');
  await expect(page.locator('[data-pointer="/settings/wait"]')).toContainText('2 min 0 s');
  await page.getByLabel('Share').fill('0.25');
  await page.getByLabel('Color (optional)').fill('#C0FFEE');
  await page.getByLabel('Language (optional)').selectOption({ label: 'Ukrainian' });
  await page.getByLabel('Who is asked first').selectOption({ label: 'Anna Baker' });
  await page.getByRole('checkbox', { name: 'Ben Miller' }).check();
  await page.getByRole('button', { name: 'Add a row' }).click();
  await page.getByLabel('Name, row 2').fill('New Year');
  await page.getByLabel('Day, row 2').fill('2027-01-01');
  await page.getByLabel('Closed, row 2').check();
  await page.getByLabel('Greeting, row 2').selectOption('short');
  await page.getByRole('button', { name: 'Move row 2 up' }).click();
  await page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.toast')).toContainText('Settings saved');

  const [{ body } = { body: null }] = world.sent;
  const id = expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{13}$/);
  expect(body).toEqual({
    settings: {
      token: '{{secret:token}}',
      languages: ['pl', 'en', 'de'],
      most: 5,
      anyone: false,
      url: 'https://crm.bakery.example/hook',
      mail: 'crm@bakery.example',
      phone: '+48 600 000 000',
      note: 'Two\nlines',
      night: '20:30',
      until: '2026-12-24',
      wait: 120,
      share: 0.25,
      color: '#C0FFEE',
      tongue: 'uk',
      chief: id,
      team: [id],
      holidays: [
        { name: 'New Year', day: '2027-01-01', shut: 'true', how: 'short' },
        { name: 'Christmas', day: '2026-12-25', shut: 'true', how: 'warm' },
      ],
    },
  });
});

test('a field that looks at another one comes and goes with it', async ({ page, hub }) => {
  const world = new PluginsWorld([plugin()]);
  await world.serve(page);
  await atPlugins(page, hub, SETTINGS);

  await expect(page.getByRole('group', { name: 'Languages of the team' })).toBeVisible();
  await page.getByRole('radio', { name: 'In turns' }).check();
  await expect(page.getByRole('group', { name: 'Languages of the team' })).toHaveCount(0);
  await page.getByRole('radio', { name: 'By language' }).check();
  await expect(page.getByRole('group', { name: 'Languages of the team' })).toBeVisible();
});

test('what the hub finds wrong stands at its field and cell, and the bar leads there', async ({ page, hub }) => {
  const world = new PluginsWorld([plugin()]);
  world.flaws = [
    { pointer: '/settings/phone', code: 'not_a', message: 'must be a phone number' },
    { pointer: '/settings/holidays/0/name', code: 'unshowable', message: '' },
    { pointer: '/settings/mail', code: 'plugin', message: 'nobody reads this mail' },
  ];
  await world.serve(page);
  await atPlugins(page, hub, SETTINGS);
  const bar = page.locator('.save-bar');

  await page.getByLabel('Phone').fill('12');
  await bar.getByRole('button', { name: 'Save' }).click();

  await expect(page.locator('[data-pointer="/settings/phone"] .wrong')).toHaveText(
    'A phone number like +48 600 000 000.',
  );
  await expect(page.locator('[data-pointer="/settings/mail"] .wrong')).toHaveText('Nobody reads this mail.');
  await expect(page.getByLabel('Name, row 1')).toHaveAccessibleDescription('Has characters that cannot be shown.');
  await bar.getByRole('button', { name: 'Holidays' }).click();
  await expect(page.getByLabel('Name, row 1')).toBeFocused();
  await page.getByLabel('Phone').fill('123');
  await expect(page.locator('[data-pointer="/settings/phone"] .wrong')).toHaveCount(0);
});

test('trouble is told with its reason and the way out of it', async ({ page, hub }) => {
  const slow = plugin({ health: OFF, hooks: ['routing', 'bot'] });
  const damaged = plugin({ id: '01HZ8VPQRS003', name: 'Old one', live: null, off_reason: 'its file is damaged' });
  const world = new PluginsWorld([slow, damaged]);
  await world.serve(page);
  await atPlugins(page, hub, SETTINGS);

  await expect(row(page, 'Old one')).toContainText('Rests');
  await expect(row(page, 'Old one')).toContainText('It rests: its file is damaged');
  await expect(row(page, 'By language')).toContainText('is not asked for 42 s');
  await expect(page.locator('.plugin-facts')).toContainText('failed 7 times');
  await expect(page.locator('.plugin-facts')).toContainText('it was not done after 100 ms');
  await expect(page.locator('.plugin-facts')).toContainText('This one also answers about: Bot.');
  world.kept = [plugin({ hooks: ['routing', 'bot'] }), damaged];
  await page.getByRole('button', { name: 'Try now: By language' }).click();

  await expect(row(page, 'By language')).not.toContainText('is not asked for');
  expect(world.sent).toEqual([{ method: 'POST', path: `/${LANGUAGES}/try`, body: {} }]);
});

test('a row is dragged to another place and kept there', async ({ page, hub }) => {
  const world = new PluginsWorld([plugin(), rulesTable(), plugin({ id: '01HZ8VPQRS003', name: 'Third' })]);
  await world.serve(page);
  await atPlugins(page, hub);
  const grip = await row(page, 'Third').locator('.plugin-grip').boundingBox();
  const top = await row(page, 'By language').boundingBox();
  if (grip === null || top === null) throw new Error('nothing to drag');

  await page.mouse.move(grip.x + 8, grip.y + 8);
  await page.mouse.down();
  await page.mouse.move(grip.x + 8, top.y + 4, { steps: 6 });
  await page.mouse.up();

  await expect(names(page)).toHaveText(['Third', 'By language', 'Our rules']);
  await expect.poll(() => world.kept.map(({ name }) => name)).toEqual(['Third', 'By language', 'Our rules']);
  await expect(page.locator('.plugin-list [role=status]').last()).toHaveText('Third is now 1 of 3');
});

const LOOKS: [string, BrowserContextOptions][] = [
  ['light', { ...DESKTOP, colorScheme: 'light' }],
  ['dark', { ...DESKTOP, colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 900, height: 800 } }],
  ['phone', PHONE],
];

for (const [look, context] of LOOKS) {
  test(`axe finds nothing wrong, and nothing is cut off: ${look}`, async ({ browser, hub }) => {
    const page = await (await browser.newContext({ ...context, bypassCSP: true })).newPage();
    const world = new PluginsWorld([]);
    await world.serve(page);
    const places = ['#/plugins', SETTINGS, `#/plugins/${LANGUAGES}/versions`, `#/plugins/${RULES}/settings`];
    await atPlugins(page, hub);
    expect(await violations(page), 'empty').toEqual([]);
    world.kept = [plugin({ health: OFF, shadow: 3, hooks: ['routing', 'bot'] }), rulesTable({ off_reason: 'damaged' })];
    for (const hash of places) {
      await page.goto(`${hub.origin}/admin/${hash}`);
      await page.reload();
      await expect(page.locator(hash === '#/plugins' ? '.plugin-row' : '#plugin-name').first()).toBeVisible();
      expect(await violations(page), hash).toEqual([]);
      for (const pane of await page.locator('.plugin-detail, .plugin-list').all()) {
        expect(await pane.evaluate((one) => one.scrollWidth - one.clientWidth), hash).toBe(0);
      }
    }
  });
}

test('in Polish and from right to left it stands as well', async ({ page, hub }) => {
  const world = new PluginsWorld([plugin({ versions: [version(2, { went_live_at: 1 }), version(3)] })]);
  await world.serve(page);
  await atPlugins(page, hub, SETTINGS);
  await page.request.patch(`${hub.origin}/v1/me`, { data: { language: 'pl' }, headers: { origin: hub.origin } });
  await page.reload();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wtyczki');
  await expect(page.locator('.plugin-section h3').last()).toHaveText('Decyduje dla');
  await page.evaluate(() => {
    document.documentElement.dir = 'rtl';
  });
  const list = await page.locator('.plugin-list').boundingBox();
  const shown = await page.locator('.plugin-detail').boundingBox();
  expect(list?.x ?? 0).toBeGreaterThan(shown?.x ?? Number.POSITIVE_INFINITY);
  expect(await page.locator('.plugin-detail').evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
});
