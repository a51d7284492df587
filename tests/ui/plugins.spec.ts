// Settings » Plugins with the real hub: uploading, settings, shadow, live, rolling back, the order, deleting.
import { DESKTOP, expect, signIn, test, type } from './admin-kit';
import { atPlugins, detail, fake, kept, names, row, upload, version } from './plugins-kit';
import { Visitor } from './visitor';

test.use(DESKTOP);
// Stories of many steps, some of which compile: on a busy machine each alone may take seconds.
test.describe.configure({ timeout: 120_000 });

test('a plugin is uploaded as a draft, goes live, is replaced, and is rolled back', async ({ page, hub }) => {
  await atPlugins(page, hub);
  await expect(page.getByRole('heading', { name: 'Your own rules for who gets a visitor' })).toBeVisible();

  await upload(page, fake('everybody-1.wasm'));
  await expect(page.locator('#plugin-name')).toHaveText('Everybody');
  await expect(row(page, 'Everybody')).toContainText('Draft');
  await expect(page.locator('.toast')).toContainText('it decides nothing yet');
  expect(await detail(page, hub, 'Everybody')).toMatchObject({ live: null, shadow: null, newest: 1 });

  await page.getByRole('link', { name: 'Versions' }).click();
  await version(page, 1).getByRole('button', { name: 'Run in shadow: Version 1' }).click();
  await expect(version(page, 1)).toContainText('Shadow');
  await version(page, 1).getByRole('button', { name: 'Make live: Version 1' }).click();
  await expect(version(page, 1)).toContainText('Live since');
  await expect(row(page, 'Everybody')).toContainText('Live');
  expect(await detail(page, hub, 'Everybody')).toMatchObject({ live: 1, shadow: null });

  await upload(page, fake('everybody-2.wasm'));
  await expect(version(page, 2)).toContainText('1.1.0');
  await expect(version(page, 2)).toContainText(/Uploaded .* by Olga/i);
  expect(await detail(page, hub, 'Everybody')).toMatchObject({ live: 1, newest: 2 });

  await version(page, 2).getByRole('button', { name: 'Make live: Version 2' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replace version 1 with version 2?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(await detail(page, hub, 'Everybody')).toMatchObject({ live: 1 });
  await version(page, 2).getByRole('button', { name: 'Make live: Version 2' }).click();
  await dialog.getByRole('button', { name: 'Make live' }).click();
  await expect(version(page, 2)).toContainText('Live since');

  await version(page, 1).getByRole('button', { name: 'Roll back to this: Version 1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back to this' }).click();
  await expect(version(page, 1)).toContainText('Live since');
  await version(page, 2).getByRole('button', { name: 'Run in shadow: Version 2' }).click();
  await expect(version(page, 2)).toContainText('Shadow');
  expect(await detail(page, hub, 'Everybody')).toMatchObject({ live: 1, shadow: 2 });

  await page.getByRole('switch', { name: 'It decides' }).click();
  await expect(page.getByRole('switch', { name: 'It decides' })).not.toBeChecked();
  expect(await detail(page, hub, 'Everybody')).toMatchObject({ live: null, shadow: 2 });
  await page.locator('.toast', { hasText: 'switched off' }).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('switch', { name: 'It decides' })).toBeChecked();
  expect(await detail(page, hub, 'Everybody')).toMatchObject({ live: 1, shadow: 2 });
});

test('one that keeps failing is switched off for a while, and tried again on demand', async ({ page, hub }) => {
  await atPlugins(page, hub);
  await upload(page, fake('traps.wasm'));
  await page.getByRole('switch', { name: 'It decides' }).click();
  await expect(row(page, 'Falls')).toContainText('Live');
  // A chat asks it once; a breaker opens after several failures.
  for (let chats = 0; chats < 12; chats += 1) await (await Visitor.at(hub.origin)).open('Good morning');

  await page.reload();
  await expect(row(page, 'Falls')).toContainText('It failed too often and is not asked for');
  await expect(page.locator('.plugin-facts')).toContainText(/failed \d+ times/);
  await expect(page.locator('.plugin-facts')).toContainText('it stopped with an error');
  await page.getByRole('button', { name: 'Try now: Falls' }).click();
  await expect(page.locator('.toast')).toContainText('Falls is asked again');
  await expect(row(page, 'Falls')).not.toContainText('is not asked for');
});

test('a file that is no plugin is refused with a sentence, by button and by dropping', async ({ page, hub }) => {
  await atPlugins(page, hub);

  await upload(page, { name: 'notes.wasm', mimeType: 'application/wasm', buffer: Buffer.from('these are notes') });
  const refused = page.locator('.plugin-refused');
  await expect(refused).toContainText('notes.wasm was refused.');
  await expect(refused).toContainText('This is not WebAssembly; upload the .wasm file that the build made.');
  await refused.getByRole('button', { name: 'Close' }).click();
  await expect(refused).toHaveCount(0);

  const dropped = await page.evaluateHandle(() => {
    const files = new DataTransfer();
    files.items.add(new File(['(module)'], 'text.wasm'));
    return files;
  });
  await page.dispatchEvent('main.plugins', 'dragenter', { dataTransfer: dropped });
  await expect(page.locator('.plugin-drop')).toBeVisible();
  await page.dispatchEvent('main.plugins', 'drop', { dataTransfer: dropped });

  await expect(refused).toContainText('text.wasm was refused. This is WebAssembly as text');
  await expect(page.locator('.plugin-drop')).toHaveCount(0);
  expect(await kept(page, hub)).toEqual([]);
});

test('settings are saved for all or chosen packages, and the plugin has the last word on them', async ({
  page,
  hub,
}) => {
  await atPlugins(page, hub);
  await upload(page, fake('one.wasm'));
  const bar = page.locator('.save-bar');

  await page.getByRole('radio', { name: 'Chosen packages' }).check();
  await page.getByLabel('Consultant', { exact: true }).selectOption({ label: 'Anna Baker' });
  await bar.getByRole('button', { name: 'Save' }).click();
  await expect(bar).toHaveAttribute('data-shown', 'false');
  const one = await detail(page, hub, 'The one');
  expect(one.settings.consultant).toMatch(/^[0-9A-HJKMNP-TV-Z]{13}$/);
  expect(one.packages?.length).toBeGreaterThan(0);

  // Required, and taken away: said at the field, nothing is sent.
  await page.getByLabel('Consultant', { exact: true }).evaluate((select: HTMLSelectElement) => {
    select.add(new Option('', ''));
    select.value = '';
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Fill this in.')).toBeVisible();
  await expect(page.getByLabel('Consultant', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await bar.getByRole('button', { name: 'Undo' }).click();
  await expect(bar).toHaveAttribute('data-shown', 'false');

  await upload(page, fake('never-content.wasm'));
  await expect(page.locator('#plugin-name')).toHaveText('Never content');
  await page.getByLabel('Token').fill('crumbs');
  await bar.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('[data-pointer="/settings/token"] .wrong')).toHaveText('This token is too old.');
  await bar.getByRole('button', { name: 'Token' }).click();
  await expect(page.getByLabel('Token')).toBeFocused();
});

test('a secret is set, never shown, kept, and replaced', async ({ page, hub }) => {
  await atPlugins(page, hub);
  await upload(page, fake('secret.wasm'));
  const bar = page.locator('.save-bar');

  await page.getByLabel('Token').fill('crumbs');
  await bar.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Set, and never shown')).toBeVisible();
  expect(JSON.stringify(await detail(page, hub, 'Keeps a secret'))).not.toContain('crumbs');

  await page.getByRole('button', { name: 'Token' }).click();
  await expect(page.getByLabel('Token')).toHaveValue('');
  await page.getByRole('button', { name: 'Keep the old one' }).click();
  await expect(bar).toHaveAttribute('data-shown', 'false');
});

test('rule tables are made, moved by keyboard, and deleted; consultants are kept out', async ({ page, hub }) => {
  await atPlugins(page, hub);
  for (const name of ['By language', 'At night']) {
    await page.getByRole('button', { name: 'New rule table' }).click();
    const dialog = page.getByRole('dialog', { name: 'New rule table' });
    await dialog.getByLabel('Name').fill('');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(dialog.getByText('1 to 60 characters.')).toBeVisible();
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('button', { name: 'Create' }).click();
    await expect(page.locator('#plugin-name')).toHaveText(name);
  }
  await expect(names(page)).toHaveText(['By language', 'At night']);

  await page.getByRole('button', { name: 'Move At night, now 2 of 2' }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(names(page)).toHaveText(['At night', 'By language']);
  await expect(page.getByRole('button', { name: 'Move At night, now 1 of 2' })).toBeFocused();
  await expect.poll(async () => (await kept(page, hub)).map(({ name }) => name)).toEqual(['At night', 'By language']);

  await page.getByRole('button', { name: 'Delete: At night' }).click();
  const doom = page.getByRole('dialog', { name: 'Delete At night?' });
  await doom.getByRole('button', { name: 'Cancel' }).click();
  await expect(names(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'Delete: At night' }).click();
  await doom.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(names(page)).toHaveText(['By language']);
  await expect(page.getByRole('heading', { name: 'Choose a plugin' })).toBeVisible();
  expect((await kept(page, hub)).map(({ name }) => name)).toEqual(['By language']);

  const anna = await (await page.context().browser()?.newContext())?.newPage();
  if (anna === undefined) throw new Error('no browser');
  const asked: string[] = [];
  anna.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await signIn(anna, hub, 'anna');
  await anna.goto(`${hub.origin}/admin/#/plugins`);
  await expect(anna.locator('.page .empty h2')).toBeVisible();
  expect(asked.filter((path) => path.startsWith('/v1/plugins'))).toEqual([]);
});

test('leaving with unsaved settings asks first; a plugin that is gone says so', async ({ page, hub }) => {
  await atPlugins(page, hub);
  await page.getByRole('button', { name: 'New rule table' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByLabel('Name').fill('Night rules');

  await page.getByRole('link', { name: 'Versions' }).click();
  await expect(version(page, 1)).toBeVisible();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Accounts' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save the changes?' });
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await expect(version(page, 1)).toBeVisible();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Accounts' }).click();
  await dialog.getByRole('button', { name: 'Save and leave' }).click();
  await expect(page.locator('.account-row').first()).toBeVisible();
  expect((await kept(page, hub)).map(({ name }) => name)).toEqual(['Night rules']);

  await page.evaluate(() => {
    location.hash = '#/plugins/0000000000001/settings';
  });
  await expect(page.getByText('This plugin does not exist')).toBeVisible();
  await page.getByRole('link', { name: 'All plugins' }).click();
  await expect(names(page)).toHaveText(['Night rules']);
});

test('a sign-in that ends loses nothing that was typed', async ({ page, hub }) => {
  await atPlugins(page, hub);
  await upload(page, fake('secret.wasm'));
  await page.getByRole('radio', { name: 'Chosen packages' }).check();
  await page.request.post(`${hub.origin}/v1/sign-out`, { data: {}, headers: { origin: hub.origin } });
  await expect(page.locator('input[name=email]')).toBeVisible();
  await type(page, 'olga');

  await expect(page.getByRole('radio', { name: 'Chosen packages' })).toBeChecked();
  await page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.save-bar')).toHaveAttribute('data-shown', 'false');
  expect((await detail(page, hub, 'Keeps a secret')).packages?.length).toBeGreaterThan(0);
});
