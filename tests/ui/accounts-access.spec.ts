// Accounts, profile, audit and orders, light and dark, wide and on a phone, without a finding of axe (WCAG 2.2 AA).
import type { Browser, Page } from '@playwright/test';
import { asOlga, goTo, totp } from './accounts-kit';
import { DESKTOP, expect, PHONE, signIn, test, type, violations } from './admin-kit';
import { type Hub, PASSWORD } from './hub';
import { leaveMessage, orderCall } from './orders-kit';

type Look = (page: Page, name: string) => Promise<void>;

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, screen] of [
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ] as const) {
    test(`no screen of the settings has a finding: ${colorScheme}, ${size}`, async ({ browser, hub }) => {
      test.setTimeout(180_000);
      // The policy of the page forbids scripts from elsewhere, axe among them.
      const options = { ...screen, colorScheme, bypassCSP: true, reducedMotion: 'reduce' } as const;
      const page = await (await browser.newContext(options)).newPage();
      const found: string[] = [];
      const look: Look = async (where, name) => {
        await where.waitForTimeout(100);
        found.push(...(await violations(where)).map((finding) => `${name}: ${finding}`));
      };
      await orderCall(hub.origin, { name: 'Vera', note: 'About the cake' });
      await leaveMessage(hub.origin, 'Do you deliver?', { name: 'Vera' });

      await asOlga(page, hub);
      const link = await accounts(page, look);
      await orders(page, look);
      const secret = await profile(page, look);
      const other = await door(browser, options, hub, { link, look });
      await type(other, 'olga');
      await expect(other.locator('input[name=code]')).toBeVisible();
      await look(other, 'code');
      await other.locator('input[name=code]').fill(totp(secret, 1));
      await other.locator('button[type=submit]').click();
      await expect(other.locator('button.status-button')).toBeVisible();

      expect(found).toEqual([]);
    });
  }
}

async function accounts(page: Page, look: Look): Promise<string> {
  await goTo(page, '#/accounts');
  await expect(page.locator('.account-row')).toHaveCount(3);
  await look(page, 'table');
  await goTo(page, '#/accounts/new');
  await page.getByRole('radio', { name: 'Password' }).check();
  await look(page, 'new account');
  await page.getByRole('radio', { name: 'Invitation link' }).check();
  await page.getByLabel('First name').fill('Eve');
  await page.getByLabel('Last name').fill('Novak');
  await page.getByLabel('E-mail', { exact: true }).fill('anna@bakery.example');
  await page.getByRole('button', { name: 'Make the invitation' }).click();
  await expect(page.locator('.wrong')).toBeVisible();
  await look(page, 'taken e-mail');
  await page.getByLabel('E-mail', { exact: true }).fill('eve@bakery.example');
  await page.getByRole('button', { name: 'Make the invitation' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'link');
  const link = await page.getByRole('dialog').getByRole('textbox').inputValue();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('link', { name: 'ben@bakery.example' }).click();
  await page.getByLabel('First name').fill('Benjamin');
  await look(page, 'account');
  await page.getByRole('button', { name: 'Delete' }).click();
  await look(page, 'delete');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.toast').first()).toBeVisible();
  await goTo(page, '#/accounts/0000000000000');
  await look(page, 'unknown account');
  await goTo(page, '#/audit');
  await expect(page.locator('.audit-entry').first()).toBeVisible();
  await page.locator('summary').first().click();
  await look(page, 'audit');
  return link;
}

async function orders(page: Page, look: Look): Promise<void> {
  await goTo(page, '#/orders');
  await expect(page.locator('.order-card')).toHaveCount(1);
  await look(page, 'orders');
  await page.getByRole('button', { name: 'Take it' }).click();
  await expect(page.locator('.order-card')).toHaveCount(0);
  await look(page, 'no orders');
  await page.getByRole('radio', { name: 'Taken' }).check();
  await expect(page.locator('.order-card')).toHaveCount(1);
  await look(page, 'taken orders');
  await goTo(page, '#/messages');
  await expect(page.locator('.order-card')).toHaveCount(1);
  await look(page, 'messages');
}

async function profile(page: Page, look: Look): Promise<string> {
  await goTo(page, '#/profile');
  await expect(page.locator('.browsers li')).toHaveCount(1);
  await look(page, 'profile');
  await page.getByRole('button', { name: 'Set up' }).click();
  await look(page, 'proof');
  await page.getByRole('dialog').getByLabel('Password').fill(PASSWORD);
  await page.getByRole('dialog').getByRole('button', { name: 'Continue' }).click();
  await expect(page.locator('.enrol-secret')).toBeVisible();
  await look(page, 'second factor');
  const secret = (await page.locator('.enrol-secret').textContent()) ?? '';
  await page.getByRole('textbox', { name: 'Code' }).fill(totp(secret));
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.locator('.recovery li')).toHaveCount(10);
  await look(page, 'recovery codes');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await look(page, 'second factor on');
  return secret;
}

/** What somebody sees who is not signed in, and what a consultant sees who opens an owner's address. */
async function door(
  browser: Browser,
  options: object,
  hub: Hub,
  { link, look }: { link: string; look: Look },
): Promise<Page> {
  const anna = await (await browser.newContext(options)).newPage();
  await signIn(anna, hub, 'anna');
  await goTo(anna, '#/audit');
  await look(anna, 'owners only');
  const other = await (await browser.newContext(options)).newPage();
  await other.goto(link);
  await expect(other.locator('.gate-who')).toBeVisible();
  await look(other, 'link');
  await other.goto('about:blank');
  await other.goto(`${hub.origin}/admin/#link=nothing`);
  await expect(other.getByRole('heading', { level: 1 })).toContainText('does not work');
  await look(other, 'used link');
  await other.getByRole('button', { name: 'To the sign-in' }).click();
  return other;
}
