// How far away a time is, in words: in 20 minutes, tomorrow, 3 days ago.
import type { Moment } from '../../widget/kit/wire';
import { language } from '../store/texts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function inWords(at: Moment, now: Moment): string {
  const words = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' });
  const away = at - now;
  if (Math.abs(away) < HOUR) return words.format(Math.round(away / MINUTE), 'minute');
  if (Math.abs(away) < DAY) return words.format(Math.round(away / HOUR), 'hour');
  // By the calendar: 30 hours from an evening are the day after tomorrow.
  return words.format(Math.round((midnight(at) - midnight(now)) / DAY), 'day');
}

function midnight(at: Moment): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
