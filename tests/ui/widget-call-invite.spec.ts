/** A consultant suggests a call: the card in the chat, both answers, and what is left of it afterwards. */

import type { FakeHub } from './fake-hub';
import { expect, test } from './shop';
import { handovers, opened, RINGING, talking } from './widget-call-kit';
import { Window } from './window';

function card(window: Window) {
  return window.chat.locator('.card').filter({ hasText: /suggests a call|proponuje rozmowę/ });
}

async function invited(window: Window, fake: FakeHub): Promise<void> {
  await talking(window, fake);
  fake.invite();
  await expect(card(window)).toBeVisible();
}

test('call now opens the call page so that it rings who asked', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await invited(window, fake);
  await expect(window.chat.getByText('Anna suggests a call').first()).toBeVisible();
  await expect(window.chat.locator('[role=log]')).toHaveText('Anna: Anna suggests a call');
  expect(await opened(page, () => card(window).getByRole('link', { name: 'Call now' }).click())).toMatch(
    /^\/p\/demo#code=code\d$/,
  );
  expect(handovers(fake).at(-1)).toEqual({ t: 'handover', tok: 'token', to: 'anna' });

  fake.tell({ t: 'call', ...RINGING });
  await expect(card(window)).toHaveCount(0);
  await expect(window.chat.locator('.note', { hasText: 'Anna suggests a call' })).toBeVisible();
  fake.tell({ t: 'call', ...RINGING, state: 'ended', reason: 'visitor_hangup' });
  fake.happen({ k: 'called', call: 'call1', reason: 'visitor_hangup', seconds: 170 });
  await expect(window.chat.getByText('You talked for 3 min')).toBeVisible();
  await expect(card(window)).toHaveCount(0);
});

test('not now tells the consultant, and the card is gone with the answer', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await invited(window, fake);
  await card(window).getByRole('button', { name: 'Not now' }).click();
  await expect.poll(() => fake.heard.at(-1)).toEqual({ t: 'not_now', chat: 'chat1' });
  await expect(card(window)).toBeVisible();
  fake.happen({ k: 'invite_declined' });
  await expect(card(window)).toHaveCount(0);
  await expect(window.chat.getByText('You answered: not now')).toBeVisible();

  await page.reload();
  await expect(window.chat.getByText('You answered: not now')).toBeVisible();
  await expect(card(window)).toHaveCount(0);
});

test('the keyboard answers: the two buttons follow each other', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await invited(window, fake);
  await card(window).getByRole('link').focus();
  await page.keyboard.press('Tab');
  await expect(card(window).getByRole('button', { name: 'Not now' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => fake.heard.at(-1)).toEqual({ t: 'not_now', chat: 'chat1' });
});

test('words leave the card where it is, a newer invitation takes its place', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await invited(window, fake);
  fake.say('It is easier to tell.');
  await window.write('One moment.');
  await expect(window.bubble('One moment.')).toBeVisible();
  await expect(card(window)).toBeVisible();
  fake.invite();
  await expect(window.chat.locator('.note', { hasText: 'Anna suggests a call' })).toHaveCount(1);
  await expect(card(window)).toHaveCount(1);
  await page.reload();
  await expect(card(window)).toHaveCount(1);

  fake.giveBack();
  await expect(card(window)).toHaveCount(0);
  await expect(window.chat.locator('.note', { hasText: 'Anna suggests a call' })).toHaveCount(2);
});

test('a call that did not come about is a calm line', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await invited(window, fake);
  fake.happen({ k: 'called', call: 'call1', reason: 'no_answer', seconds: 0 });
  await expect(window.chat.locator('.note', { hasText: 'The call did not come about' })).toBeVisible();
  await expect(card(window)).toHaveCount(0);
});

test('in the minimized window it shows beside the button', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await talking(window, fake);
  await window.minimizeKey.click();
  await expect(page.locator('click2call-me .open')).toHaveCount(0);
  fake.invite();
  await expect(window.peek).toHaveText('Anna suggests a call');
  await expect(page.locator('click2call-me .badge')).toHaveText('1');
});

test('it fits a small phone, in Polish', async ({ page, fake }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  fake.language = 'pl';
  await page.goto(fake.origin);
  const window = new Window(page);
  fake.settings = { mode: 'both' };
  await window.button.click();
  await window.chat.getByRole('button', { name: /^Rozpocznij czat/ }).click();
  await window.write('Czy jest chleb żytni?');
  await expect(window.chat.getByText('Wysłano')).toBeVisible();
  fake.join();
  fake.invite();
  await expect(card(window).getByRole('heading', { name: 'Anna proponuje rozmowę' })).toBeVisible();
  await expect(card(window).getByRole('link', { name: 'Zadzwoń teraz' })).toBeVisible();
  await expect(card(window).getByRole('button', { name: 'Nie teraz' })).toBeVisible();
  const wide = await page
    .frames()[1]
    ?.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((each) => !each.closest('.quiet') && each.getBoundingClientRect().right > innerWidth + 1)
        .map((each) => each.className),
    );
  expect(wide).toEqual([]);
  fake.tell({ t: 'call', ...RINGING });
  await expect(window.chat.locator('header').getByText('Trwa rozmowa')).toBeVisible();
});
