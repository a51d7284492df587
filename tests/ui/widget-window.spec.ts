/** What the chat window does with what the visitor does. */
import { expect, test } from './shop';
import { answered, STATES } from './states';
import { Window } from './window';

test('a refused message can be tried again or deleted', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await STATES.refused(window, fake);
  await window.chat.getByRole('button', { name: 'Try again' }).click();
  await expect(window.chat.getByText('This message is too long.')).toHaveCount(0);
  await expect(window.bubble('refuse me')).toBeVisible();
  await expect.poll(() => fake.events.length).toBe(4);
});

test('a message refused because the chat is over goes into a new chat', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await answered(window, fake);
  fake.answer = (frame, say) => {
    if (frame.t === 'say') say({ t: 'err', cid: frame.cid, chat: 'chat1', code: 'chat_unavailable' });
    return frame.t === 'say';
  };
  await window.write('carry me over');
  await window.chat.getByRole('button', { name: 'Send in a new chat' }).click();
  await expect.poll(() => fake.heard.filter((frame) => frame.t === 'open').length).toBe(2);
  expect(fake.heard.findLast((frame) => frame.t === 'open')).toMatchObject({ body: 'carry me over' });
});

test('a full line is said, and the message waits for its author', async ({ page, fake }) => {
  fake.answer = (frame, say) => {
    if (frame.t === 'open') say({ t: 'err', cid: frame.cid, code: 'waiting_full' });
    return frame.t === 'open';
  };
  await page.goto(fake.origin);
  const window = new Window(page);
  await window.open();
  await window.write('let me in');
  await expect(window.chat.getByText(/^The line is full/)).toBeVisible();
  fake.answer = () => false;
  await window.chat.getByRole('button', { name: 'Try again' }).click();
  await expect(window.chat.getByText('Sent')).toBeVisible();
});

test('typing is told at most once a second and ends with the message', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await answered(window, fake);
  const begun = Date.now();
  await window.field.pressSequentially('twenty letters quickly', { delay: 20 });
  const told = () => fake.heard.filter((frame) => frame.t === 'typing');
  await expect.poll(() => told().at(-1)).toMatchObject({ draft: 'twenty letters quickly' });
  // One at once, one for each second, one for the end: however long a busy machine takes to type.
  expect(told().length).toBeLessThanOrEqual(2 + Math.ceil((Date.now() - begun) / 1_000));
  await window.field.press('Enter');
  await expect.poll(() => told().at(-1)).toEqual({ t: 'typing', chat: 'chat1' });
});

test('lines are seen only while the window is open', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await answered(window, fake);
  const seen = () => fake.heard.filter((frame) => frame.t === 'seen').at(-1);
  await expect.poll(seen).toMatchObject({ seq: 3 });
  await window.minimizeKey.click();
  await expect(page.locator('click2call-me .open')).toHaveCount(0);
  fake.say('while away');
  await expect(window.peek).toHaveText('while away');
  expect(seen()).toMatchObject({ seq: 3 });
  await window.button.click();
  await expect.poll(seen).toMatchObject({ seq: 4 });
});

test('a new message is told to screen readers, and only the new one', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await answered(window, fake);
  await expect(window.chat.getByRole('log')).toHaveText('Anna: Good morning, yes.');
  fake.say('Seeded or plain?');
  await expect(window.chat.getByRole('log')).toHaveText('Anna: Seeded or plain?');
});

test('the visitor can do everything with the keyboard', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await page.keyboard.press('Tab');
  await expect(window.button).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(window.field).toBeFocused();
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('alone');
  await page.keyboard.press('Enter');
  await expect(window.chat.locator('.bubble')).toHaveText('You: By keyboard\nalone');
  await page.keyboard.press('Shift+Tab');
  await expect(window.chat.getByRole('region', { name: 'Messages' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(window.closeKey).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(window.minimizeKey).toBeFocused();
});

test('with reduced motion nothing is animated', async ({ page, fake }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(fake.origin);
  const window = new Window(page);
  await STATES.talk(window, fake);
  for (const frame of page.frames()) {
    expect(await frame.evaluate(() => document.getAnimations().length)).toBe(0);
  }
});
