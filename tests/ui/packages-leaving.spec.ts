// Leaving the editor of a package with something unsaved: by a link, by the back button, by closing the page.
import { DESKTOP, expect, test } from './admin-kit';
import { asOwner, edit, kept } from './packages-kit';

test.use(DESKTOP);
// Stories of many steps: on a busy machine each step alone may take seconds.
test.describe.configure({ timeout: 120_000 });

test('leaving with unsaved changes asks: stay, leave, or save first', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'page');
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  const heading = page.getByLabel('Big heading');

  await heading.fill('Typed');
  await page.getByRole('link', { name: 'Versions' }).click();
  await page.getByRole('link', { name: /^Page/ }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole('link', { name: 'Dashboard' }).click();
  await expect(dialog).toContainText('1 change of package');
  await page.keyboard.press('Escape');
  await expect(heading).toHaveValue('Typed');
  expect(page.url()).toContain('/page');

  await page.getByRole('link', { name: 'Accounts' }).click();
  await dialog.getByRole('button', { name: 'Save and leave' }).click();
  await expect(page).toHaveURL(/#\/accounts$/);
  expect((await kept(page, hub)).settings.page.heading).toBe('Typed');

  await edit(page, hub, 'page');
  await heading.fill('Given up');
  await page.getByRole('link', { name: 'All packages' }).click();
  await dialog.getByRole('button', { name: 'Leave without saving' }).click();
  await expect(page.locator('.package-row').first()).toBeVisible();
  expect((await kept(page, hub)).settings.page.heading).toBe('Typed');
});

test('the back button asks as well, and staying keeps the address', async ({ page, hub }) => {
  await asOwner(page, hub);
  const { id } = await kept(page, hub);
  await page.goto(`${hub.origin}/admin/#/packages`);
  await page.reload();
  await page.locator(`.package-ways a[href*="${id}"]`).click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await page.getByLabel('Company name').fill('Typed');

  await page.goBack();
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await expect(page).toHaveURL(/\/common$/);
  await expect(page.getByLabel('Company name')).toHaveValue('Typed');

  await page.goBack();
  await dialog.getByRole('button', { name: 'Leave without saving' }).click();
  await expect(page.locator('.package-row').first()).toBeVisible();
  await page.locator(`.package-ways a[href*="${id}"]`).click();
  await expect(page.getByLabel('Company name')).not.toHaveValue('Typed');
});

test('whoever goes back the moment something was typed is asked, before the next frame is drawn', async ({
  page,
  hub,
}) => {
  await asOwner(page, hub);
  const { id } = await kept(page, hub);
  await page.goto(`${hub.origin}/admin/#/packages`);
  await page.reload();
  await page.locator(`.package-ways a[href*="${id}"]`).click();

  await page.getByLabel('Company name').evaluate((field: HTMLInputElement) => {
    field.value = 'Typed';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    history.back();
  });

  await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
  await expect(page).toHaveURL(/\/common$/);
});

test('closing the page asks only while something is not saved', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'page');
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.reload();
  expect(asked).toEqual([]);

  // Browsers ask only where somebody really typed.
  await page.getByLabel('Big heading').pressSequentially('Typed');
  await page.reload();

  expect(asked).toEqual(['beforeunload']);
});
