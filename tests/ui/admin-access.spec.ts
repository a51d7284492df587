// Every screen of the admin, light and dark, wide and narrow, without a finding of axe (WCAG 2.2 AA).
import type { Page } from '@playwright/test';
import { DESKTOP, expect, PHONE, setStatus, signIn, startChat, test, violations } from './admin-kit';
import type { Hub } from './hub';
import { Visitor } from './visitor';

type Step = (name: string) => Promise<void>;

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [size, screen] of [
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ] as const) {
    test(`no screen has a finding: ${colorScheme}, ${size}`, async ({ browser, hub }) => {
      test.setTimeout(120_000);
      // The policy of the page forbids scripts from elsewhere, axe among them.
      const context = await browser.newContext({ ...screen, colorScheme, bypassCSP: true, reducedMotion: 'reduce' });
      const page = await context.newPage();
      const found: string[] = [];
      const look: Step = async (name) => {
        await page.waitForTimeout(100);
        found.push(...(await violations(page)).map((finding) => `${name}: ${finding}`));
      };

      await gates(page, hub, look);
      await desk(page, hub, look);

      expect(found).toEqual([]);
    });
  }
}

async function gates(page: Page, hub: Hub, look: Step): Promise<void> {
  await page.goto(`${hub.origin}/admin/#setup=00`);
  await expect(page.locator('input[name=business]')).toBeVisible();
  await look('set-up');
  await page.goto('about:blank');
  await page.goto(`${hub.origin}/admin/`);
  await page.locator('input[name=email]').fill('anna@bakery.example');
  await page.locator('input[name=password]').fill('wrong');
  await page.locator('button[type=submit]').click();
  await expect(page.locator('[role=alert]')).not.toBeEmpty();
  await look('sign-in');
}

async function desk(page: Page, hub: Hub, look: Step): Promise<void> {
  await signIn(page, hub, 'anna');
  await look('away, nothing there');
  await setStatus(page, 'Available');
  await look('nobody waits');
  const vera = await Visitor.at(hub.origin, {
    page: { url: 'https://shop.example/rye', title: 'Rye bread', language: 'pl', zone: 'Europe/Warsaw' },
  });
  await vera.open('hello');
  await look('somebody waits');
  await page.locator('.waiting-tile').click();
  await look('waiting room');
  await startChat(page);
  await page.locator('.composer textarea').fill('x'.repeat(3_900));
  await look('chat');
  vera.send({ t: 'typing', chat: vera.chat, draft: 'and' });
  await expect(page.locator('.line.writing')).toBeVisible();
  await page.locator('.composer-emoji button').first().click();
  await expect(page.locator('.emoji')).toBeVisible();
  await look('emoji');
  await page.keyboard.press('Escape');
  for (const button of ['.status-button', '.account-button', '.top-bar .menu > .round']) {
    await page.locator(button).click();
    await look(button);
    await page.keyboard.press('Escape');
  }
  await page.locator('.composer textarea').fill('');
  await page.locator('.chat-head-top .button').last().click();
  await look('undo');
  await vera.event('closed');
  await previous(page, hub, look, vera.token);
  await page.keyboard.press('Control+k');
  await expect(page.locator('.palette')).toBeVisible();
  await look('palette');
  await page.keyboard.press('Escape');
  await page.locator('.account-button').click();
  await page.locator('.menu-panel').getByRole('button', { name: 'Keyboard shortcuts' }).click();
  await expect(page.locator('.shortcuts')).toBeVisible();
  await look('shortcuts');
  await page.keyboard.press('Escape');
  await hub.kill();
  await expect(page.locator('.notice', { hasText: 'No connection' })).toBeVisible();
  await look('offline');
}

async function previous(page: Page, hub: Hub, look: Step, token: string): Promise<void> {
  const again = await Visitor.at(hub.origin, { token });
  await again.open('again');
  await startChat(page);
  await page.locator('.previous-button').click();
  await page.locator('.previous-chat > button').click();
  await expect(page.locator('.previous-lines')).toBeVisible();
  await look('previous chats');
  const drawer = page.locator('.chat-head-panel button');
  if (await drawer.isVisible()) {
    await drawer.click();
    await look('visitor panel');
    await page.locator('.visitor-panel-close button').click();
  }
  again.send({ t: 'close', chat: again.chat });
  await expect(page.locator('.chat-over')).toBeVisible();
  await look('closed chat');
}
