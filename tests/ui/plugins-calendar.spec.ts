// The calendar of a plugin that plans hours: looked at before it is live, then true on the package.
import { DESKTOP, expect, test, violations } from './admin-kit';
import { atPlugins, detail, fake, row, upload } from './plugins-kit';

// The policy of the page forbids scripts from elsewhere, axe among them.
test.use({ ...DESKTOP, bypassCSP: true });
// Uploading compiles: on a busy machine that takes seconds.
test.describe.configure({ timeout: 120_000 });

test('days are shown as planned beside the hours of the package, and hold once it is live', async ({ page, hub }) => {
  await atPlugins(page, hub);
  await upload(page, fake('closed.wasm'));
  await expect(row(page, 'Always closed')).toContainText('Working hours');
  await page.getByRole('link', { name: 'Calendar' }).click();

  await page.getByRole('button', { name: 'Show the days' }).click();
  const days = page.locator('.calendar-days > li');
  await expect(days).toHaveCount(62);
  await expect(page.locator('.calendar-days > li[data-look=closed]')).toHaveCount(62);
  await expect(days.first()).toContainText('Closed');
  await expect(days.first()).toContainText(/in place of 00:00–24:00/);
  await expect(page.getByRole('status').filter({ hasText: '62 days differ' })).toBeVisible();
  const open = async () => {
    const answer = await page.request.get(`${hub.origin}/v1/packages`);
    // The JSON door of the tests: what is wrong in it fails where it is compared.
    return ((await answer.json()) as { packages: { is_open: boolean }[] }).packages.map((one) => one.is_open);
  };
  expect(await open()).not.toContain(false);
  expect(await violations(page)).toEqual([]);

  await page.getByRole('switch', { name: 'It decides' }).click();
  await expect(row(page, 'Always closed')).toContainText('Live');
  expect(await detail(page, hub, 'Always closed')).toMatchObject({ live: 1 });
  expect(await open()).not.toContain(true);
});
