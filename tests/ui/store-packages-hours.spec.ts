// Three rows and the week they stand for; what is wrong before the hub is asked; who serves; the preview's turn.
import { expect, test } from '@playwright/test';
import type { Colleague, Draft, PreviewButton } from '../../admin/store/api-packages';
import { areOrdered, clockTime, further, rowsOf, simplified, steps, withRow } from '../../admin/store/hours-rows';
import { timesOf } from '../../admin/store/open-days';
import { freeId, hasSeconds, hasUnstick, linesOf, problemsOf } from '../../admin/store/package-checks';
import { candidates, moved, toggled } from '../../admin/store/package-consultants';
import { inState, PackagePreview, shownColor } from '../../admin/store/package-preview';
import type { Button, PackageSettings } from '../../widget/kit/settings';
import { FakeWorld } from './fake-world';
import { ANNA, BEN, hours, SETTINGS, WEEK } from './store-packages-world';

const wrong = (part: Partial<PackageSettings>, name = 'Shop') =>
  problemsOf({ name, settings: { ...SETTINGS, ...part } } satisfies Draft).map(({ pointer }) => pointer);
const wrongButton = (part: Partial<Button>) => wrong({ button: { ...SETTINGS.button, ...part } });
const chars = (count: number) => 'ż'.repeat(count);

test('half-hours and their times are the same thing, 24:00 among them', () => {
  expect([0, 19, 47, 48].map(clockTime)).toEqual(['00:00', '09:30', '23:30', '24:00']);
  for (let step = 0; step <= 48; step += 1) expect(steps(clockTime(step))).toBe(step);
});

test('a week of three rows is shown as three rows, and any other is not', () => {
  expect(rowsOf(WEEK)).toEqual({ weekdays: WEEK.mon, saturday: WEEK.sat, sunday: WEEK.sun });
  expect(rowsOf({ ...WEEK, sun: { open: 'all_day' } })).not.toBeNull();
  expect(rowsOf({ ...WEEK, sat: hours(['00:00', '24:00']) })).not.toBeNull();

  expect(rowsOf({ ...WEEK, wed: { open: 'closed' } })).toBeNull();
  expect(rowsOf({ ...WEEK, sat: hours(['08:00', '12:00'], ['13:00', '15:00']) })).toBeNull();
  expect(rowsOf({ ...WEEK, sat: hours(['22:00', '02:00']) })).toBeNull();
});

test('a row changes its days and no others', () => {
  const changed = withRow(WEEK, 'weekdays', { open: 'all_day' });

  expect([changed.mon, changed.tue, changed.wed, changed.thu, changed.fri]).toEqual(
    Array.from({ length: 5 }, () => ({ open: 'all_day' })),
  );
  expect([changed.sat, changed.sun]).toEqual([WEEK.sat, WEEK.sun]);
  expect(rowsOf(changed)?.weekdays).toEqual({ open: 'all_day' });
});

test('simplified, a week becomes the nearest three rows', () => {
  const simple = simplified({
    ...WEEK,
    mon: hours(['08:00', '12:00'], ['13:00', '17:00']),
    wed: { open: 'closed' },
    sat: hours(['20:00', '02:00']),
  });

  expect(rowsOf(simple)).toEqual({
    weekdays: hours(['08:00', '17:00']),
    saturday: hours(['20:00', '24:00']),
    sunday: { open: 'closed' },
  });
});

test('intervals stand in order, and only the last may go past midnight', () => {
  const ordered = (...intervals: [string, string][]) => areOrdered(intervals.map(([from, to]) => ({ from, to })));

  expect(ordered(['08:00', '12:00'], ['12:00', '24:00'])).toBe(true);
  expect(ordered(['08:00', '12:00'], ['22:00', '02:00'])).toBe(true);
  expect(ordered(['08:00', '12:00'], ['11:30', '13:00'])).toBe(false);
  expect(ordered(['22:00', '02:00'], ['23:00', '23:30'])).toBe(false);
});

test('a further interval fits behind the others while there is room', () => {
  expect(further([])).toEqual({ from: '09:00', to: '17:00' });
  expect(further([{ from: '08:00', to: '12:00' }])).toEqual({ from: '13:00', to: '15:00' });
  expect(further([{ from: '08:00', to: '22:30' }])).toEqual({ from: '23:30', to: '24:00' });
  expect(further([{ from: '08:00', to: '23:00' }])).toBeUndefined();
  expect(further([{ from: '22:00', to: '02:00' }])).toBeUndefined();
});

test('the seconds are asked for in one case, coming off the edge in four', () => {
  const button = (part: Partial<Button>) => ({ ...SETTINGS.button, ...part });

  const reveals = ['always', 'click', 'seconds'] as const;
  expect(reveals.map((reveal) => hasSeconds(button({ reveal })))).toEqual([false, false, true]);
  expect(hasUnstick(button({ reveal: 'click', stick: 'both' }))).toBe(true);
  expect(hasUnstick(button({ reveal: 'seconds', stick: 'vertical' }))).toBe(true);
  expect(hasUnstick(button({ reveal: 'always', stick: 'both' }))).toBe(false);
  expect(hasUnstick(button({ reveal: 'click', stick: 'none' }))).toBe(false);
});

test('every limit holds at its edge', () => {
  const address = (length: number) => `https://bakery.example/${'x'.repeat(length - 23)}`;
  expect(wrong({})).toEqual([]);
  expect([wrong({}, ''), wrong({}, ' '), wrong({}, chars(26))]).toEqual([['/name'], ['/name'], ['/name']]);
  expect(wrong({}, chars(25))).toEqual([]);
  for (const [most, part] of [
    [100, (text: string) => wrong({ company: text })],
    [60, (text: string) => wrongButton({ label: text })],
    [50, (text: string) => wrong({ page: { ...SETTINGS.page, heading: text } })],
    [200, (text: string) => wrong({ page: { ...SETTINGS.page, subheading: text } })],
    [500, (text: string) => wrong({ form: { fields: [], consent: text } })],
    [200, (text: string) => wrong({ message: { is_offered: true, text } })],
  ] as const) {
    expect(part(chars(most)), `${most}`).toEqual([]);
    expect(part(chars(most + 1)), `${most}`).toHaveLength(1);
  }
  expect([wrong({ web_address: address(100) }), wrong({ web_address: address(101) })]).toEqual([
    [],
    ['/settings/web_address'],
  ]);
  const seconds = (value: number) => wrongButton({ reveal: 'seconds', reveal_seconds: value });
  expect([1, 3600].flatMap(seconds)).toEqual([]);
  for (const value of [0, 3601, 1.5, Number.NaN]) expect(seconds(value)).toEqual(['/settings/button/reveal_seconds']);
});

test('what is no address, color, path, site, date or hour is seen', () => {
  for (const web of ['bakery.example', 'ftp://bakery.example', 'https://', 'javascript:alert(1)']) {
    expect(wrong({ web_address: web }), web).toEqual(['/settings/web_address']);
  }
  for (const brand of ['red', '#fff', '']) expect(wrongButton({ brand })).toEqual(['/settings/button/brand']);
  expect(wrongButton({ brand: '#0B8050' })).toEqual([]);
  expect(wrongButton({ show_on: ['/shop/*', '*.html'], hide_on: ['shop'] })).toEqual(['/settings/button/hide_on']);
  expect(wrong({ sites: ['https://bakery.example'] })).toEqual([]);
  expect(wrong({ sites: ['https://bakery.example/shop'] })).toEqual(['/settings/sites']);
  expect(wrong({ consultants: [] })).toEqual(['/settings/consultants']);
  const day = (date: string) => ({ date, note: '', day: { open: 'closed' as const } });
  expect(wrong({ hours: { week: WEEK, exceptions: [day('2026-12-24'), day('2026-12-24'), day('')] } })).toEqual([
    '/settings/hours/exceptions/1',
    '/settings/hours/exceptions/2',
  ]);
  expect(wrong({ hours: { week: { ...WEEK, sat: hours() }, exceptions: [] } })).toEqual(['/settings/hours/week/sat']);
});

test('questions need a text and get ids nobody has', () => {
  const field = (id: string, label: string) => ({ id, label, kind: 'text' as const, is_required: false });

  expect(wrong({ form: { fields: [field('a', 'Order?'), field('b', ' ')], consent: '' } })).toEqual([
    '/settings/form/fields/1/label',
  ]);
  expect(freeId('question', [])).toBe('question');
  expect(freeId('question', ['question', 'question_3'])).toBe('question_2');
});

test('a list field forgets blank lines', () => {
  expect(linesOf(' /shop/* \n\n/about\n')).toEqual(['/shop/*', '/about']);
});

test('chosen consultants stand first, in their order; a deleted one can still be taken out', () => {
  const colleague = (id: string, takesCalls = true): Colleague => ({
    id,
    given_name: id,
    family_name: '',
    takes_calls: takesCalls,
    has_joined: true,
  });
  const all = [colleague(ANNA), colleague(BEN), colleague('0000000000003', false)];

  const list = candidates(all, [BEN, 'gone']);

  expect(list.map(({ id, isChosen }) => [id, isChosen])).toEqual([
    [BEN, true],
    ['gone', true],
    [ANNA, false],
  ]);
  expect(list[1]?.colleague).toBeUndefined();
  expect(moved([ANNA, BEN, 'c'], 'c', 0)).toEqual(['c', ANNA, BEN]);
  expect(toggled([ANNA, BEN], ANNA)).toEqual([BEN]);
  expect(toggled([BEN], ANNA)).toEqual([BEN, ANNA]);
});

test('the windows of a date are cut at its midnights, in the zone of the package', () => {
  const at = (text: string) => Date.parse(text);
  const night = { opens: at('2026-12-24T21:00Z'), closes: at('2026-12-25T01:00Z') };
  const always = { opens: at('2026-01-01T00:00Z'), closes: at('2027-12-31T00:00Z') };

  expect(timesOf({ date: '2026-12-24', windows: [night] }, 'Europe/Warsaw')).toEqual([{ from: '22:00', to: '24:00' }]);
  expect(timesOf({ date: '2026-12-25', windows: [night] }, 'Europe/Warsaw')).toEqual([{ from: '00:00', to: '02:00' }]);
  expect(timesOf({ date: '2026-12-24', windows: [night] }, 'America/New_York')).toEqual([
    { from: '16:00', to: '20:00' },
  ]);
  expect(timesOf({ date: '2026-12-24', windows: [always] }, 'Asia/Tokyo')).toEqual([{ from: '00:00', to: '24:00' }]);
  expect(timesOf({ date: '2026-12-24', windows: [] }, 'UTC')).toEqual([]);
});

test('the preview asks once typing rests, and an older answer never covers a newer one', async () => {
  const world = new FakeWorld();
  const answers: ((button: PreviewButton) => void)[] = [];
  const asked: PackageSettings[] = [];
  const api = {
    preview: (_id: string, settings: PackageSettings) => {
      asked.push(settings);
      return new Promise<{ ok: true; value: { button: PreviewButton } }>((resolve) => {
        answers.push((button) => resolve({ ok: true, value: { button } }));
      });
    },
  };
  const preview = new PackagePreview('0000000000011', api, world);

  preview.show(SETTINGS);
  await world.pass(100);
  preview.show({ ...SETTINGS, company: 'B' });
  await world.pass(300);
  expect(asked.map(({ company }) => company)).toEqual(['B']);

  preview.show({ ...SETTINGS, company: 'C' });
  await world.pass(300);
  answers[1]?.({ look: '--a:#0b8050', reveal: 0 });
  await world.pass(0);
  answers[0]?.({ look: '--a:#cb4900', reveal: 0 });
  await world.pass(0);

  expect(preview.button.value?.look).toBe('--a:#0b8050');
});

test('each state of the preview is the loader with other settings', () => {
  const button = { look: '--a:#1763e0;--b:#1b49c4', reveal: 10 };

  expect(inState(button, true).reveal).toBeLessThan(0.01);
  expect(inState(button, false).reveal).toBeGreaterThan(3_600);
  expect(inState({ ...button, reveal: 0 }, false).reveal).toBe(0);
  expect(shownColor(button)).toBe('#1763e0');
});
