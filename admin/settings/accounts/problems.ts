// What a refused change of an account says to the owner in front of it.
import { fieldOf } from '../../signin/problems';
import type { Problem } from '../../store/api';
import { type Key, t } from '../../store/texts';

/** Codes that have words of their own; all others share one text. */
const WORDS: Readonly<Record<string, Key>> = {
  offline: 'problem.offline',
  busy: 'problem.busy',
  unavailable: 'problem.busy',
  rate: 'problem.busy',
  last_owner: 'account.last_owner',
  yourself: 'account.yourself',
  unknown_account: 'account.unknown',
  owners_only: 'account.owners_only',
  email_taken: 'account.email_taken',
  too_many_accounts: 'account.too_many',
  no_second_factor: 'account.no_factor',
};

/** What a field may not be, where the hub names the field. */
const FIELDS: Readonly<Record<string, Key>> = {
  email: 'problem.email',
  password: 'problem.password',
  photo: 'account.photo_gone',
  most_chats: 'account.most_chats_wrong',
  languages: 'account.languages_wrong',
  skills: 'account.skills_wrong',
};

/** The field a problem speaks of; of a list the whole list. */
export function shownField(problem: Problem | null): string | null {
  return fieldOf(problem)?.split('/')[0] ?? null;
}

export function words(problem: Problem): string {
  const known = WORDS[problem.code];
  if (known !== undefined) return t(known);
  const field = shownField(problem);
  return t(field === null ? 'problem.failed' : (FIELDS[field] ?? 'problem.field'));
}
