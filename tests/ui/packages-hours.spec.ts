// Working hours in the editor: three rows by sliders, each day in detail, exceptions, the zone; consultants.
import type { Page } from '@playwright/test';
import { DESKTOP, expect, test } from './admin-kit';
import { asOwner, edit, kept, pick, save } from './packages-kit';

test.use(DESKTOP);
// Stories of many steps: on a busy machine each step alone may take seconds.
test.describe.configure({ timeout: 120_000 });

const slider = (page: Page, name: string) => page.getByRole('slider', { name, exact: true });
const hours = (...intervals: [string, string][]) => ({
  open: 'hours',
  intervals: intervals.map(([from, to]) => ({ from, to })),
});

/** Begins from hours everybody knows. */
async function officeHours(page: Page): Promise<void> {
  if (await page.getByRole('button', { name: 'Three rows' }).isVisible()) {
    await page.getByRole('button', { name: 'Three rows' }).click();
  }
  for (const day of ['Weekdays', 'Saturday', 'Sunday']) await pick(page, day, 'Hours').check();
}

test('three rows are set by keyboard in half-hours, up to 24:00', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'common');
  await officeHours(page);

  await slider(page, 'Weekdays: opens').press('Home');
  await slider(page, 'Weekdays: closes').press('End');
  await expect(slider(page, 'Weekdays: opens')).toHaveAttribute('aria-valuetext', 'from 00:00');
  await expect(slider(page, 'Weekdays: closes')).toHaveAttribute('aria-valuetext', 'to 24:00');
  await slider(page, 'Weekdays: opens').press('ArrowRight');
  await slider(page, 'Saturday: opens').press('End');
  await expect(slider(page, 'Saturday: closes')).toHaveAttribute('aria-valuetext', /^to /);
  await pick(page, 'Sunday', 'Closed').check();
  await save(page);

  const { week } = (await kept(page, hub)).settings.hours;
  for (const day of [week.mon, week.tue, week.wed, week.thu, week.fri]) expect(day).toEqual(hours(['00:30', '24:00']));
  expect(week.sun).toEqual({ open: 'closed' });
  const [saturday] = week.sat.open === 'hours' ? week.sat.intervals : [];
  expect(saturday !== undefined && saturday.from < saturday.to).toBe(true);
});

test('a handle follows the pointer and never passes the other', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'common');
  await officeHours(page);
  const track = page.locator('.half-hours-track').first();
  await track.scrollIntoViewIfNeeded();
  const box = (await track.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const thumb = 20;
  const at = (half: number) => box.x + thumb / 2 + ((box.width - thumb) * half) / 48;
  const middle = box.y + box.height / 2;
  await slider(page, 'Weekdays: opens').press('Home');
  await slider(page, 'Weekdays: closes').press('End');

  await page.mouse.move(at(0), middle);
  await page.mouse.down();
  await page.mouse.move(at(20), middle, { steps: 5 });
  await page.mouse.up();
  await expect(slider(page, 'Weekdays: opens')).toHaveAttribute('aria-valuetext', 'from 10:00');

  await page.mouse.move(at(48), middle);
  await page.mouse.down();
  await page.mouse.move(at(4), middle, { steps: 5 });
  await page.mouse.up();
  await expect(slider(page, 'Weekdays: closes')).toHaveAttribute('aria-valuetext', 'to 10:30');
});

test('days differ, have several intervals and go past midnight; dates have hours of their own', async ({
  page,
  hub,
}) => {
  await asOwner(page, hub);
  await edit(page, hub, 'common');
  await officeHours(page);

  await page.getByRole('button', { name: 'Different days, several intervals' }).click();
  await page.getByLabel('Monday, interval 1: from').selectOption('08:00');
  await page.getByLabel('Monday, interval 1: to').selectOption('12:00');
  await page.getByRole('button', { name: 'Monday: add an interval' }).click();
  await page.getByLabel('Monday, interval 2: to').selectOption('17:30');
  await page.getByLabel('Friday, interval 1: from').selectOption('22:00');
  await page.getByLabel('Friday, interval 1: to').selectOption({ label: '02:00 next day' });
  await pick(page, 'Sunday', 'All day').check();
  await page.getByRole('button', { name: 'Add a date' }).click();
  await page.getByRole('textbox', { name: 'Date' }).fill('2027-12-24');
  await page.getByLabel('Note').fill('Christmas Eve');
  await pick(page, 'Exception 2027-12-24', 'Hours').check();
  await page.getByLabel('Exception 2027-12-24, interval 1: to').selectOption('24:00');
  await save(page);

  const kind = (await kept(page, hub)).settings.hours;
  expect(kind.week.mon).toEqual(hours(['08:00', '12:00'], ['13:00', '17:30']));
  expect(kind.week.fri).toEqual(hours(['22:00', '02:00']));
  expect(kind.week.sun).toEqual({ open: 'all_day' });
  expect(kind.exceptions).toEqual([{ date: '2027-12-24', note: 'Christmas Eve', day: hours(['09:00', '24:00']) }]);

  await page.reload();
  await expect(page.getByLabel('Monday, interval 2: from')).toHaveValue('13:00');
  await page.getByRole('button', { name: 'Remove the exception 2027-12-24' }).click();
  await page.getByRole('button', { name: 'Three rows' }).click();
  await expect(slider(page, 'Weekdays: closes')).toHaveAttribute('aria-valuetext', 'to 17:30');
  await save(page);
  const rows = (await kept(page, hub)).settings.hours;
  expect(rows.week.fri).toEqual(hours(['08:00', '17:30']));
  expect(rows.exceptions).toEqual([]);
});

test('the days ahead follow what was saved', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'common');
  await officeHours(page);
  await slider(page, 'Weekdays: opens').press('Home');
  await slider(page, 'Weekdays: closes').press('End');
  for (const day of ['Saturday', 'Sunday']) await pick(page, day, 'Closed').check();
  await save(page);

  await page.getByText('The days ahead, as saved').click();
  const days = page.locator('.next-days dl > div');
  await expect(days).toHaveCount(10);
  for (const words of await days.allTextContents()) {
    expect(words).toMatch(/^S(at|un)/.test(words) ? /Closed$/ : /00:00–24:00$/);
  }

  await pick(page, 'Weekdays', 'Closed').check();
  await save(page);
  await expect(days.filter({ hasText: 'Closed' })).toHaveCount(10);
});

test('overlapping intervals and a date that stands twice are shown at their place', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'common');
  await officeHours(page);
  await page.getByRole('button', { name: 'Different days, several intervals' }).click();
  await page.getByLabel('Monday, interval 1: to').selectOption('12:00');
  await page.getByRole('button', { name: 'Monday: add an interval' }).click();
  await page.getByLabel('Monday, interval 2: from').selectOption('11:00');
  for (const index of [0, 1]) {
    await page.getByRole('button', { name: 'Add a date' }).click();
    await page.getByRole('textbox', { name: 'Date' }).nth(index).fill('2027-12-24');
  }
  await page.keyboard.press('Control+s');

  await expect(page.locator('.hours-day', { hasText: 'Monday' })).toContainText('must not overlap');
  await expect(page.locator('.exceptions li').nth(1)).toContainText('Each exception needs a date of its own');
  await expect(page.locator('.save-bar')).toContainText('2 fields need a look:');
});

test('the zone of the browser is offered', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'common');
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');

  await page.getByRole('button', { name: 'Use Europe/Warsaw, the zone of this browser' }).click();

  await expect(page.getByLabel('Time zone')).toHaveValue('Europe/Warsaw');
});

test('consultants are chosen and put in order by keyboard and by dragging', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'common');
  const rows = page.locator('.consultant-list li[data-chosen=true]');

  await pick(page, 'Who serves this package', 'Chosen').check();
  const names = (await rows.locator('label').allTextContents()).map((text) => text.trim());
  expect(names.length).toBeGreaterThan(1);
  await rows.first().getByRole('button').focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1).getByRole('button')).toBeFocused();
  const ids = async () => (await kept(page, hub)).settings.consultants;
  await save(page);
  const turned = await ids();

  const grip = (await rows.nth(1).getByRole('button').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(grip.x + 10, grip.y + 10);
  await page.mouse.down();
  await page.mouse.move(grip.x + 10, grip.y - 38, { steps: 6 });
  await page.mouse.up();
  await save(page);
  expect(await ids()).toEqual([...(turned ?? [])].reverse());

  while ((await rows.count()) > 0) await rows.first().getByRole('checkbox').uncheck();
  await expect(page.getByText(/^Nobody is chosen/)).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.locator('.consultants')).toContainText('Choose at least one.');
  await pick(page, 'Who serves this package', 'Everybody').check();
  await save(page);
  expect(await ids()).toBeNull();
});
