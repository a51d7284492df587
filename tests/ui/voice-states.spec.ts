/** Every screen of a call can be read by everybody, in light and dark, and fits a small phone. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import { type CallHub, expect, test } from './call-hub';
import { ANNA, BEEPING, callKey, check, heading, ring, talk, withoutMicrophone } from './voice-kit';

test.use({ launchOptions: BEEPING });

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

const SCREENS: Record<string, (page: Page, hub: CallHub) => Promise<void>> = {
  'ready to call': async (page, hub) => {
    hub.settings = { mode: 'both' };
    await page.goto(hub.address);
    await expect(callKey(page)).toHaveText('Call Anna');
  },
  check: async (page, hub) => {
    await check(page, hub);
    await expect(page.locator('.devices select').first()).toBeVisible();
  },
  'no microphone': async (page, hub) => {
    await withoutMicrophone(page, 'NotAllowedError');
    await check(page, hub);
    await expect(heading(page)).toHaveText('The microphone is blocked');
  },
  ringing: ring,
  talking: async (page, hub) => {
    await talk(page, hub, { peer_muted: true });
    hub.tell({ t: 'call.quality', call: 'call1', mos10: 35, peer_mos10: 35 });
    await expect(page.getByText('Good connection')).toBeVisible();
    await page.locator('.devices-menu summary').click();
  },
  reconnecting: async (page, hub) => {
    await talk(page, hub, { state: 'reconnecting', lost: 'consultant' });
  },
  elsewhere: async (page, hub) => {
    hub.call = { id: 'call1', state: 'active', consultant: ANNA, peer_muted: false, tab: 'x' };
    await page.goto(hub.address);
    await expect(heading(page)).toHaveText('Your call goes on in another tab');
  },
  'after the call': async (page, hub) => {
    await talk(page, hub);
    hub.follow({ state: 'ended', reason: 'consultant_hangup' });
    await page.locator('.rating button').nth(3).click();
    await expect(page.getByText('Thank you!')).toBeVisible();
  },
  'nobody answered': async (page, hub) => {
    await ring(page, hub);
    hub.follow({ state: 'ended', reason: 'no_answer' });
    await expect(heading(page)).toHaveText('Nobody answered');
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
    });
  }
});

test.describe('reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  test('nothing moves while it rings', async ({ page, hub }) => {
    await ring(page, hub);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });
});

test('the keyboard is enough for a call', async ({ page, hub }) => {
  await ring(page, hub);
  await expect(heading(page)).toBeFocused();
  hub.follow({ state: 'active', talking_since: hub.now });
  await expect(heading(page)).toHaveText('Anna');
  await expect(heading(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Mute' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Unmute' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('The call is over');
  await expect(heading(page)).toBeFocused();
});
