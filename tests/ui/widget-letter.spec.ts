/** A message left when nobody is there: never lost, told when it is not taken, and with the business when it is. */
import { Owner } from './owner';
import { expect, snippet, test } from './shop';
import { FORM, fillLetter, NOBODY_STATES } from './states-nobody';
import { Window } from './window';

test('a message that is not taken stays; taken, it is gone from the field', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await NOBODY_STATES['message not taken'](window, fake);
  await expect(window.chat.getByLabel('Your message')).toHaveValue('Do you bake on Sundays?');
  for (const [refusal, words] of [
    [{ status: 429, code: 'rate' }, /^You have left many messages/],
    [{ status: 400, code: 'invalid', pointer: '/email' }, /^Please check/],
  ] as const) {
    fake.refuse = refusal;
    await window.chat.getByRole('button', { name: 'Send' }).click();
    await expect(window.chat.getByText(words)).toBeVisible();
  }
  await page.reload();
  await expect(window.chat.getByLabel('Your e-mail')).toHaveValue('vera@example.com');
  await expect(window.chat.getByLabel('Your message')).toHaveValue('Do you bake on Sundays?');
  fake.refuse = undefined;
  await window.chat.getByLabel('Your name').fill('Vera');
  await window.chat.getByRole('button', { name: 'Send' }).click();
  await expect(window.chat.getByText('Thank you, we have your message')).toBeVisible();
  expect(fake.letters).toEqual([
    {
      cid: expect.stringMatching(/^[0-9a-f]{24}$/),
      package: 'demo',
      email: 'vera@example.com',
      name: 'Vera',
      body: 'Do you bake on Sundays?',
      consented: false,
      page_url: `${fake.origin}/`,
    },
  ]);
  await window.chat.getByRole('button', { name: 'Done' }).click();
  await expect(window.chat.getByLabel('Your message')).toHaveValue('');
});

test('the owner’s own words stand above the message, and the consent is asked for there, too', async ({
  page,
  fake,
}) => {
  fake.open = false;
  fake.hours = { is_open: false };
  const form = { fields: [], consent: FORM.consent };
  fake.settings = { outside: 'message', message: { is_offered: false, text: 'We bake at night.' }, form };
  await page.goto(fake.origin);
  const window = new Window(page);
  await window.show();
  await expect(window.chat.getByText('We bake at night.')).toBeVisible();
  await fillLetter(window);
  await window.chat.getByRole('button', { name: 'Send' }).click();
  await expect(window.chat.getByRole('checkbox')).toBeFocused();
  await window.chat.getByRole('checkbox').check();
  await window.chat.getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => fake.letters).toMatchObject([{ consented: true }]);
});

test('waiting, one can leave a message; who answers meanwhile finds it as the draft of the chat', async ({
  page,
  fake,
}) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await NOBODY_STATES['message in place of waiting'](window, fake);
  await fillLetter(window);
  await window.chat.getByRole('button', { name: 'Back' }).click();
  await expect(window.bubble('Is anybody there?')).toBeVisible();
  await window.chat.getByRole('button', { name: 'Leave a message' }).click();
  fake.join();
  await expect(window.chat.getByText('Anna joined the chat')).toBeVisible();
  await expect(window.field).toHaveValue('Do you bake on Sundays?');
});

test('a message left with the real hub arrives', async ({ page, hub, shop }) => {
  const owner = await Owner.at(hub.origin);
  const closed = { open: 'closed' } as const;
  const week = { mon: closed, tue: closed, wed: closed, thu: closed, fri: closed, sat: closed, sun: closed };
  const kept = await owner.create('Letters', {
    hours: { week },
    button: { outside_hours: 'message' },
    form: { fields: [], consent: FORM.consent },
  });
  await page.goto(shop.page('/night', '', snippet(hub.origin, kept.key)));
  const window = new Window(page);
  await window.show();
  await fillLetter(window);
  await window.chat.getByRole('checkbox').check();
  await window.chat.getByRole('button', { name: 'Send' }).click();
  await expect(window.chat.getByText('Thank you, we have your message')).toBeVisible();
  expect(await owner.messages()).toContainEqual(
    expect.objectContaining({
      email: 'vera@example.com',
      body: 'Do you bake on Sundays?',
      page_url: `${shop.origin}/night`,
    }),
  );
});
