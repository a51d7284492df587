// The package editor for everybody: by keyboard alone, axe in light, dark and on a phone, in both languages, and its weight.
import type { BrowserContextOptions, Page } from '@playwright/test';
import { DESKTOP, expect, PHONE, test, violations } from './admin-kit';
import type { Hub } from './hub';
import { asOwner, edit, kept, pick, type Tab } from './packages-kit';

const TABS: readonly Tab[] = ['common', 'button', 'page', 'versions'];
const LOOKS: [string, BrowserContextOptions][] = [
  ['light', { ...DESKTOP, colorScheme: 'light' }],
  ['dark', { ...DESKTOP, colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 900, height: 800 } }],
  ['phone', PHONE],
];

/** Presses Tab until the control with this name has the focus; whoever never comes there fails. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    const words = await page.evaluate(() => {
      const focused = document.activeElement;
      const label = focused instanceof HTMLInputElement ? focused.labels?.[0]?.textContent : null;
      return focused?.getAttribute('aria-label') ?? (label || focused?.textContent) ?? '';
    });
    if (name.test(words.trim())) return;
  }
  throw new Error(`no way to ${name} by Tab`);
}

test('an owner gets through the whole editor with the keyboard alone', async ({ browser, hub }) => {
  test.setTimeout(120_000);
  const page = await (await browser.newContext(DESKTOP)).newPage();
  await asOwner(page, hub);
  await page.goto(`${hub.origin}/admin/#/packages`);
  await page.reload();
  await expect(page.locator('.package-row').first()).toBeVisible();
  const { name } = await kept(page, hub);

  await tabTo(page, new RegExp(`^Edit package ${name}$`));
  await page.keyboard.press('Enter');
  await expect(page.locator('.package-head h2')).toHaveText(name);
  await tabTo(page, /^Company name$/);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('By keyboard');
  await tabTo(page, /^Hours$|^All day$|^Closed$/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await tabTo(page, /^Add a date$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Date' })).toBeFocused();
  await tabTo(page, /^Remove the exception/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  await expect(page.locator('.save-bar')).toHaveAttribute('data-shown', 'false');
  expect((await kept(page, hub)).settings.company).toBe('By keyboard');

  await page.reload();
  await expect(page.locator('.package-head h2')).toHaveText(name);
  await tabTo(page, /^Button$/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^Label text$/);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Keys');
  await tabTo(page, /^Bottom right$|^Bottom left$|^Top right$|^Top left$/);
  await page.keyboard.press('ArrowUp');
  await tabTo(page, /^Green$|^Blue$|^Violet$|^Orange$/);
  await page.keyboard.press('ArrowRight');
  const chosen = (await kept(page, hub)).settings.button;
  await tabTo(page, /^Undo$/);
  await tabTo(page, /^Save/);
  await page.keyboard.press('Enter');
  await expect(page.locator('.save-bar')).toHaveAttribute('data-shown', 'false');
  const { button } = (await kept(page, hub)).settings;
  expect(button.label).toBe('Keys');
  expect(button.corner).not.toBe(chosen.corner);
  expect(button.color).not.toBe(chosen.color);
});

for (const [look, screen] of LOOKS) {
  test(`axe finds nothing: ${look}`, async ({ browser, hub }) => {
    test.setTimeout(150_000);
    const page = await (await browser.newContext({ ...screen, bypassCSP: true })).newPage();
    await asOwner(page, hub);
    await page.goto(`${hub.origin}/admin/#/packages`);
    await page.reload();
    await expect(page.locator('.package-row').first()).toBeVisible();
    expect(await violations(page), 'list').toEqual([]);
    for (const tab of TABS) {
      await edit(page, hub, tab);
      await fill(page, tab);
      expect(await violations(page), tab).toEqual([]);
      expect(await wide(page), `${tab} is no wider than the screen`).toBe(false);
    }
    await dialogs(page, hub);
  });
}

/** Brings out what is there only on demand. */
async function fill(page: Page, tab: Tab): Promise<void> {
  if (tab === 'common') {
    await page.getByRole('button', { name: 'Different days, several intervals' }).click();
    await page.getByRole('button', { name: 'Add a date' }).click();
    await page.getByRole('button', { name: 'Add a question' }).click();
    await pick(page, 'Who serves this package', 'Chosen').check();
    await page.keyboard.press('Control+s');
    await expect(page.locator('.save-bar')).toContainText('need a look');
  }
  if (tab === 'button') {
    await page.getByRole('combobox', { name: 'Color' }).selectOption('own');
    await pick(page, 'Label visible', 'By itself').check();
    await page.getByRole('button', { name: 'Show the secret' }).click();
    await page.getByText('How to sign').click();
    await expect(page.getByRole('button', { name: /^(Make a secret|Replace it)$/ })).toBeVisible();
  }
  await still(page);
}

/** Colors in the middle of a transition are nobody's contrast. */
async function still(page: Page): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running'));
}

async function dialogs(page: Page, hub: Hub): Promise<void> {
  await edit(page, hub, 'page');
  await page.getByRole('button', { name: 'QR code' }).click();
  await expect(page.locator('svg.qr-place')).toBeVisible();
  await still(page);
  expect(await violations(page), 'qr').toEqual([]);
  await page.keyboard.press('Escape');
  await page.goto(`${hub.origin}/admin/#/packages`);
  await page.getByRole('button', { name: 'New package' }).click();
  await still(page);
  expect(await violations(page), 'new').toEqual([]);
}

function wide(page: Page): Promise<boolean> {
  return page.locator('.package-editor').evaluate((element) => element.scrollWidth > element.clientWidth + 1);
}

test('the code is copied where there is a clipboard and can be selected where there is none', async ({
  browser,
  hub,
}) => {
  const context = await browser.newContext({ ...DESKTOP, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await asOwner(page, hub);
  await edit(page, hub, 'common');
  const { snippet } = await kept(page, hub);

  await page.getByRole('button', { name: 'Copy to clipboard' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(snippet);

  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.reload();
  const code = page.getByRole('textbox', { name: 'Dynamic button code (JavaScript)' });
  await expect(code).toHaveValue(snippet);
  await expect(page.getByRole('button', { name: /Copy/ })).toHaveCount(0);
  await code.click();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(snippet);
});

test('the QR code of the call page can be saved as a picture', async ({ browser, hub }) => {
  const page = await (await browser.newContext(DESKTOP)).newPage();
  await asOwner(page, hub);
  await edit(page, hub, 'page');
  await page.getByRole('button', { name: 'QR code' }).click();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as SVG' }).click(),
  ]);

  expect(download.suggestedFilename()).toBe('demo-en.svg');
});

test('the secret of identities is made, shown and replaced, and asks before that', async ({ browser, hub }) => {
  const page = await (await browser.newContext(DESKTOP)).newPage();
  await asOwner(page, hub);
  await edit(page, hub, 'button');
  const secret = page.getByRole('textbox', { name: 'Identity secret' });

  await page.getByRole('button', { name: 'Show the secret' }).click();
  await page.getByRole('button', { name: 'Make a secret' }).click();
  const first = await secret.inputValue();
  expect(first.length).toBeGreaterThan(30);
  await page.getByRole('button', { name: 'Hide' }).click();
  await page.getByRole('button', { name: 'Show the secret' }).click();
  await expect(secret).toHaveValue(first);

  await page.getByRole('button', { name: 'Replace it' }).click();
  const dialog = page.getByRole('dialog', { name: 'Replace the secret?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(secret).toHaveValue(first);
  await page.getByRole('button', { name: 'Replace it' }).click();
  await dialog.getByRole('button', { name: 'Replace it' }).click();
  await expect(secret).not.toHaveValue(first);
});

test('the editor speaks Polish', async ({ browser, hub }) => {
  const page = await (await browser.newContext(DESKTOP)).newPage();
  await asOwner(page, hub);
  await page.request.patch(`${hub.origin}/v1/me`, { data: { language: 'pl' }, headers: { origin: hub.origin } });
  await edit(page, hub, 'common');

  await page.getByLabel('Nazwa firmy').fill('Piekarnia');
  await expect(page.locator('.save-bar')).toContainText('1 niezapisana zmiana');
  await page.getByLabel('Identyfikator pakietu').fill('Sklep');
  await expect(page.locator('.save-bar')).toContainText('2 niezapisane zmiany');
  expect(await page.locator('.package-editor').textContent()).not.toMatch(/package\.\w/);
});
