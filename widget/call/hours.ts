/** Working hours as a visitor reads them: what holds on a date, and how it is said. */
import type { Day, Hours } from '../kit/wire';
import { t, timeText } from './speech';
import { addDays } from './times';

const WEEK = 7;
const NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Between the ends of an interval; no line breaks there, and the earlier end stays on the left in every language. */
const DASH = '\u200e–\u200e\u2060';

/** One line of the week. */
export interface HoursLine {
  readonly date: string;
  readonly day: Day;
  /** Differs from the usual day of the week. */
  readonly isException: boolean;
}

/** What holds on a date: its exception, else its day of the week. */
export function lineOf({ week, exceptions }: Hours, date: string): HoursLine {
  const exception = exceptions.find((each) => each.date === date);
  const name = NAMES[new Date(date).getUTCDay()] ?? 'sun';
  return { date, day: exception?.day ?? week[name], isException: exception !== undefined };
}

/** The seven days from a date on. */
export function weekFrom(hours: Hours, date: string): HoursLine[] {
  return Array.from({ length: WEEK }, (_, day) => lineOf(hours, addDays(date, day)));
}

/** A day in words: "09:00–12:00, 13:00–17:00". */
export function dayHours(day: Day): string {
  if (day.open === 'all_day') return t('hours.all_day');
  if (!isOpenOn(day)) return t('hours.closed');
  const intervals = day.open === 'hours' ? day.intervals : [];
  return intervals.map(({ from, to }) => timeText(from) + DASH + timeText(to)).join(', ');
}

/** Is there any time on this day? */
export function isOpenOn(day: Day): boolean {
  return day.open === 'all_day' || (day.open === 'hours' && day.intervals.length > 0);
}
