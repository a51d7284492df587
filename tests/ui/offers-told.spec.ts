// What the rules say to somebody who waits: the widget shows it as the hub's word, the desk not as the visitor's.
import { expect, lines, startChat, test } from './admin-kit';
import { deskOf, Rules } from './offers-kit';
import { Window } from './window';

test('a visitor who waits is told what the rules say, once, and the consultant sees that', async ({ browser, hub }) => {
  const rules = await Rules.at(hub);
  await rules.say('We are back at two o’clock.');
  const anna = await deskOf(browser, hub, 'anna');
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await page.goto(`${hub.origin}/demo/`);
  const window = new Window(page);
  await window.open();
  await window.write('is anybody there?');

  const told = window.chat.locator('.said.theirs');
  await expect(told).toContainText('We are back at two o’clock.');
  await expect(told.locator('.face'), 'nobody said it').toHaveCount(0);
  await expect(window.chat.locator('[role=log]')).toHaveText('We are back at two o’clock.');
  await expect(window.chat.locator('.card h2'), 'the visitor still waits').toHaveText(/./);
  await startChat(anna);

  await expect(lines(anna)).toHaveText(['is anybody there?']);
  await expect(anna.locator('.line-fact', { hasText: 'Told to the visitor: We are back' })).toHaveCount(1);
  await expect(anna.locator('.chat-row')).toContainText('is anybody there?');
});
