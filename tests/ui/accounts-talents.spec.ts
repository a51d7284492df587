// What the rules choose a consultant by, in the form of an account: kept, taken back, refused beside its field.
import { asOlga, openAccount } from './accounts-kit';
import { DESKTOP, expect, test, violations } from './admin-kit';

test.use({ ...DESKTOP, bypassCSP: true });

test('limit, languages and skills of a consultant are kept', async ({ page, hub }) => {
  await asOlga(page, hub);
  await openAccount(page, 'ben@bakery.example');
  const most = page.getByLabel('Chats at once');
  const languages = page.getByLabel('Languages');
  const skills = page.getByLabel('Skills');
  await expect(most, 'no limit to begin with').toHaveValue('');

  await most.fill('3');
  await languages.fill('pl, en-GB');
  await skills.fill('cakes,  bread & rolls ,');
  await page.getByRole('button', { name: /^Save/ }).click();

  await expect(page.locator('.toast')).toContainText('Saved');
  await expect(skills, 'as it is kept').toHaveValue('cakes, bread & rolls');
  await page.reload();
  await expect(most).toHaveValue('3');
  await expect(languages).toHaveValue('pl, en-GB');
  await most.fill('');
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.locator('.toast')).toContainText('Saved');
  await page.reload();
  await expect(skills).toHaveValue('cakes, bread & rolls');
  await expect(most).toHaveValue('');
  expect(await violations(page)).toEqual([]);
});

test('what cannot be kept is said beside its field', async ({ page, hub }) => {
  await asOlga(page, hub);
  await openAccount(page, 'ben@bakery.example');
  const languages = page.getByLabel('Languages');

  await languages.fill('pl, English please');
  await page.getByRole('button', { name: /^Save/ }).click();

  await expect(languages).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('.field', { has: languages })).toContainText('Codes such as pl or en-GB');
  await expect(page.locator('.toast')).toHaveCount(0);
  await expect(languages).toHaveValue('pl, English please');
});
