/** What the window asks before the first message, and what it offers while nobody answers. */
import type { FromVisitor } from '../../widget/kit/wire';
import type { FakeHub } from './fake-hub';
import { Owner } from './owner';
import { expect, snippet, test } from './shop';
import { answered } from './states';
import { FORM, MONDAY, NOBODY_STATES } from './states-nobody';
import { Window } from './window';

function opens(fake: FakeHub): (FromVisitor & { t: 'open' })[] {
  return fake.heard.filter((frame) => frame.t === 'open');
}

test('the first message carries the answers; what is required is asked for by the browser itself', async ({
  page,
  fake,
}) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await NOBODY_STATES['form asked'](window, fake);
  await window.write('Do you deliver?');
  await expect(window.chat.getByLabel('Your name')).toBeFocused();
  await window.chat.getByLabel('Your name').fill(' Vera ');
  await window.chat.getByLabel('E-mail').fill('vera');
  await window.field.press('Enter');
  await expect(window.chat.getByLabel('E-mail')).toBeFocused();
  await window.chat.getByLabel('E-mail').fill('vera@example.com');
  await window.field.press('Enter');
  await expect(window.chat.getByRole('checkbox')).toBeFocused();
  expect(opens(fake)).toEqual([]);

  await window.chat.getByRole('checkbox').check();
  await window.chat.getByRole('button', { name: 'Send' }).click();
  await expect(window.chat.getByText('Sent')).toBeVisible();
  expect(opens(fake)).toHaveLength(1);
  expect(opens(fake)[0]).toMatchObject({
    body: 'Do you deliver?',
    answers: { name: 'Vera', email: 'vera@example.com' },
    consented: true,
  });
});

test('answers survive a reload and a next chat; consent is asked for anew', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await NOBODY_STATES['form asked'](window, fake);
  await window.chat.getByLabel('Your name').fill('Vera');
  await window.chat.getByLabel('E-mail').fill('vera@example.com');
  await window.chat.getByRole('checkbox').check();
  await page.reload();
  await expect(window.chat.getByLabel('Your name')).toHaveValue('Vera');
  await expect(window.chat.getByRole('checkbox')).toBeChecked();
  await window.write('one');
  await expect(window.chat.getByText('Sent')).toBeVisible();
  fake.close();
  await window.chat.getByRole('button', { name: 'Start a new chat' }).click();
  await expect(window.chat.getByLabel('E-mail')).toHaveValue('vera@example.com');
  await expect(window.chat.getByRole('checkbox')).not.toBeChecked();
});

test('a message that is repeated after a lost line carries its answers again', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await NOBODY_STATES['form asked'](window, fake);
  fake.answer = (frame) => frame.t === 'open';
  await window.chat.getByLabel('Your name').fill('Vera');
  await window.chat.getByLabel('E-mail').fill('vera@example.com');
  await window.chat.getByRole('checkbox').check();
  await window.write('one');
  await expect.poll(() => opens(fake).length).toBe(1);
  fake.answer = () => false;
  await page.reload();
  await expect(window.chat.getByText('Sent')).toBeVisible();
  expect(opens(fake)[1]).toEqual(opens(fake)[0]);
});

test('an answer the hub does not take is shown beside its field, and the message waits in its own', async ({
  page,
  fake,
}) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await NOBODY_STATES['form wrong'](window, fake);
  await expect(window.chat.getByLabel('E-mail')).toHaveAttribute('aria-invalid', 'true');
  await expect(window.field).toHaveValue('Hello');
  fake.answer = () => false;
  await window.chat.getByLabel('E-mail').fill('vera@example.com');
  await expect(window.chat.getByText('Please check what you wrote here.')).toHaveCount(0);
  await window.field.press('Enter');
  await expect(window.chat.getByText('Sent')).toBeVisible();
});

test('a form that came after this page was loaded is fetched, with nothing lost', async ({ page, fake }) => {
  fake.answer = (frame, say) => {
    const isMissing = frame.t === 'open' && frame.answers.name === undefined;
    if (isMissing) say({ t: 'err', cid: frame.cid, code: 'empty', field: 'answers/name' });
    return isMissing;
  };
  await page.goto(fake.origin);
  const window = new Window(page);
  await window.open();
  fake.settings = { form: FORM };
  await window.write('Do you deliver?');
  await expect(window.chat.getByLabel('Your name')).toBeVisible();
  await expect(window.field).toHaveValue('Do you deliver?');
});

test('where one may write or call, the visitor chooses; calling is a link to the call page', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await NOBODY_STATES.choice(window, fake);
  const call = window.chat.getByRole('link', { name: /^Call us/ });
  expect(await call.getAttribute('href')).toBe('/p/demo');
  expect(await call.getAttribute('rel')).toBe('noopener');
  const [opened] = await Promise.all([page.context().waitForEvent('page'), call.click()]);
  await expect(opened).toHaveTitle('Call page');
  await opened.close();

  await window.chat.getByRole('button', { name: /^Start a chat/ }).click();
  await expect(window.field).toBeFocused();
  await window.write('Good morning?');
  await expect(window.chat.getByText('Sent')).toBeVisible();
  fake.join();
  await expect(window.chat.locator('header').getByRole('link', { name: 'Call page' })).toHaveAttribute(
    'href',
    '/p/demo#c=anna',
  );
});

test('a button for chats only leads nowhere else', async ({ page, fake }) => {
  fake.settings = { mode: 'chat', outside: 'callback' };
  await page.goto(fake.origin);
  const window = new Window(page);
  await answered(window, fake);
  await expect(window.chat.getByRole('link')).toHaveCount(0);
});

test('the logo stands in the place of the name, and says it', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await NOBODY_STATES.choice(window, fake);
  const logo = window.chat.getByRole('img', { name: 'Bakery' });
  await expect(logo).toBeVisible();
  expect((await logo.boundingBox())?.height).toBeLessThanOrEqual(40);
});

for (const [zone, words] of [
  ['Europe/Warsaw', /Open again: Monday\W* 09:00\./],
  ['America/New_York', /Open again: Monday\W* 03:00 GMT-5\./],
  // A zone this browser does not know: its own clock, by its name.
  ['Mars/Olympus', /Open again: Monday\W* 09:00 CET\./],
] as const) {
  test(`closed, it says when it opens on the clocks of ${zone}`, async ({ page, fake }) => {
    await page.clock.setFixedTime(MONDAY - 86_400_000);
    fake.open = false;
    fake.hours = { is_open: false, until: MONDAY };
    fake.settings = { zone, outside: 'callback' };
    await page.goto(fake.origin);
    const window = new Window(page);
    await window.show();
    await expect(window.chat.getByText('We are closed now.')).toContainText(words);
    const order = window.chat.getByRole('link', { name: 'Order a call' });
    expect(await order.getAttribute('href')).toBe('/p/demo#order');
    await expect(window.field).toHaveCount(0);
  });
}

test('an opening more than a week ahead has its date, an unknown one none', async ({ page, fake }) => {
  await page.clock.setFixedTime(MONDAY - 14 * 86_400_000);
  fake.open = false;
  fake.hours = { is_open: false, until: MONDAY };
  fake.settings = { outside: 'callback' };
  await page.goto(fake.origin);
  const window = new Window(page);
  await window.show();
  await expect(window.chat.getByText(/Open again: 23 November\D+0?9:00\./)).toBeVisible();
  fake.tell({ t: 'presence', open: false, hours: { is_open: false }, team: [] });
  await expect(window.chat.getByText('We are closed now.', { exact: true })).toBeVisible();
});

test('the hour of opening comes while the window is open: one can write', async ({ page, fake }) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await NOBODY_STATES['closed, order offered'](window, fake);
  fake.tell({ t: 'presence', open: true, hours: { is_open: true }, team: fake.team });
  await expect(window.field).toBeVisible();
  await window.write('Good morning!');
  await expect(window.chat.getByText('Sent')).toBeVisible();
});

test('closed without anything to offer, one may still write', async ({ page, fake }) => {
  fake.open = false;
  fake.hours = { is_open: false };
  await page.goto(fake.origin);
  const window = new Window(page);
  await window.open();
  await window.write('For tomorrow');
  await expect(window.chat.getByText('Sent')).toBeVisible();
});

test('the real hub takes a chat with its form, and tells which answer it does not take', async ({
  page,
  hub,
  shop,
}) => {
  const owner = await Owner.at(hub.origin);
  const fields = [{ id: 'mail', kind: 'email', label: 'E-mail', is_required: true }] as const;
  const kept = await owner.create('Forms', { form: { fields: [...fields], consent: FORM.consent } });
  await page.goto(shop.page('/', '', snippet(hub.origin, kept.key)));
  const window = new Window(page);
  await window.open();
  await window.chat.getByLabel('E-mail').fill('vera@example.com');
  await window.chat.getByRole('checkbox').check();
  await window.write('With answers');
  await expect(window.chat.getByText('Sent')).toBeVisible();
});
