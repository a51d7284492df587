/** Every screen of the call page can be read by everybody, in light and dark, and fits a small phone. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { type CallHub, expect, TEAM, test } from './call-hub';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong; it comes through the debugger, so the page's policy stays as it is. */
async function flaws(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } =
      Reflect.get(window, 'axe');
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}

/** Nothing moves any more, so colors are what they will be. */
async function still(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .map((each) =>
          each.effect?.getTiming().iterations === Infinity ? undefined : each.finished.catch(() => undefined),
        ),
    ),
  );
}

async function order(page: Page, hub: CallHub): Promise<void> {
  await page.goto(`${hub.address}#order`);
  await expect(page.locator('.time').first()).toBeVisible();
}

const SCREENS: Record<string, (page: Page, hub: CallHub) => Promise<void>> = {
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

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [name, stage] of Object.entries(SCREENS)) {
      test(`${name} has no flaw axe can find`, async ({ page, hub }) => {
        await stage(page, hub);
        await still(page);
        expect(await flaws(page)).toEqual([]);
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      });
    }
  });
}

test.describe('phone', () => {
  test.use({ viewport: { width: 320, height: 568 }, isMobile: true, hasTouch: true });

  for (const [name, stage] of Object.entries(SCREENS)) {
    test(`${name} fits a small phone`, async ({ page, hub }) => {
      await stage(page, hub);
      await still(page);
      const wide = await page.evaluate(() =>
        [...document.querySelectorAll('body *')]
          .filter((each) => !each.closest('.quiet') && each.getBoundingClientRect().right > innerWidth + 1)
          .map((each) => each.className),
      );
      expect(wide).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      const small = await page
        .locator('input:not([type=radio]):not([type=checkbox])')
        .evaluateAll(
          (fields) => fields.filter((each) => Number.parseFloat(getComputedStyle(each).fontSize) < 16).length,
        );
      expect(small).toBe(0);
    });
  }
});

test.describe('reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing moves', async ({ page, hub }) => {
    await SCREENS.ready?.(page, hub);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });
});
