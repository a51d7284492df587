// What a refused sign-in or set-up says to the person in front of it.
import type { Problem } from '../store/api';
import { type Key, t } from '../store/texts';

/** Codes that have words of their own; all others share one text. */
const WORDS: Readonly<Record<string, Key>> = {
  wrong_sign_in: 'problem.wrong_sign_in',
  wrong_code: 'problem.wrong_code',
  offline: 'problem.offline',
  busy: 'problem.busy',
  unavailable: 'problem.busy',
  not_found: 'problem.setup_over',
};

/** What a field may not be, where the hub names the field. */
const FIELDS: Readonly<Record<string, Key>> = {
  email: 'problem.email',
  password: 'problem.password',
};

export function words(problem: Problem): string {
  if (problem.code === 'rate') {
    const seconds = Math.max(1, Math.ceil((problem.retryMs ?? 60_000) / 1000));
    return seconds < 60
      ? t('problem.rate_seconds', { count: seconds })
      : t('problem.rate_minutes', { count: Math.ceil(seconds / 60) });
  }
  const field = fieldOf(problem);
  if (field !== null) return t(FIELDS[field] ?? 'problem.field');
  return t(WORDS[problem.code] ?? 'problem.failed');
}

/** The name of the field a problem speaks of: `/email` is `email`. */
export function fieldOf(problem: Problem | null): string | null {
  return problem?.pointer?.replace(/^#?\//, '') ?? null;
}
