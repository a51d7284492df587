/** Every state the chat window can be brought into, each with the words that prove it is there. */
import { expect } from '@playwright/test';
import type { FakeHub } from './fake-hub';
import { NOBODY_STATES } from './states-nobody';
import type { Window } from './window';

type Stage = (window: Window, fake: FakeHub) => Promise<void>;

async function begun(window: Window, fake: FakeHub): Promise<void> {
  await window.open();
  await window.write('Do you have rye bread?');
  await expect(window.chat.getByText('Sent')).toBeVisible();
  await expect.poll(() => fake.events.length).toBe(1);
}

export async function answered(window: Window, fake: FakeHub): Promise<void> {
  await begun(window, fake);
  fake.join();
  fake.say('Good morning, yes.');
  await expect(window.bubble('Good morning, yes.')).toBeVisible();
}

export const STATES = {
  welcome: async (window) => {
    await window.open();
    await expect(window.chat.getByText('1 person is available')).toBeVisible();
    await expect(window.chat.locator('.welcome li')).toHaveText([/Anna.*Available/, /Ben.*Busy/, /Olga.*Away/]);
  },
  nobody: async (window, fake) => {
    fake.open = false;
    fake.team = fake.team.map((member) => ({ ...member, status: 'away' }));
    await window.open();
    await expect(window.chat.getByText(/^Nobody is free right now/)).toBeVisible();
    await expect(window.chat.getByText('Nobody is here at the moment')).toBeVisible();
  },
  waiting: async (window, fake) => {
    await begun(window, fake);
    await expect(window.chat.getByText('1 visitor is in line before you.')).toBeVisible();
    await expect(window.chat.getByText('Visitors before you waited about 3 minutes.')).toBeVisible();
    fake.tell({ t: 'waiting', chat: 'chat1', place: 1 });
    await expect(window.chat.getByText('You are next in line.')).toBeVisible();
    await expect(window.chat.getByText(/waited/)).toHaveCount(0);
  },
  talk: async (window, fake) => {
    await answered(window, fake);
    fake.tell({ t: 'seen', chat: 'chat1', seq: 1 });
    fake.tell({ t: 'typing', chat: 'chat1', writing: true });
    await expect(window.chat.getByText('Seen')).toBeVisible();
    await expect(window.chat.getByText('is writing…')).toBeVisible();
  },
  emoji: async (window, fake) => {
    await answered(window, fake);
    await window.field.fill('x'.repeat(3_700));
    await window.chat.getByRole('button', { name: 'Insert an emoji' }).click();
    await expect(window.chat.getByText('300 characters left')).toBeVisible();
  },
  'too long': async (window, fake) => {
    await answered(window, fake);
    await window.field.fill('🥨'.repeat(4_001));
    await expect(window.chat.getByText('1 character too many')).toBeVisible();
    await expect(window.chat.getByRole('button', { name: 'Send' })).toBeDisabled();
    await window.field.press('Enter');
    await expect(window.chat.locator('.bubble')).toHaveCount(2);
  },
  refused: async (window, fake) => {
    await answered(window, fake);
    fake.answer = (frame, say) => {
      if (frame.t === 'say') say({ t: 'err', cid: frame.cid, chat: 'chat1', code: 'too_long' });
      return frame.t === 'say';
    };
    await window.write('refuse me');
    await expect(window.chat.getByText('This message is too long.')).toBeVisible();
    fake.answer = () => false;
  },
  offline: async (window, fake) => {
    await answered(window, fake);
    fake.answer = (frame) => frame.t === 'hello';
    fake.cut();
    await window.write('kept');
    await expect(window.chat.getByText(/^No connection/)).toBeVisible();
    await expect(window.chat.getByText('Sending…')).toBeVisible();
  },
  stopped: async (window, fake) => {
    await answered(window, fake);
    fake.cut(4503);
    await expect(window.chat.getByText('The chat is not available on this page.')).toBeVisible();
  },
  unavailable: async (window, fake) => {
    await answered(window, fake);
    fake.tell({ t: 'err', chat: 'chat1', code: 'chat_unavailable' });
    await expect(window.chat.getByText('This chat can be read, but takes no more messages')).toBeVisible();
  },
  confirm: async (window, fake) => {
    await answered(window, fake);
    await window.closeKey.click();
    await expect(window.chat.getByRole('dialog', { name: 'Close the chat?' })).toBeVisible();
  },
  returned: async (window, fake) => {
    await answered(window, fake);
    fake.giveBack();
    await expect(window.chat.getByText('The consultant left; somebody else will answer you')).toBeVisible();
    await expect(window.chat.getByRole('heading', { level: 1 })).toHaveText('Bakery');
  },
  closed: async (window, fake) => {
    await answered(window, fake);
    fake.close();
    await expect(window.chat.getByText('Anna closed it.')).toBeVisible();
  },
  invited: async (window, fake) => {
    fake.settings = { mode: 'both' };
    await answered(window, fake);
    fake.invite();
    await expect(window.chat.getByRole('link', { name: 'Call now' })).toBeVisible();
  },
  'in a call': async (window, fake) => {
    await STATES.invited(window, fake);
    fake.tell({ t: 'call', id: 'call1', state: 'active', peer_muted: false });
    await expect(window.chat.getByText('In a call')).toBeVisible();
    await expect(window.chat.getByText('Anna suggests a call').first()).toBeVisible();
  },
  ...NOBODY_STATES,
} satisfies Record<string, Stage>;
