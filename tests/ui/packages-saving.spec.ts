// The save bar: counting, undoing, Ctrl+S, errors at their fields, two owners at once, versions.
import { DESKTOP, expect, test, type } from './admin-kit';
import { asOwner, edit, kept, pick, save, saveElsewhere } from './packages-kit';

test.use(DESKTOP);
// Stories of many steps: on a busy machine each step alone may take seconds.
test.describe.configure({ timeout: 120_000 });

test('changes are counted, undone and brought back; Ctrl+S saves while somebody types', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'common');
  const bar = page.locator('.save-bar');
  const before = await kept(page, hub);
  await expect(bar).toHaveAttribute('data-shown', 'false');

  await page.getByLabel('Company name').fill('Bread');
  await expect(bar).toContainText('1 unsaved change');
  await page.getByRole('link', { name: 'Page', exact: true }).click();
  await page.getByLabel('Big heading').fill('Talk to us');
  await expect(bar).toContainText('2 unsaved changes');
  await expect(page.getByRole('link', { name: 'Common (changed)' })).toBeVisible();

  await bar.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('Big heading')).toHaveValue(before.settings.page.heading);
  await page.getByRole('button', { name: 'Bring them back' }).click();
  await expect(page.getByLabel('Big heading')).toHaveValue('Talk to us');
  await page.getByLabel('Big heading').press('Control+s');
  await expect(bar).toHaveAttribute('data-shown', 'false');

  const after = await kept(page, hub);
  expect(after.version).toBe(before.version + 1);
  expect(after.settings).toMatchObject({ company: 'Bread', page: { heading: 'Talk to us' } });
});

test('each kind of wrong input stands at its field, and the bar leads to the other tabs', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'common');
  const bar = page.locator('.save-bar');
  const before = await kept(page, hub);

  await page.getByLabel('Package identifier').fill('');
  await page.getByLabel('Company name').fill('x'.repeat(101));
  await expect(page.getByText('1 character too many')).toBeVisible();
  await page.getByLabel('Company web address').fill('bakery.example');
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.getByLabel('Consent text').fill('x'.repeat(501));
  await page.getByLabel('Text above the message').fill('x'.repeat(201));
  await page.getByRole('link', { name: /^Button/ }).click();
  await page.getByLabel('Label text').fill('x'.repeat(61));
  await pick(page, 'Label visible', 'By itself').check();
  await page.getByLabel('After how many seconds').fill('3601');
  await page.getByRole('combobox', { name: 'Color' }).selectOption('own');
  await page.getByLabel('Code of the brand color').fill('red');
  await page.getByLabel('Show only on').fill('shop');
  await page.getByLabel('Sites that may show the chat').fill('https://bakery.example/shop');
  await page.getByRole('link', { name: /^Page/ }).click();
  await page.getByLabel('Big heading').fill('x'.repeat(51));
  await page.getByLabel('Small heading').fill('x'.repeat(201));
  await page.keyboard.press('Control+s');

  await expect(bar).toContainText('13 fields need a look:');
  const wrong = page.locator('p.wrong');
  await expect(wrong).toHaveText([/^At most 50 characters/, /^At most 200 characters/]);
  await bar.getByRole('button', { name: 'After how many seconds (Button)' }).click();
  await expect(page.getByLabel('After how many seconds')).toBeFocused();
  await expect(wrong).toHaveText([
    /^At most 60 characters/,
    /^A whole number from 1 to 3600/,
    /^A color like/,
    /^At most 20 lines.*beginning with/,
    /^At most 20 lines like https/,
  ]);
  await bar.getByRole('button', { name: 'Company web address (Common)' }).click();
  await expect(page.getByLabel('Company web address')).toBeFocused();
  await expect(page.getByLabel('Company web address')).toHaveAttribute('aria-invalid', 'true');
  await expect(wrong).toHaveText([
    /^1 to 25 characters/,
    /^At most 100 characters/,
    /^A full address with http/,
    /^Each question needs a text/,
    /^At most 500 characters/,
    /^At most 200 characters/,
  ]);
  await page.getByLabel('Company web address').fill('https://bakery.example');
  await expect(bar).toContainText('12 fields need a look:');
  expect((await kept(page, hub)).version).toBe(before.version);
});

test('what only the hub can know is refused at its field', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'button');

  await page.getByLabel('Do not show on').fill('/pay\n/pay');
  await page.keyboard.press('Control+s');

  await expect(page.locator('[data-pointer="/settings/button/hide_on"] .wrong')).toBeVisible();
  await expect(page.locator('.save-bar')).toContainText('1 field needs a look:');
  await expect(page.getByLabel('Do not show on')).toHaveValue('/pay\n/pay');
});

test('two owners at once: the second sees the difference, keeps both works, and nothing is lost', async ({
  page,
  hub,
}) => {
  await asOwner(page, hub);
  await edit(page, hub, 'common');
  await page.getByLabel('Company name').fill('Mine');
  await page.getByLabel('Consent text').fill('Mine alone');
  await saveElsewhere(page, hub, (one) => {
    one.settings.company = 'Theirs';
    one.settings.page.heading = 'Theirs alone';
    one.settings.web_address = 'https://theirs.example';
  });
  const dialog = page.getByRole('dialog', { name: 'Somebody saved this package in the meantime' });

  await page.keyboard.press('Control+s');

  await expect(dialog).toContainText('Olga');
  await expect(dialog.locator('.conflict-row')).toHaveCount(4);
  const company = dialog.locator('.conflict-row', { hasText: 'Company name' });
  await expect(company).toContainText('changed on both sides');
  await expect(company.locator('dd')).toHaveText(['Mine', 'Theirs']);
  await expect(
    dialog.locator('.conflict-row', { hasText: 'Big heading' }).getByRole('radio', { name: 'Theirs' }),
  ).toBeChecked();

  await page.keyboard.press('Escape');
  await expect(page.getByLabel('Company name')).toHaveValue('Mine');
  await page.keyboard.press('Control+s');
  await company.getByRole('radio', { name: 'Theirs' }).check();
  await dialog.getByRole('button', { name: 'Save this choice' }).click();
  await expect(page.locator('.save-bar')).toHaveAttribute('data-shown', 'false');

  const { settings } = await kept(page, hub);
  expect(settings).toMatchObject({
    company: 'Theirs',
    web_address: 'https://theirs.example',
    form: { consent: 'Mine alone' },
    page: { heading: 'Theirs alone' },
  });
  await expect(page.getByLabel('Company name')).toHaveValue('Theirs');
});

test('all theirs can be taken, and mine brought back', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'common');
  await page.getByLabel('Company name').fill('Mine');
  await saveElsewhere(page, hub, (one) => {
    one.settings.company = 'Theirs';
  });
  await page.keyboard.press('Control+s');
  const dialog = page.getByRole('dialog', { name: 'Somebody saved this package in the meantime' });

  await dialog.getByRole('button', { name: 'All theirs' }).click();
  await dialog.getByRole('button', { name: 'Save this choice' }).click();
  await expect(page.getByLabel('Company name')).toHaveValue('Theirs');

  await page.getByRole('button', { name: 'Bring them back' }).click();
  await expect(page.getByLabel('Company name')).toHaveValue('Mine');
  await save(page);
  expect((await kept(page, hub)).settings.company).toBe('Mine');
});

test('every save keeps the former version, which can be looked at and restored', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'common');
  const first = await kept(page, hub);
  await page.getByLabel('Company name').fill('Second');
  await pick(page, 'Who serves this package', 'Chosen').check();
  await save(page);

  await page.getByRole('link', { name: 'Versions' }).click();
  await expect(page.locator('.version').first()).toContainText(`Version ${first.version + 1}current`);
  await expect(page.locator('.version').first()).toContainText('Olga');
  await page.getByRole('button', { name: `Look at version ${first.version}`, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Version ${first.version}` });
  await expect(dialog.locator('tbody tr')).toHaveCount(2);
  await expect(dialog.locator('tbody tr').first()).toContainText('Company name');
  await expect(dialog.locator('tbody tr').first()).toContainText('Second');
  await dialog.getByRole('button', { name: 'Restore' }).click();

  await expect(page.locator('.version').first()).toContainText(`Version ${first.version + 2}current`);
  expect((await kept(page, hub)).settings).toEqual(first.settings);
  await page.getByRole('link', { name: 'Common' }).click();
  await expect(page.getByLabel('Company name')).toHaveValue(first.settings.company);
});

test('a hub that does not answer loses nothing', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'page');
  await page.getByLabel('Big heading').fill('Kept');
  await hub.kill();

  await page.keyboard.press('Control+s');
  await expect(page.locator('.save-bar')).toContainText('The hub does not answer, nothing was saved.');
  await hub.start();
  await save(page);

  expect((await kept(page, hub)).settings.page.heading).toBe('Kept');
});

test('a sign-in that ends loses nothing that was typed, and shows it to nobody else', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'page');
  await page.getByLabel('Big heading').fill('Not saved yet');
  await page.request.post(`${hub.origin}/v1/sign-out`, { data: {}, headers: { origin: hub.origin } });
  await expect(page.locator('input[name=email]')).toBeVisible();

  await type(page, 'anna');
  await expect(page.locator('button.status-button')).toBeVisible();
  expect(await page.locator('.desk').textContent()).not.toContain('Not saved yet');
  await page.request.post(`${hub.origin}/v1/sign-out`, { data: {}, headers: { origin: hub.origin } });
  await expect(page.locator('input[name=email]')).toBeVisible();
  await type(page, 'olga');

  await expect(page.getByLabel('Big heading')).toHaveValue('Not saved yet');
  await expect(page.locator('.save-bar')).toContainText('1 unsaved change');
  await save(page);
  expect((await kept(page, hub)).settings.page.heading).toBe('Not saved yet');
});
