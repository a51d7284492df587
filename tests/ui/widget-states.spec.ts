/** Every state of the chat window can be read by everybody and fits a phone. */
import { flaws, still, stuckOut } from './looks';
import { expect, test } from './shop';
import { STATES } from './states';
import { Window } from './window';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    for (const [name, stage] of Object.entries(STATES)) {
      test(`${name} has no flaw axe can find`, async ({ page, fake }) => {
        const window = new Window(page);
        await page.goto(fake.origin);
        await stage(window, fake);
        await still(page);
        const frame = page.frames()[1];
        if (frame === undefined) throw new Error('no frame');
        expect(await flaws(frame)).toEqual([]);
        expect(await window.chat.getByRole('heading', { level: 1 }).count()).toBe(1);
      });
    }

    test('the button has no flaw axe can find', async ({ page, fake }) => {
      await page.goto(fake.origin);
      await expect(new Window(page).button).toBeVisible();
      expect(await flaws(page)).toEqual([]);
    });
  });
}

test.describe('phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });

  test('the window fills the screen, and type is large enough not to be zoomed', async ({ page, fake }) => {
    await page.goto(fake.origin);
    const window = new Window(page);
    await window.button.tap();
    await window.field.waitFor();
    await expect.poll(() => window.frame.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
    await expect(window.button).toBeHidden();
    expect(await window.field.evaluate((field) => getComputedStyle(field).fontSize)).toBe('16px');
    for (const key of [window.minimizeKey, window.closeKey]) {
      const box = await key.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(38);
    }
    await window.minimizeKey.tap();
    await expect(window.button).toBeVisible();
  });

  for (const [name, stage] of Object.entries(STATES)) {
    test(`${name} fits a small phone`, async ({ page, fake }) => {
      await page.setViewportSize({ width: 320, height: 568 });
      await page.goto(fake.origin);
      await stage(new Window(page), fake);
      const frame = page.frames()[1];
      if (frame === undefined) throw new Error('no frame');
      expect(await stuckOut(frame)).toEqual([]);
    });
  }
});
