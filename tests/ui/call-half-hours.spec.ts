/** Which days and half-hours can be chosen, on every clock, and what is said where there are none. */
import { day, email, open, otherDay, phone, pick, send, time } from './call-form';
import { expect, steps, test } from './call-hub';

test('days without a half-hour cannot be chosen, nor can days gone by', async ({ page, hub }) => {
  await open(page, hub);
  await expect(day(page, 'Saturday 13 March')).toBeDisabled();
  await expect(day(page, 'Sunday 14 March')).toBeDisabled();
  await expect(page.getByRole('radio', { name: 'Tuesday 9 March' })).toHaveCount(0);
  await expect(otherDay(page)).toHaveAttribute('min', '2027-03-10');
  await expect(otherDay(page)).toHaveAttribute('max', '2028-03-09');
  await otherDay(page).fill('2027-03-09');
  await expect(page.getByText('This day has passed. Choose a later one.')).toBeVisible();
  await expect(page.locator('.time')).toHaveCount(0);
  await otherDay(page).fill('2028-03-10');
  await expect(page.getByText('This is more than a year ahead. Choose an earlier day.')).toBeVisible();
  await phone(page).fill('+48 601 234 567');
  await email(page).fill('vera@example.com');
  await send(page).click();
  expect(hub.orders).toEqual([]);
  await otherDay(page).fill('2028-03-09');
  await expect(page.locator('.problem')).toHaveCount(0);
  await expect(time(page, '08:00')).toBeVisible();
});

test('a day beyond the two weeks is asked for, and a closed one leads to the next open day', async ({ page, hub }) => {
  await open(page, hub);
  await otherDay(page).fill('2027-06-12');
  await expect(page.getByText('No time is left on that day.')).toBeVisible();
  await page.getByRole('button', { name: 'Next open day: Monday 14 June' }).click();
  await expect(otherDay(page)).toHaveValue('2027-06-14');
  await pick(page, '08:30');
  await expect(send(page)).toHaveText('Order: Monday 14 June, 08:30');
});

test('half-hours that have passed go away by themselves', async ({ page, hub }) => {
  await page.clock.install({ time: hub.now });
  await page.goto(`${hub.address}#order`);
  await expect(time(page, '09:30')).toBeVisible();
  await page.clock.fastForward(16 * 60_000);
  await expect(time(page, '09:30')).toHaveCount(0);
  await expect(time(page, '10:00')).toBeVisible();
});

test('on the day the clock changes only the half-hours that exist can be chosen', async ({ page, hub }) => {
  hub.now = Date.UTC(2027, 2, 27, 12, 0);
  const skipped = ['02:00', '02:30'];
  hub.halfHours = () => steps(2, 8).filter((each) => !skipped.includes(each));
  await page.goto(`${hub.address}#order`);
  await pick(page, '2027-03-28');
  await expect(page.locator('.time')).toHaveText(['01:00', '01:30', '03:00', '03:30']);
});

test.describe('far away', () => {
  test.use({ timezoneId: 'America/New_York' });

  test('times stand on both clocks, also across the change of one of them', async ({ page, hub }) => {
    // Warsaw leaves summer time a week before New York does.
    hub.now = Date.UTC(2027, 9, 30, 12, 0);
    hub.halfHours = () => ['01:30', '02:30', '03:00'];
    await page.goto(`${hub.address}#order`);
    await pick(page, '2027-10-31');
    await expect(page.locator('.time')).toHaveText(['01:3019:30', '02:3020:30', '03:0022:00']);
    await expect(page.getByText('Times in Central European Time, below them in yours: Eastern Time.')).toBeVisible();
    await expect(page.getByRole('radio', { name: '02:30, 20:30 your time' })).toBeVisible();
    hub.answer = (order) => ({
      status: 201,
      body: { id: '1', at: Date.UTC(2027, 9, 31, 0, 30), date: order.date, time: order.time, zone: 'Europe/Warsaw' },
    });
    await phone(page).fill('+1 212 555 0100');
    await email(page).fill('vera@example.com');
    await pick(page, '02:30');
    await send(page).click();
    await expect(page.getByText('Sunday 31 October, 02:30')).toBeVisible();
    await expect(page.getByText('On your clock: Saturday 30 October, 20:30.')).toBeVisible();
  });
});

test('while half-hours cannot be had, that is said, and trying again works', async ({ page, hub }) => {
  const usual = hub.halfHours;
  hub.halfHours = () => undefined;
  await page.goto(`${hub.address}#order`);
  await expect(page.getByText('The free times could not be loaded.')).toBeVisible();
  hub.halfHours = usual;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(day(page, 'Wednesday 10 March')).toBeChecked();
  await expect(time(page, '09:30')).toBeVisible();
});

test('a package that never opens takes no orders, and says so', async ({ page, hub }) => {
  const closed = { open: 'closed' };
  const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((name) => [name, closed]));
  hub.settings = { hours: { week, exceptions: [] } };
  hub.halfHours = () => [];
  await page.goto(`${hub.address}#order`);
  await expect(page.getByText('No calls can be ordered at the moment.')).toBeVisible();
});

test('typing into a page full of half-hours makes no new date formats', async ({ page, hub }) => {
  await page.addInitScript(() => {
    const made = { count: 0 };
    Reflect.set(window, 'formats', made);
    Intl.DateTimeFormat = new Proxy(Intl.DateTimeFormat, {
      construct(target, given) {
        made.count += 1;
        return Reflect.construct(target, given);
      },
    });
  });
  hub.halfHours = () => steps(0, 48);
  await page.goto(`${hub.address}#order`);
  await pick(page, '2027-03-11');
  await expect(page.locator('.time')).toHaveCount(48);
  await phone(page).fill('+4');
  const made = () => page.evaluate(() => Number(Reflect.get(Reflect.get(window, 'formats'), 'count')));
  const before = await made();
  await phone(page).pressSequentially('8601234567');
  expect(await made()).toBe(before);
});
