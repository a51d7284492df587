/** Every screen of a call can be read by everybody, in light and dark, on a small phone, from right to left. */
import { expect, test } from './call-hub';
import { lookAt, type Stage } from './call-looks';
import { ANNA, BEEPING, callKey, check, heading, ring, talk, withoutMicrophone } from './voice-kit';

test.use({ launchOptions: BEEPING });

const SCREENS: Record<string, Stage> = {
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

lookAt(SCREENS);

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

test('from right to left an arrow turns round, a clock does not', async ({ page, hub }) => {
  await check(page, hub);
  const back = page.locator('.screen-back .icon');
  const scale = () => back.evaluate((icon) => getComputedStyle(icon).scale);
  expect(await scale()).toBe('none');
  await page.evaluate(() => Reflect.set(document.documentElement, 'dir', 'rtl'));
  expect(await scale()).toBe('-1 1');

  const [opens, closes] = await page.locator('.hours-today b').evaluate((hours) => {
    const text = hours.firstChild;
    return ['08:00', '12:00'].map((time) => {
      const range = document.createRange();
      const at = text?.textContent?.indexOf(time) ?? -1;
      if (text) range.setStart(text, at);
      if (text) range.setEnd(text, at + time.length);
      return range.getBoundingClientRect().left;
    });
  });

  expect(opens).toBeLessThan(closes ?? 0);
});
