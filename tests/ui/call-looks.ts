/** Looks at screens of the call page: in light and dark, on a small phone, read from right to left. */
import type { Page } from '@playwright/test';
import { type CallHub, expect, test } from './call-hub';
import { flaws, still, stuckOut, unturned } from './looks';

/** Brings the page to a screen. */
export type Stage = (page: Page, hub: CallHub) => Promise<void>;

export function lookAt(screens: Record<string, Stage>): void {
  const each = Object.entries(screens);

  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme });
      for (const [name, stage] of each) {
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
    for (const [name, stage] of each) {
      test(`${name} fits a small phone`, async ({ page, hub }) => {
        await stage(page, hub);
        await still(page);
        expect(await stuckOut(page)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
        const small = await page
          .locator('input:not([type=radio]):not([type=checkbox])')
          .evaluateAll(
            (fields) => fields.filter((field) => Number.parseFloat(getComputedStyle(field).fontSize) < 16).length,
          );
        expect(small).toBe(0);
      });
    }
  });

  test.describe('from right to left', () => {
    test.use({ contextOptions: { reducedMotion: 'reduce' } });
    for (const [name, stage] of each) {
      test(`${name} turns round`, async ({ page, hub }) => {
        await stage(page, hub);
        for (const width of [1280, 320]) {
          await page.setViewportSize({ width, height: 800 });
          await expect.poll(() => unturned(page), `${width}`).toEqual([]);
        }
      });
    }
  });
}
