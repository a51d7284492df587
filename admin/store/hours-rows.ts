// The three rows of working hours (weekdays, Saturday, Sunday) and the week they stand for.
import type { Day, Interval, Week } from '../../widget/kit/wire';

export const ROWS = ['weekdays', 'saturday', 'sunday'] as const;
export type Row = (typeof ROWS)[number];

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type DayName = (typeof DAYS)[number];

/** Half-hours of a day; 48 is 24:00. */
export const DAY_STEPS = 48;

/** What chosen hours begin with. */
export const OFFICE: Interval = { from: '09:00', to: '17:00' };

const DAYS_OF: Readonly<Record<Row, readonly DayName[]>> = {
  weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'],
  saturday: ['sat'],
  sunday: ['sun'],
};

export function daysOf(row: Row): readonly DayName[] {
  return DAYS_OF[row];
}

/** Half-hours since midnight: `09:30` is 19. */
export function steps(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 2 + minutes / 30;
}

/** The time so many half-hours after midnight: 48 is `24:00`. */
export function clockTime(steps: number): string {
  return `${String(Math.floor(steps / 2)).padStart(2, '0')}:${steps % 2 === 0 ? '00' : '30'}`;
}

/** It ends on the next day. */
export function isPastMidnight({ from, to }: Interval): boolean {
  return steps(to) <= steps(from);
}

/** The day of each row, or null when the week says more than three rows can. */
export function rowsOf(week: Week): Record<Row, Day> | null {
  const weekdays = week.mon;
  const areAlike = daysOf('weekdays').every((name) => asText(week[name]) === asText(weekdays));
  const rows = { weekdays, saturday: week.sat, sunday: week.sun };
  return areAlike && ROWS.every((row) => isSimple(rows[row])) ? rows : null;
}

/** The week with another day in every place of a row. */
export function withRow(week: Week, row: Row, day: Day): Week {
  const changed = { ...week };
  for (const name of daysOf(row)) changed[name] = day;
  return changed;
}

/** The nearest week three rows can say: Monday stands for all weekdays, of several intervals the first and last times. */
export function simplified(week: Week): Week {
  const simple = withRow(week, 'weekdays', plain(week.mon));
  return { ...simple, sat: plain(week.sat), sun: plain(week.sun) };
}

/** Intervals as they have to be: in order, without overlap, the last one maybe into the next day. */
export function areOrdered(intervals: readonly Interval[]): boolean {
  return intervals.every((interval, index) => {
    const next = intervals[index + 1];
    return next === undefined || (!isPastMidnight(interval) && steps(interval.to) <= steps(next.from));
  });
}

/** A further interval that fits behind the others, or undefined when the day is full. */
export function further(intervals: readonly Interval[]): Interval | undefined {
  const last = intervals.at(-1);
  if (last === undefined) return OFFICE;
  const begin = steps(last.to) + 2;
  if (isPastMidnight(last) || begin >= DAY_STEPS) return undefined;
  return { from: clockTime(begin), to: clockTime(Math.min(begin + 4, DAY_STEPS)) };
}

function isSimple(day: Day): boolean {
  if (day.open !== 'hours') return true;
  const [only, ...more] = day.intervals;
  return only !== undefined && more.length === 0 && !isPastMidnight(only);
}

function plain(day: Day): Day {
  if (day.open !== 'hours') return day;
  const [first = OFFICE] = day.intervals;
  const last = day.intervals.at(-1) ?? first;
  const to = isPastMidnight(last) ? clockTime(DAY_STEPS) : last.to;
  return { open: 'hours', intervals: [{ from: first.from, to }] };
}

function asText(day: Day): string {
  if (day.open !== 'hours') return day.open;
  return day.intervals.map(({ from, to }) => `${from}-${to}`).join(' ');
}
