/** The states of the chat window in which nobody answers, or something is asked first. */
import { expect } from '@playwright/test';
import type { FakeHub } from './fake-hub';
import type { Window } from './window';

type Stage = (window: Window, fake: FakeHub) => Promise<void>;

/** Monday 23 November 2026, 9 o'clock in Warsaw. */
export const MONDAY = Date.UTC(2026, 10, 23, 8);
export const FORM = {
  fields: [
    { id: 'name', kind: 'name', label: 'Your name', is_required: true },
    { id: 'email', kind: 'email', label: 'E-mail', is_required: true },
    { id: 'order', kind: 'text', label: 'Number of the order', is_required: false },
    { id: 'phone', kind: 'phone', label: 'Phone', is_required: false },
  ],
  consent: 'I agree that the bakery reads what I write here.',
};
const LOGO = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60"><rect width="300" height="60" fill="#a40"/></svg>')}`;

function close(fake: FakeHub, outside: 'callback' | 'message', isOffered = true): void {
  fake.open = false;
  fake.hours = { is_open: false, until: Date.now() + 86_400_000 };
  fake.settings = { outside, message: { is_offered: isOffered, text: '' } };
}

/** Fills in what a message to be left needs. */
export async function fillLetter(window: Window): Promise<void> {
  await window.chat.getByLabel('Your e-mail').fill('vera@example.com');
  await window.chat.getByLabel('Your message').fill('Do you bake on Sundays?');
}

export const NOBODY_STATES = {
  choice: async (window, fake) => {
    fake.settings = { mode: 'both', logo: LOGO };
    await window.show();
    await expect(window.chat.getByText('How would you like to talk to us?')).toBeVisible();
    await expect(window.chat.getByRole('button', { name: /^Start a chat/ })).toBeVisible();
    await expect(window.field).toHaveCount(0);
  },
  'form asked': async (window, fake) => {
    fake.settings = { form: FORM };
    await window.show();
    await expect(window.chat.getByLabel('Number of the order (optional)')).toBeVisible();
    await expect(window.chat.getByRole('checkbox', { name: FORM.consent })).not.toBeChecked();
  },
  'form wrong': async (window, fake) => {
    await NOBODY_STATES['form asked'](window, fake);
    fake.answer = (frame, say) => {
      if (frame.t === 'open') say({ t: 'err', cid: frame.cid, code: 'invalid', field: 'answers/email' });
      return frame.t === 'open';
    };
    await window.chat.getByLabel('Your name').fill('Vera');
    await window.chat.getByLabel('E-mail').fill('vera@example');
    await window.chat.getByRole('checkbox').check();
    await window.write('Hello');
    await expect(window.chat.getByText('Please check what you wrote here.')).toBeVisible();
  },
  'closed, order offered': async (window, fake) => {
    close(fake, 'callback');
    await window.show();
    await expect(window.chat.getByText(/^We are closed now. Open again: \w+day\W+\d\d:\d\d\.$/)).toBeVisible();
    await expect(window.chat.getByRole('link', { name: 'Order a call' })).toBeVisible();
    await expect(window.chat.getByRole('button', { name: 'Leave a message' })).toBeVisible();
  },
  'closed, message asked': async (window, fake) => {
    close(fake, 'message');
    await window.show();
    await expect(window.chat.getByRole('heading', { name: 'Leave a message' })).toBeVisible();
    await expect(window.chat.getByLabel('Your name (optional)')).toBeVisible();
  },
  'message not taken': async (window, fake) => {
    await NOBODY_STATES['closed, message asked'](window, fake);
    fake.refuse = { status: 503, code: 'unavailable' };
    await fillLetter(window);
    await window.chat.getByRole('button', { name: 'Send' }).click();
    await expect(window.chat.getByText(/^The message could not be sent/)).toBeVisible();
  },
  'message left': async (window, fake) => {
    await NOBODY_STATES['closed, message asked'](window, fake);
    await fillLetter(window);
    await window.chat.getByRole('button', { name: 'Send' }).click();
    await expect(window.chat.getByText('Thank you, we have your message')).toBeVisible();
    await expect(window.chat.getByText('We will answer to vera@example.com.')).toBeVisible();
  },
  'nobody free': async (window, fake) => {
    fake.open = false;
    fake.settings = { mode: 'both', outside: 'callback', message: { is_offered: true, text: '' } };
    await window.show();
    await window.chat.getByRole('button', { name: /^Start a chat/ }).click();
    await expect(window.chat.getByRole('link', { name: 'Order a call' })).toBeVisible();
    await expect(window.field).toBeVisible();
  },
  'waiting, with offers': async (window, fake) => {
    fake.settings = { mode: 'both', outside: 'callback', message: { is_offered: true, text: '' } };
    await window.show();
    await window.chat.getByRole('button', { name: /^Start a chat/ }).click();
    await window.write('Is anybody there?');
    await expect(window.chat.locator('.card').getByRole('link', { name: 'Order a call' })).toBeVisible();
    await expect(window.chat.locator('.card').getByRole('button', { name: 'Leave a message' })).toBeVisible();
  },
  'message in place of waiting': async (window, fake) => {
    await NOBODY_STATES['waiting, with offers'](window, fake);
    await window.chat.getByRole('button', { name: 'Leave a message' }).click();
    await expect(window.chat.getByRole('button', { name: 'Back' })).toBeVisible();
  },
} satisfies Record<string, Stage>;
