/** Every screen of the call page can be read by everybody, in light and dark, on a small phone, from right to left. */
import type { Page } from '@playwright/test';
import { type CallHub, expect, TEAM, test } from './call-hub';
import { lookAt, type Stage } from './call-looks';

async function order(page: Page, hub: CallHub): Promise<void> {
  await page.goto(`${hub.address}#order`);
  await expect(page.locator('.time').first()).toBeVisible();
}

const SCREENS: Record<string, Stage> = {
  loading: async (page, hub) => {
    hub.isMute = true;
    await page.goto(hub.address);
    await expect(page.getByText('Looking who is free…')).toBeVisible();
  },
  ready: async (page, hub) => {
    await page.goto(hub.address);
    await expect(page.getByRole('radio').first()).toBeVisible();
    await page.locator('.hours summary').click();
  },
  nobody: async (page, hub) => {
    hub.open = false;
    hub.team = TEAM.map((member) => ({ ...member, status: 'away' }));
    hub.hours = { is_open: false, until: Date.UTC(2027, 2, 15, 7, 0) };
    await page.goto(hub.address);
    await expect(page.getByRole('heading', { name: 'We are closed right now' })).toBeVisible();
  },
  order,
  'order with problems': async (page, hub) => {
    hub.settings = { form: { consent: 'I agree that the bakery calls me. '.repeat(10) } };
    await order(page, hub);
    await page.locator('.order-send').click();
    await expect(page.locator('.problem')).toHaveCount(4);
  },
  'order refused': async (page, hub) => {
    hub.answer = () => ({ status: 503, body: { code: 'unavailable' } });
    await order(page, hub);
    await page.getByLabel('Phone').fill('+48 601 234 567');
    await page.getByLabel('E-mail').fill('vera@example.com');
    await page.locator('.time').first().click();
    await page.locator('.order-send').click();
    await expect(page.getByRole('alert')).not.toBeEmpty();
  },
  'closed day': async (page, hub) => {
    await order(page, hub);
    await page.getByLabel('Another day, up to a year ahead').fill('2027-06-12');
    await expect(page.getByText('No time is left on that day.')).toBeVisible();
  },
  ordered: async (page, hub) => {
    await order(page, hub);
    await page.getByLabel('Phone').fill('+48 601 234 567');
    await page.getByLabel('E-mail').fill('vera@example.com');
    await page.locator('.time').first().click();
    await page.locator('.order-send').click();
    await expect(page.getByRole('heading', { name: 'We will call you' })).toBeVisible();
  },
  stopped: async (page, hub) => {
    await page.goto(hub.address);
    await expect(page.getByRole('radio').first()).toBeVisible();
    hub.cut(4503);
    await expect(page.getByText('This page is not available')).toBeVisible();
  },
  'long words': async (page, hub) => {
    const long = 'Donaudampfschifffahrtsgesellschaftskapitän';
    hub.settings = { company: `${long} ${long}`, heading: `${long}!!!!!!!!`, subheading: long.repeat(4) };
    hub.team = TEAM.map((member) => ({ ...member, name: long }));
    await page.goto(hub.address);
    await expect(page.getByRole('radio').first()).toBeVisible();
  },
};

lookAt(SCREENS);

test.describe('reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing moves', async ({ page, hub }) => {
    await SCREENS.ready?.(page, hub);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });
});
