// The story of the product: a visitor writes, anna sees red and answers, the hub is killed, both go on.
import type { BrowserContextOptions, FrameLocator, Locator, Page } from '@playwright/test';
import { answer, DESKTOP, expect, lines, PHONE, setStatus, signIn, startChat, test } from './admin-kit';

interface Words {
  shop: string;
  /** What starts a chat where one may also call. */
  choice?: string;
  /** The shop's language, and the desk's name for it. */
  language: 'English' | 'Polski';
  available: string;
  waiting: RegExp;
  dashboard: string;
  offline: string;
  questions: [string, string];
  answers: [string, string];
}

const ENGLISH: Words = {
  shop: '/demo/',
  language: 'English',
  available: 'Available',
  waiting: /Waiting visitors.*Longest.*1$/,
  dashboard: 'Dashboard',
  offline: 'No connection',
  questions: ['Do you bake on Sundays?', 'And do you deliver?'],
  answers: ['Yes, until noon.', 'Within the city, yes.'],
};

const POLISH: Words = {
  shop: '/demo/pl/',
  choice: 'Rozpocznij czat',
  language: 'Polski',
  available: 'Do dyspozycji',
  waiting: /Oczekujący użytkownicy.*Najdłużej.*1$/,
  dashboard: 'Pulpit',
  offline: 'Brak połączenia',
  questions: ['Czy pieczecie w niedzielę?', 'A czy jest dostawa?'],
  answers: ['Tak, do południa.', 'Na terenie miasta – tak.'],
};

const SIZES: [string, BrowserContextOptions][] = [
  ['desktop', DESKTOP],
  ['phone', PHONE],
];

for (const words of [ENGLISH, POLISH]) {
  for (const [size, screen] of SIZES) {
    test(`a visitor and anna talk across a killed hub: ${words.language}, ${size}`, async ({ browser, hub }) => {
      test.setTimeout(90_000);
      const shop = await (await browser.newContext(screen)).newPage();
      const desk = await (await browser.newContext(screen)).newPage();
      const [first, second] = words.questions;
      const [reply, later] = words.answers;

      await shop.goto(hub.origin + words.shop);
      const chat = await openChat(shop, words.choice);
      await write(chat, first);

      await signIn(desk, hub, 'anna');
      await speak(desk, words.language);
      await setStatus(desk, words.available);
      await expect(desk.locator('h1')).toHaveText(words.dashboard);
      await expect(desk.locator('.waiting-tile')).toHaveText(words.waiting);
      await startChat(desk);
      await expect(lines(desk)).toHaveText([first]);
      await answer(desk, reply);
      await expect(said(chat)).toHaveText([ending(first), ending(reply)]);

      await hub.kill();
      await expect(desk.locator('.notice', { hasText: words.offline })).toBeVisible();
      await answer(desk, later);
      await write(chat, second);
      await expect(desk.locator('.line.pending')).toHaveCount(1);
      await hub.start();

      await expect(desk.locator('.line.pending')).toHaveCount(0, { timeout: 40_000 });
      await expect(lines(desk)).toHaveCount(4, { timeout: 40_000 });
      await expect(said(chat)).toHaveCount(4, { timeout: 40_000 });
      const all = [first, reply, second, later].sort();
      expect((await lines(desk).allTextContents()).sort()).toEqual(all);
      const shown = await lines(desk).allTextContents();
      await expect(said(chat)).toHaveText(shown.map(ending));

      await write(chat, 'one more');
      await expect(lines(desk)).toHaveText([...shown, 'one more']);
      await answer(desk, 'and an end');
      await expect(said(chat)).toHaveText([...shown, 'one more', 'and an end'].map(ending));
    });
  }
}

/** Opens the window; where one may write or call, it asks first. */
async function openChat(shop: Page, choice: string | undefined): Promise<FrameLocator> {
  await shop.locator('click2call-me button').first().click();
  const chat = shop.frameLocator('iframe');
  if (choice !== undefined) await chat.getByRole('button', { name: choice }).click();
  return chat;
}

async function write(chat: FrameLocator, text: string): Promise<void> {
  const field = chat.getByRole('textbox');
  await field.fill(text);
  await chat.locator('button.send').click();
}

/** The bubbles of the visitor's window. */
function said(chat: FrameLocator): Locator {
  return chat.locator('.bubble');
}

/** A bubble begins with who speaks, for screen readers. */
function ending(text: string): RegExp {
  return new RegExp(`${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

async function speak(desk: Page, language: string): Promise<void> {
  await desk.locator('.account-button').click();
  await desk.locator('.menu-panel').getByRole('button', { name: language }).click();
  await desk.keyboard.press('Escape');
}
