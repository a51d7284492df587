// Settings » Packages: what is listed, the ways into a package, creating, duplicating, deleting.
import { DESKTOP, expect, signIn, test } from './admin-kit';
import { asOwner, kept, listed } from './packages-kit';

test.use({ ...DESKTOP, permissions: ['clipboard-read', 'clipboard-write'] });
// Stories of many steps: on a busy machine each step alone may take seconds.
test.describe.configure({ timeout: 120_000 });

test('every package is listed with its call page, and opens by name, by button and by link', async ({ page, hub }) => {
  await asOwner(page, hub);
  await page.goto(`${hub.origin}/admin/#/packages`);
  await page.reload();
  const shop = await kept(page, hub);
  const row = page.locator('.package-row', { hasText: `/p/${shop.key}` });

  await expect(page.locator('.package-row')).toHaveCount((await listed(page, hub)).length);
  await expect(row).toContainText(shop.call_page.replace(/^https?:\/\//, ''));
  await expect(row.getByRole('link', { name: /^Open the call page/ })).toHaveAttribute('href', shop.call_page);
  await row.getByRole('button', { name: /^Copy the address/ }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shop.call_page);

  await row.getByRole('link', { name: shop.name, exact: true }).click();
  await expect(page.locator('.package-head h2')).toHaveText(shop.name);
  await page.goBack();
  await row.getByRole('link', { name: `Edit package ${shop.name}` }).click();
  await expect(page).toHaveURL(`${hub.origin}/admin/#/packages/${shop.id}/common`);
  await page.reload();
  await expect(page.locator('.package-head h2')).toHaveText(shop.name);
});

test('a new package is created with the browser’s zone and opens at once', async ({ page, hub }) => {
  await asOwner(page, hub);
  await page.goto(`${hub.origin}/admin/#/packages`);
  await page.reload();

  await page.getByRole('button', { name: 'New package' }).click();
  const dialog = page.getByRole('dialog', { name: 'New package' });
  await expect(dialog.getByLabel('Time zone')).toHaveValue('Europe/Warsaw');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByText('1 to 25 characters')).toBeVisible();
  await dialog.getByLabel('Package identifier').fill('Bread by post');
  await dialog.getByLabel('Language visitors see').selectOption('pl');
  await dialog.getByRole('button', { name: 'Create' }).click();

  await expect(page.locator('.package-head h2')).toHaveText('Bread by post');
  const one = (await listed(page, hub)).find(({ name }) => name === 'Bread by post');
  expect(one).toMatchObject({ language: 'pl', version: 1 });
  expect((await kept(page, hub, one?.key)).settings.zone).toBe('Europe/Warsaw');
  expect((await page.request.get(`${hub.origin}/w/${one?.key}.js`)).status()).toBe(200);
});

test('a duplicate has the settings and a key of its own; a deleted package is gone for visitors', async ({
  page,
  hub,
}) => {
  await asOwner(page, hub);
  const shop = await kept(page, hub);
  await page.goto(`${hub.origin}/admin/#/packages`);
  await page.reload();

  await page.getByRole('button', { name: `Duplicate: ${shop.name}`, exact: true }).click();
  const copied = `${shop.name} (copy)`;
  await expect(page.locator('.package-row', { hasText: copied })).toHaveCount(1);
  const key = (await listed(page, hub)).find(({ name }) => name === copied)?.key ?? '';
  expect(key).not.toBe(shop.key);
  expect((await kept(page, hub, key)).settings).toEqual(shop.settings);

  await page.getByRole('button', { name: `Delete: ${copied}`, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Delete package ${copied}?` });
  await expect(dialog).toContainText('Old chats stay');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.package-row', { hasText: copied })).toHaveCount(1);
  await page.getByRole('button', { name: `Delete: ${copied}`, exact: true }).click();
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();

  await expect(page.locator('.package-row', { hasText: copied })).toHaveCount(0);
  expect((await page.request.get(`${hub.origin}/w/${key}.js`)).status()).toBe(404);
  expect((await page.request.get(`${hub.origin}/p/${key}`)).status()).toBe(404);
});

test('consultants are told that packages are for owners', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));

  await page.goto(`${hub.origin}/admin/#/packages`);

  await expect(page.locator('.page .empty h2')).toBeVisible();
  expect(asked.filter((path) => path.startsWith('/v1/packages'))).toEqual([]);
});

test('a package that does not exist says so and leads back', async ({ page, hub }) => {
  await asOwner(page, hub);
  await page.goto(`${hub.origin}/admin/#/packages/0000000000001/common`);
  await page.reload();

  await expect(page.getByText('This package does not exist')).toBeVisible();
  await page.getByRole('link', { name: 'All packages' }).click();
  await expect(page.locator('.package-row').first()).toBeVisible();
});
