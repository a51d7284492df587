// What a refused change of the own account says to the person it belongs to.
import { words as signInWords } from '../../signin/problems';
import type { Problem } from '../../store/api';
import { type Key, t } from '../../store/texts';

/** Codes that have words of their own; all others are said as at the sign-in. */
const WORDS: Readonly<Record<string, Key>> = {
  wrong_password: 'profile.wrong_password',
  wrong_code: 'problem.wrong_code',
  has_second_factor: 'profile.factor_is_on',
  no_second_factor: 'profile.factor_is_off',
};

export function words(problem: Problem): string {
  const known = WORDS[problem.code];
  return known === undefined ? signInWords(problem) : t(known);
}
