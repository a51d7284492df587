// What the specs of the admin share: a hub for each test, signing in, the sizes of screens, axe.
import { type BrowserContextOptions, test as base, expect, type Page } from '@playwright/test';
import { Hub, PASSWORD } from './hub';
import { AXE } from './looks';

/** A hub of its own for each test: nobody waits there from before. */
export const test = base.extend<{ hub: Hub }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  hub: async ({}, use) => {
    const hub = new Hub();
    await hub.start();
    await use(hub);
    await hub.stop();
  },
});

export { expect };

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
export const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Types e-mail and password; the desk or an error follows. */
export async function type(page: Page, name: string, password = PASSWORD): Promise<void> {
  await page.locator('input[name=email]').fill(`${name}@bakery.example`);
  await page.locator('input[name=password]').fill(password);
  await page.locator('button[type=submit]').click();
}

/** Signs in and waits until the desk is connected. */
export async function signIn(page: Page, hub: Hub, name: 'anna' | 'ben' | 'olga'): Promise<void> {
  await page.goto(`${hub.origin}/admin/`);
  await type(page, name);
  await expect(page.locator('button.status-button')).toBeVisible();
}

export async function setStatus(page: Page, words: string): Promise<void> {
  await page.locator('button.status-button').click();
  await page.locator('.menu-panel').getByRole('button', { name: words, exact: true }).click();
  await expect(page.locator('button.status-button')).toContainText(words);
}

/** Takes the visitor who waits longest. */
export async function startChat(page: Page): Promise<void> {
  if (!(await page.locator('.waiting-room').isVisible())) await page.locator('.waiting-tile').click();
  await page.locator('.waiting-row .button').first().click();
  await expect(page.locator('.chat-window')).toBeVisible();
}

export async function answer(page: Page, text: string): Promise<void> {
  await page.locator('.composer textarea').fill(text);
  await page.locator('.composer .button.main').click();
}

/** The messages of the chat on screen. */
export function lines(page: Page) {
  return page.locator('.talk .line:not(.writing) .line-body');
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with the page at rest, in words; the context needs `bypassCSP`. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  // A change of colours or sizes is there with the second frame at the latest, a fade when it has ended.
  await page.evaluate(async () => {
    for (const _ of [1, 2]) await new Promise((drawn) => requestAnimationFrame(drawn));
    const ending = (one: Animation) => one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY;
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(ending)
        .map(({ finished }) => finished),
    );
  });
  return page.evaluate(async (rules) => {
    const axe: { run: (options: object) => Promise<Found> } = Reflect.get(window, 'axe');
    interface Found {
      violations: { id: string; nodes: { html: string }[] }[];
    }
    const found = await axe.run({ runOnly: rules });
    return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
  }, RULES);
}
