/**
 * Dates and times of day on the clocks of a time zone. Dates are texts like `2026-12-24`, times like `09:30`, as the
 * hub writes them, so they can be compared and handed back as they are. "Now" is passed in, so every rule can be tested.
 */
import type { Moment } from '../kit/wire';

const DAY_MS = 86_400_000;

/** Making a format takes a hundred times as long as using it, and a page of half-hours uses hundreds. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = locale + JSON.stringify(parts);
  const made = formats.get(name) ?? new Intl.DateTimeFormat(locale, parts);
  formats.set(name, made);
  return made;
}

/** A zone this browser does not know shows the browser's own clock. */
export function zoneOf(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** The date a calendar in the zone shows. Swedes write dates as the hub does. */
export function dateIn(zone: string | undefined, at: Moment): string {
  return format('sv', { timeZone: zone, dateStyle: 'short' }).format(at);
}

/** The time a clock in the zone shows. */
export function timeIn(zone: string | undefined, at: Moment): string {
  return format('sv', { timeZone: zone, timeStyle: 'short' }).format(at);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The moment the clocks of a zone show a date and time. Of two moments with the same time, on the night the clock goes
 * back, the first; a time the clock skips is none, so what it would have been without the change stands in.
 */
export function momentOf(zone: string | undefined, date: string, time: string): Moment {
  const wall = Date.parse(`${date}T${time}Z`);
  const shift = (at: Moment) => Date.parse(`${dateIn(zone, at)}T${timeIn(zone, at)}Z`) - at;
  const before = wall - shift(wall - DAY_MS);
  const after = wall - shift(wall + DAY_MS);
  const shown = [before, after].filter((at) => at + shift(at) === wall);
  return shown.length > 0 ? Math.min(...shown) : before;
}

/** How the visitor writes dates: the browser's own variety of the page's language, if it has one. */
export function localeOf(language: string, wanted: readonly string[]): string {
  return wanted.find((each) => each.split('-')[0] === language) ?? language;
}

/** A time of day as people of the locale write it; the end of the day stays 24:00 where hours count to 24. */
export function clock(locale: string, time: string): string {
  const short = format(locale, { timeStyle: 'short', timeZone: 'UTC' });
  return short.resolvedOptions().hour12 ? short.format(Date.parse(`1970-01-01T${time}Z`)) : time;
}

/** A date with the parts asked for. */
export function dayText(locale: string, date: string, parts: Intl.DateTimeFormatOptions): string {
  return format(locale, { ...parts, timeZone: 'UTC' }).format(Date.parse(date));
}

/** What people call a zone at a moment. */
export function zoneName(locale: string, zone: string | undefined, at: Moment): string {
  const named = format(locale, { timeZone: zone, timeZoneName: 'longGeneric' });
  return named.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** Do the clocks of two zones differ at a moment? */
export function differ(one: string | undefined, other: string | undefined, at: Moment): boolean {
  return timeIn(one, at) !== timeIn(other, at) || dateIn(one, at) !== dateIn(other, at);
}

/** How long something took, as clocks of calls show it: 02:47, 1:02:47. */
export function durationText(seconds: number): string {
  const two = (part: number) => `${Math.floor(part)}`.padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), (seconds % 3600) / 60];
  return `${hours > 0 ? `${hours}:` : ''}${two(minutes)}:${two(seconds % 60)}`;
}
