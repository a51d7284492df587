// What a run cost, in units people read.
import { language } from '../../../store/texts';

/** Milliseconds with as many digits as say something. */
export function inMs(microseconds: number): string {
  const ms = microseconds / 1_000;
  return new Intl.NumberFormat(language(), { maximumSignificantDigits: ms < 10 ? 2 : 3 }).format(ms);
}

export function inKib(bytes: number): string {
  return new Intl.NumberFormat(language()).format(Math.ceil(bytes / 1_024));
}

export function counted(number: number): string {
  return new Intl.NumberFormat(language()).format(number);
}
