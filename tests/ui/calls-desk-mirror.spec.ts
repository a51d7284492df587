// The screens of calls at the desk, read from right to left: everything turns round but clocks and telephones.
import type { Page } from '@playwright/test';
import { expect, isArmed, key, openDesk, section, TALKING, talk, test } from './calls-desk-kit';
import type { DeskHub } from './fake-desk';
import { BEN, CALL, CHAT, chatView, missed, OTHER_CALL, record } from './fake-desk-parts';
import { unturned } from './looks';

test.use(TALKING);

const SCREENS: Record<string, (page: Page, hub: DeskHub) => Promise<void>> = {
  ringing: async (page, hub) => {
    await openDesk(page, hub, '#/calls');
    hub.ring({ transfer_from: { id: BEN, name: 'Ben' } });
    hub.ring({ id: OTHER_CALL, since: Date.now() + 1_000 });
    await isArmed(page);
  },
  'ringing in the side menu': async (page, hub) => {
    await openDesk(page, hub, '#/calls');
    hub.ring();
    await isArmed(page);
    await page.keyboard.press('m');
    await expect(key(page, 'Answer')).toBeVisible();
  },
  talking: async (page, hub) => {
    await openDesk(page, hub, '#/calls');
    await talk(page, hub);
    hub.tell({ t: 'call.quality', call: CALL, mos10: 43, peer_mos10: 32 });
    hub.update(CALL, { peer_muted: true });
    await expect(section(page).locator('.quality')).toBeVisible();
  },
  'the list': async (page, hub) => {
    hub.records = [missed(1), record(5, { rating: 4, visitor_mos10: 42, chat: CHAT }), record(9, { reason: 'error' })];
    await openDesk(page, hub, '#/calls');
    await expect(page.locator('.call-row')).toHaveCount(3);
  },
};

for (const [name, stage] of Object.entries(SCREENS)) {
  test(`${name} turns round`, async ({ page, hub }) => {
    await stage(page, hub);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await expect.poll(() => unturned(page), `${width}`).toEqual([]);
    }
  });
}

for (const entries of ['Hand over', 'Devices']) {
  test(`what ${entries} unfolds stays on a small screen, on either side`, async ({ page, hub }) => {
    await openDesk(page, hub, '#/calls');
    await talk(page, hub);
    await page.setViewportSize({ width: 390, height: 844 });

    await key(page, entries).click();

    for (const dir of ['ltr', 'rtl']) {
      await page.evaluate((to) => Reflect.set(document.documentElement, 'dir', to), dir);
      await expect(section(page).locator('.menu-panel'), dir).toBeInViewport({ ratio: 1 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), dir).toBe(390);
    }
  });
}

test('arrows turn round, telephones do not', async ({ page, hub }) => {
  hub.chats.push(chatView());
  hub.records = [record(1, { chat: '00000000CHAT2' })];
  await openDesk(page, hub, '#/calls');
  const [arrow, phone] = [page.locator('.call-row-chat .icon'), page.locator('.call-row .badge .icon')];
  const scale = (icon: typeof arrow) => icon.evaluate((one) => getComputedStyle(one).scale);
  expect([await scale(arrow), await scale(phone)]).toEqual(['none', 'none']);

  await page.evaluate(() => Reflect.set(document.documentElement, 'dir', 'rtl'));

  expect([await scale(arrow), await scale(phone)]).toEqual(['-1 1', 'none']);
});
