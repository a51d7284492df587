/** Calls without a hub: a browser with a microphone that beeps, and the steps of a visitor through a call. */
import type { Page } from '@playwright/test';
import config from '../../playwright.config';
import type { VisitorCall } from '../../widget/kit/wire';
import { type CallHub, expect } from './call-hub';

const { launchOptions = {} } = config.use ?? {};

/** Chromium beeps in place of a microphone, says yes when asked for it, and talks to 127.0.0.1. */
export const BEEPING = {
  ...launchOptions,
  args: [
    ...(launchOptions.args ?? []),
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--allow-loopback-in-peer-connection',
    '--autoplay-policy=no-user-gesture-required',
  ],
};

export const ANNA = { id: 'anna', name: 'Anna' };
export const BEN = { id: 'ben', name: 'Ben' };

export const heading = (page: Page) => page.getByRole('heading', { level: 1 });
export const callKey = (page: Page) => page.locator('.pill');
export const key = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** The microphone answers with this error. */
export async function withoutMicrophone(page: Page, error: string): Promise<void> {
  await page.addInitScript((name) => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name));
  }, error);
}

/** Comes to the page and says whom to call: the microphone is looked at, as the first time. */
export async function check(page: Page, hub: CallHub): Promise<void> {
  hub.settings = { mode: 'both', ...hub.settings };
  await page.goto(hub.address);
  await callKey(page).click();
}

/** It rings. */
export async function ring(page: Page, hub: CallHub): Promise<void> {
  await check(page, hub);
  await expect(page.locator('.level')).toBeVisible();
  await callKey(page).click();
  await expect.poll(() => hub.requests.map((each) => each.do)).toContain('ready');
  hub.follow({ consultant: ANNA });
  await expect(page.locator('.waves.is-ringing')).toBeVisible();
}

/** Both hear each other. */
export async function talk(page: Page, hub: CallHub, changes: Partial<VisitorCall> = {}): Promise<void> {
  await ring(page, hub);
  hub.follow({ state: 'active', talking_since: hub.now - 167_000, ...changes });
  await expect(page.locator('.talk-time')).toBeVisible();
}
