/** Times as people say them. "Now" is passed in, so every rule can be tested. */
import type { ChatLine } from '../kit/lines';
import type { Moment } from '../kit/wire';

/** Beyond this a name of a day does not say which. */
const WEEK_MS = 6 * 86_400_000;
/** Lines of one person this close together share one time. */
const GROUP_MS = 5 * 60_000;

/** Hours and minutes, as the language writes them. */
export function clock(at: Moment, language: string): string {
  return new Date(at).toLocaleString(language, { timeStyle: 'short' });
}

/** How many midnights lie between two moments, in the visitor's time zone. */
export function daysApart(from: Moment, to: Moment): number {
  const midnight = (at: Moment) => {
    const day = new Date(at);
    return Date.UTC(day.getFullYear(), day.getMonth(), day.getDate());
  };
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}

/** Today and yesterday by name, other days by date. */
export function dayName(
  at: Moment,
  now: Moment,
  language: string,
  names: { today: string; yesterday: string },
): string {
  const days = daysApart(at, now);
  if (days <= 0) return names.today;
  if (days === 1) return names.yesterday;
  return new Date(at).toLocaleString(language, { weekday: 'long', day: 'numeric', month: 'long' });
}

/** When it opens, on the clocks of the package's zone; the zone is named where the visitor's clock shows another time. */
export function opening(at: Moment, now: Moment, language: string, zone: string): string {
  const day = at - now < WEEK_MS ? ({ weekday: 'long' } as const) : ({ day: 'numeric', month: 'long' } as const);
  const write = (more: Intl.DateTimeFormatOptions) =>
    new Date(at).toLocaleString(language, { ...day, hour: 'numeric', minute: '2-digit', ...more });
  try {
    const there = write({ timeZone: zone });
    return there === write({}) ? there : write({ timeZone: zone, timeZoneName: 'short' });
  } catch {
    // A browser older than a zone tells its own time.
    return write({ timeZoneName: 'short' });
  }
}

/** Do two neighbors belong to what one person said in a row? */
export function isSameGroup(one: ChatLine | undefined, other: ChatLine | undefined): boolean {
  if (one?.kind !== 'said' || other?.kind !== 'said' || one.mine !== other.mine) return false;
  if (one.mark === 'failed' || other.mark === 'failed') return false;
  const isSamePerson = one.mine || one.face?.id === other.face?.id;
  const isSameMark = !one.mine || one.mark === other.mark;
  return isSamePerson && isSameMark && other.at - one.at < GROUP_MS && daysApart(one.at, other.at) === 0;
}
