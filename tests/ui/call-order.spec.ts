/** The order of a call: what can be chosen, what is refused and where it is said, and that nothing typed is ever lost. */
import { day, email, fill, open, phone, send, time } from './call-form';
import { expect, TEAM, test } from './call-hub';

test('an order goes to the hub with everything the visitor chose', async ({ page, hub }) => {
  await open(page, hub);
  await page.locator('.person').filter({ hasText: 'Ben' }).click();
  await fill(page);
  await page.getByLabel(/^Name/).fill(' Vera ');
  await page.getByLabel(/^What is it about/).fill('A wedding cake');
  await expect(send(page)).toHaveText('Order: Thursday 11 March, 10:30');
  await send(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('We will call you');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page.getByText('Thursday 11 March, 10:30')).toBeVisible();
  await expect(page.getByText('At the number +48 601 234 567')).toBeVisible();
  await expect(page).toHaveTitle('We will call you – Bakery');
  expect(hub.orders).toEqual([
    {
      cid: expect.stringMatching(/^[0-9a-f]{24}$/),
      package: 'demo',
      phone: '+48 601 234 567',
      email: 'vera@example.com',
      date: '2027-03-11',
      time: '10:30',
      name: 'Vera',
      note: 'A wedding cake',
      consultant: 'ben',
    },
  ]);
  await page.getByRole('button', { name: 'Back to the first page' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How can we help?');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('what is not chosen is not sent', async ({ page, hub }) => {
  hub.team = [];
  await open(page, hub);
  await fill(page);
  await send(page).click();
  await expect(page.getByRole('heading', { name: 'We will call you' })).toBeVisible();
  expect(Object.keys(hub.orders[0] ?? {}).sort()).toEqual(['cid', 'date', 'email', 'package', 'phone', 'time']);
});

test('another order has another name', async ({ page, hub }) => {
  hub.answer = () => 'cut';
  await open(page, hub);
  await fill(page);
  await send(page).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await phone(page).fill('+48 601 234 568');
  await send(page).click();
  await expect.poll(() => new Set(hub.orders.map(({ cid }) => cid)).size).toBe(2);
});

test('a double click orders once', async ({ page, hub }) => {
  let answer = () => {};
  hub.answer = (order) =>
    new Promise((resolve) => {
      answer = () => resolve({ status: 201, body: { id: '1', at: 0, date: order.date, time: order.time, zone: '' } });
    });
  await open(page, hub);
  await fill(page);
  await send(page).dblclick();
  await expect(send(page)).toHaveText('Ordering…');
  await send(page).click({ force: true });
  await phone(page).press('Enter');
  answer();
  await expect(page.getByRole('heading', { name: 'We will call you' })).toBeVisible();
  expect(hub.orders.length).toBe(1);
});

test('an empty order is not sent: each field says what it needs, and the first takes the focus', async ({
  page,
  hub,
}) => {
  hub.settings = { form: { consent: 'The bakery may call me.' } };
  await open(page, hub);
  await send(page).click();
  await expect(phone(page)).toBeFocused();
  await expect(page.locator('.problem')).toHaveText([
    'This is not a number we can call. Write it with the country code.',
    'This is not an e-mail address. It looks like name@example.com.',
    'Choose a time.',
    'We may call you only if you agree.',
  ]);
  await expect(phone(page)).toHaveAccessibleDescription(/not a number/);
  expect(hub.orders).toEqual([]);
  await fill(page);
  await page.getByRole('checkbox', { name: 'The bakery may call me.' }).check();
  await expect(page.locator('.problem')).toHaveCount(0);
  await send(page).click();
  await expect(page.getByRole('heading', { name: 'We will call you' })).toBeVisible();
  expect(hub.orders[0]?.consented).toBe(true);
});

for (const [wrong, words] of [
  ['12ab', 'not a number'],
  ['no number', 'not a number'],
] as const) {
  test(`"${wrong}" is no phone number`, async ({ page, hub }) => {
    await open(page, hub);
    await fill(page);
    await phone(page).fill(wrong);
    await send(page).click();
    await expect(phone(page)).toHaveAccessibleDescription(new RegExp(words));
    expect(hub.orders).toEqual([]);
  });
}

const REFUSALS = {
  phone: 'This is not a number we can call. Write it with the country code.',
  email: 'This is not an e-mail address. It looks like name@example.com.',
  date: 'No call can be ordered for this day. Choose another one.',
  time: 'This time cannot be had any more. Choose another one.',
  name: 'This name is too long, or contains signs that cannot be shown.',
  note: 'This text is too long, or contains signs that cannot be shown.',
} as const;

for (const [field, words] of Object.entries(REFUSALS)) {
  test(`what the hub refuses at /${field} is said at its field, and everything typed stays`, async ({ page, hub }) => {
    hub.answer = () => ({ status: 400, body: { code: 'invalid', pointer: `/${field}`, status: 400, title: 'no' } });
    await open(page, hub);
    await fill(page);
    await page.getByLabel(/^Name/).fill('Vera');
    await send(page).click();
    await expect(page.locator('.problem')).toHaveText([words]);
    await expect(phone(page)).toHaveValue('+48 601 234 567');
    await expect(email(page)).toHaveValue('vera@example.com');
    await expect(page.getByLabel(/^Name/)).toHaveValue('Vera');
    await expect(day(page, 'Thursday 11 March')).toBeChecked();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid'))).toBe('true');
  });
}

const TROUBLES = {
  'too many orders': [{ status: 429, body: { code: 'rate', retry_after_ms: 1000 } }, /Too many orders/],
  'a hub in trouble': [{ status: 503, body: { code: 'unavailable' } }, /could not be taken/],
  'a package that is gone': [{ status: 404, body: { code: 'unknown_package' } }, /could not be taken/],
  'a lost network': ['cut', /not known whether your order arrived/],
} as const;

for (const [name, [answer, words]] of Object.entries(TROUBLES)) {
  test(`${name} is told, nothing typed is lost, and a second try works`, async ({ page, hub }) => {
    const usual = hub.answer;
    hub.answer = () => answer;
    await open(page, hub);
    await fill(page);
    await send(page).click();
    await expect(page.getByRole('alert')).toHaveText(words);
    await expect(phone(page)).toHaveValue('+48 601 234 567');
    await expect(time(page, '10:30')).toBeChecked();
    hub.answer = usual;
    await send(page).click();
    await expect(page.getByRole('heading', { name: 'We will call you' })).toBeVisible();
    // Whatever became of the first, it is the same order; where a line breaks, browsers ask again by themselves, too.
    expect(hub.orders.length).toBeGreaterThan(1);
    expect(new Set(hub.orders.map(({ cid }) => cid)).size).toBe(1);
  });
}

test('without a network nothing is ordered, that is said, and the order works when it is back', async ({
  page,
  hub,
}) => {
  await open(page, hub);
  await fill(page);
  await page.context().setOffline(true);
  await send(page).click();
  await expect(page.getByRole('alert')).toHaveText(/There is no connection, so nothing was ordered/);
  expect(hub.orders).toEqual([]);
  await page.context().setOffline(false);
  await expect(phone(page)).toHaveValue('+48 601 234 567');
  await send(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('We will call you');
  expect(hub.orders.length).toBe(1);
});

test('going back and coming again keeps what was typed', async ({ page, hub }) => {
  await open(page, hub);
  await fill(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How can we help?');
  await page.getByRole('button', { name: 'Order a call' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(phone(page)).toHaveValue('+48 601 234 567');
  await expect(time(page, '10:30')).toBeChecked();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How can we help?');
});

test('an order needs no mouse', async ({ page, hub }) => {
  await page.goto(hub.address);
  await expect(page.getByRole('radio').first()).toBeVisible();
  const keys = page.keyboard;
  await page.getByRole('button', { name: 'Chat with us' }).focus();
  await keys.press('Tab');
  await keys.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Order a call' })).toBeFocused();
  await keys.press('Tab');
  await keys.type('+48601234567');
  await keys.press('Tab');
  await keys.type('vera@example.com');
  await keys.press('Tab');
  await keys.press('ArrowRight');
  await expect(day(page, 'Thursday 11 March')).toBeChecked();
  // The date field has a stop for each of its parts.
  const isOnTimes = () => page.evaluate(() => document.activeElement?.matches('[name=time]') === true);
  for (let stops = 0; stops < 6 && !(await isOnTimes()); stops += 1) await keys.press('Tab');
  await keys.press('Space');
  await keys.press('ArrowRight');
  await expect(time(page, '08:30')).toBeChecked();
  await keys.press('Tab');
  await keys.type('Vera');
  await keys.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'We will call you' })).toBeFocused();
  expect(hub.orders).toEqual([
    {
      cid: expect.stringMatching(/^[0-9a-f]{24}$/),
      package: 'demo',
      phone: '+48601234567',
      email: 'vera@example.com',
      date: '2027-03-11',
      time: '08:30',
      name: 'Vera',
      consultant: 'anna',
    },
  ]);
  await keys.press('Escape');
  await expect(page.getByRole('heading', { level: 1, name: 'How can we help?' })).toBeFocused();
});

test('what changes by itself takes the focus from nobody', async ({ page, hub }) => {
  await open(page, hub);
  await phone(page).focus();
  hub.team = TEAM.map((member) => ({ ...member, status: 'away' }));
  hub.open = false;
  hub.present();
  await expect(page.locator('.person').first()).toContainText('Away');
  await expect(phone(page)).toBeFocused();
});
