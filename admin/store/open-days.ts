// When a package is open on a date, as a clock in its zone shows it.
import type { Interval, Moment } from '../../widget/kit/wire';

/** A date with the windows that touch it. */
export interface OpenDay {
  /** As `2026-12-24`. */
  date: string;
  windows: readonly { opens: Moment; closes: Moment }[];
}

/** The parts of the windows that lie on the date, from 00:00 to 24:00. */
export function timesOf({ date, windows }: OpenDay, zone: string): readonly Interval[] {
  return windows.map(({ opens, closes }) => {
    const from = clock(opens, zone);
    const to = clock(closes, zone);
    return { from: from.date < date ? '00:00' : from.time, to: to.date > date ? '24:00' : to.time };
  });
}

function clock(at: Moment, zone: string): { date: string; time: string } {
  // Sweden writes dates as the hub does.
  const style = { timeZone: zone, dateStyle: 'short', timeStyle: 'short' } as const;
  const [date = '', time = ''] = new Intl.DateTimeFormat('sv-SE', style).format(at).split(' ');
  return { date, time };
}
