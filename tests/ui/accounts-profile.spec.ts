// The own profile against the real hub: second factor, recovery codes, password, and the browsers that are signed in.
import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';
import { CHOSEN, goTo, totp } from './accounts-kit';
import { DESKTOP, expect, signIn, test, type } from './admin-kit';
import { type Hub, PASSWORD } from './hub';

test.use(DESKTOP);
// Each of these walks through two or three sign-ins, and passwords take their time to be hashed.
test.setTimeout(120_000);

const toast = '.toast';

/** Turns the second factor of the account on; gives back its secret and the recovery codes. */
async function enrol(page: Page): Promise<{ secret: string; codes: string[] }> {
  await goTo(page, '#/profile');
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByRole('dialog').getByLabel('Password').fill(PASSWORD);
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('img', { name: /^QR code/ })).toBeVisible();
  const secret = (await page.locator('.enrol-secret').textContent()) ?? '';
  await page.getByRole('textbox', { name: 'Code' }).fill(totp(secret));
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.locator('.recovery li')).toHaveCount(10);
  return { secret, codes: await page.locator('.recovery li').allTextContents() };
}

/** Another browser at the second step of the sign-in. */
async function atTheCode(browser: Browser, hub: Hub): Promise<Page> {
  const page = await (await browser.newContext(DESKTOP)).newPage();
  await page.goto(`${hub.origin}/admin/`);
  await type(page, 'anna');
  await expect(page.locator('input[name=code]')).toBeFocused();
  return page;
}

async function sendCode(page: Page, code: string): Promise<void> {
  await page.locator('input[name=code]').fill(code);
  await page.locator('button[type=submit]').click();
}

test('a second factor is set up, asked for at the next sign-in, and turned off again', async ({
  browser,
  page,
  hub,
}) => {
  await signIn(page, hub, 'anna');
  await goTo(page, '#/profile');
  await page.getByRole('button', { name: 'Set up' }).click();
  const proof = page.getByRole('dialog');
  await proof.getByLabel('Password').fill('not the password');
  await proof.getByRole('button', { name: 'Continue' }).click();
  await expect(proof.locator('.wrong')).toHaveText('This is not your password.');
  await page.keyboard.press('Escape');
  const { secret, codes } = await enrol(page);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByText('On: signing in asks for a code.')).toBeVisible();

  const other = await atTheCode(browser, hub);
  await sendCode(other, '000000');
  await expect(other.locator('[role=alert]')).toContainText('This code is wrong');
  // The code of the set-up is used up; the next one is good already.
  await sendCode(other, totp(secret, 1));
  await expect(other.locator('button.status-button')).toBeVisible();

  await page.getByRole('button', { name: 'Turn off' }).click();
  await proof.getByLabel('Password').fill(PASSWORD);
  await proof.getByLabel('Code').fill(codes[0] ?? '');
  await proof.getByRole('button', { name: 'Turn off' }).click();
  await expect(page.getByText('Off: whoever knows your password can sign in.')).toBeVisible();
  const third = await (await browser.newContext(DESKTOP)).newPage();
  await third.goto(`${hub.origin}/admin/`);
  await type(third, 'anna');
  await expect(third.locator('button.status-button')).toBeVisible();
});

test('a recovery code works once in place of the app, and renewed codes replace the former', async ({
  browser,
  page,
  hub,
}) => {
  await signIn(page, hub, 'anna');
  const { codes } = await enrol(page);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  expect(
    readFileSync(await (await saved).path(), 'utf8')
      .trim()
      .split('\n'),
  ).toEqual(codes);

  const second = await atTheCode(browser, hub);
  await sendCode(second, (codes[0] ?? '').toLowerCase());
  await expect(second.locator('button.status-button')).toBeVisible();
  const third = await atTheCode(browser, hub);
  await sendCode(third, codes[0] ?? '');
  await expect(third.locator('[role=alert]')).toContainText('This code is wrong');

  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('button', { name: 'New recovery codes' }).click();
  await page.getByRole('dialog').getByLabel('Password').fill(PASSWORD);
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
  await expect(page.locator('.recovery li').first()).not.toHaveText(codes[0] ?? '');
  const renewed = await page.locator('.recovery li').allTextContents();
  await sendCode(third, codes[1] ?? '');
  await expect(third.locator('[role=alert]')).toContainText('This code is wrong');
  await sendCode(third, renewed[1] ?? '');
  await expect(third.locator('button.status-button')).toBeVisible();
});

test('after six wrong codes the account waits', async ({ browser, page, hub }) => {
  await signIn(page, hub, 'anna');
  await enrol(page);
  const other = await atTheCode(browser, hub);

  for (let wrong = 0; wrong < 7; wrong += 1) {
    await sendCode(other, '000000');
    await expect(other.locator('[role=alert]')).not.toBeEmpty();
    await expect(other.locator('button[type=submit]')).toBeEnabled();
  }

  await expect(other.locator('[role=alert]')).toHaveText(/^Too many attempts\. Try again in 1[45] minutes\.$/);
});

test('another browser is signed out from the list, this one stays', async ({ browser, page, hub }) => {
  const other = await (await browser.newContext(DESKTOP)).newPage();
  await signIn(other, hub, 'anna');
  await signIn(page, hub, 'anna');
  await goTo(page, '#/profile');
  const list = page.locator('.browsers li');
  await expect(list).toHaveCount(2);
  await expect(list.filter({ hasText: 'this browser' })).toHaveCount(1);

  await list.filter({ hasNotText: 'this browser' }).getByRole('button', { name: 'Sign out' }).click();

  await expect(list).toHaveCount(1);
  await expect(other.locator('[role=alert]')).toContainText('You were signed out');
  await expect(page.locator('button.status-button')).toBeVisible();
});

test('a new password needs the current one and signs other browsers out', async ({ browser, page, hub }) => {
  const other = await (await browser.newContext(DESKTOP)).newPage();
  await signIn(other, hub, 'anna');
  await signIn(page, hub, 'anna');
  await goTo(page, '#/profile');
  await page.getByLabel('Current password').fill('not the password');
  await page.getByLabel('New password').fill(CHOSEN);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.locator('.field', { hasText: 'Current password' }).locator('.wrong')).toHaveText(
    'This is not your password.',
  );
  await page.getByLabel('Current password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Change the password' }).click();

  await expect(page.locator(toast)).toContainText('Your password is changed');
  await expect(other.locator('[role=alert]')).toContainText('You were signed out');
  await type(other, 'anna', CHOSEN);
  await expect(other.locator('button.status-button')).toBeVisible();
});

test('names and photo change at once where they are shown', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  await goTo(page, '#/profile');
  const dot = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  await page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: dot });
  await expect(page.locator('.image-frame img')).toHaveAttribute('src', /^\/i\/\w+\.png$/);
  await page.getByLabel('First name').fill('Ania');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator(toast)).toContainText('Your profile is saved');

  await expect(page.locator('.account-button img')).toHaveAttribute('src', /^\/i\//);
  await expect(page.locator('.nav-team')).toContainText('Ania');
});

test('the profile changes its language at once and for the next sign-in', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  await page.locator('.account-button').click();
  await page.getByRole('button', { name: 'Your profile' }).click();
  await page.getByRole('radio', { name: 'Polski' }).check();
  await expect(page.locator('h1')).toHaveText('Twój profil');

  await page.reload();

  await expect(page.locator('h1')).toHaveText('Twój profil');
});
