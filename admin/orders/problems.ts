// What a refused change of an order says.
import type { Problem } from '../store/api';
import { type Key, t } from '../store/texts';

/** Codes that have words of their own; all others share one text. */
const WORDS: Readonly<Record<string, Key>> = {
  stale: 'order.stale',
  unknown_order: 'order.gone',
  unknown_message: 'order.gone',
  offline: 'problem.offline',
  unavailable: 'problem.busy',
  busy: 'problem.busy',
};

export function words(problem: Problem): string {
  return t(WORDS[problem.code] ?? 'problem.failed');
}
