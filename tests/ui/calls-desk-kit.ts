// What the specs of calls at the desk share: a hub of a few lines, a microphone that hums, the parts of the screen.
import { test as base, expect, type Page } from '@playwright/test';
import { DeskHub } from './fake-desk';
import { CALL } from './fake-desk-parts';

/** Opens the desk and waits until it is connected. */
export async function openDesk(page: Page, hub: DeskHub, hash = ''): Promise<void> {
  await page.goto(hub.address + hash);
  await page.locator('button.status-button').waitFor();
}

export const test = base.extend<{ hub: DeskHub }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  hub: async ({}, use) => {
    const hub = await DeskHub.start();
    await use(hub);
    await hub.stop();
  },
});

/** A desk of a usual size with a microphone that hums, which nobody has to allow. */
export const TALKING = {
  viewport: { width: 1440, height: 900 },
  bypassCSP: true,
  // Without a graphics card a moving ring over a blurred page costs more than everything else.
  contextOptions: { reducedMotion: 'reduce' as const },
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--allow-loopback-in-peer-connection',
    ],
  },
};

export { expect };

/** The card over the page; its keys work once `Answer` has the focus. */
export function ringing(page: Page) {
  return page.locator('dialog.ringing');
}

/** The section of the side menu. */
export function section(page: Page) {
  return page.locator('.call-section');
}

export async function isArmed(page: Page): Promise<void> {
  await expect(ringing(page).getByRole('button', { name: /^(Answer|Odbierz)/ })).toBeFocused();
}

/** Lets a call ring and answers it. */
export async function talk(page: Page, hub: DeskHub): Promise<void> {
  hub.ring();
  await isArmed(page);
  await page.keyboard.press('Enter');
  await expect.poll(() => hub.calls.get(CALL)?.state).toBe('active');
  await expect(section(page).getByRole('button', { name: /^(Hang up|Zakończ)$/ })).toBeVisible();
}

/** The keys of the section, by what stands on them. */
export function key(page: Page, name: string) {
  return section(page).getByRole('button', { name, exact: true });
}

/** Time stands still on a page whose clock was installed; the test turns it. */
export async function freeze(page: Page): Promise<void> {
  await page.clock.pauseAt(Date.now() + 5_000);
}
