// What stands in the form of an account, and what of it has to be sent.
import { type Talents, talentChange, talentsOf } from './account-talents';
import type { Language } from './api';
import type { AccountChange, AccountForm, AccountView, Role } from './api-accounts';

/** How somebody who is added gets in. */
export type Way = 'link' | 'password';

export interface Entries {
  email: string;
  given_name: string;
  family_name: string;
  role: Role;
  takes_calls: boolean;
  sends_transcripts: boolean;
  language: Language;
  photo: string | null;
  /** Of an account that is there already. */
  talents: Talents;
  way: Way;
  password: string;
}

/** What a form is compared with. */
type Compared = Omit<Entries, 'way' | 'password' | 'photo' | 'talents'> & { photo?: string | null };

/** A form for somebody new, or for this account. */
export function entriesOf(account: AccountView | null, language: Language): Entries {
  return {
    email: account?.email ?? '',
    given_name: account?.given_name ?? '',
    family_name: account?.family_name ?? '',
    role: account?.role ?? 'consultant',
    takes_calls: account?.takes_calls ?? true,
    sends_transcripts: account?.sends_transcripts ?? true,
    language: account?.language ?? language,
    photo: account?.photo ?? null,
    talents: talentsOf(account),
    way: 'link',
    password: '',
  };
}

/** What differs from the account as it is kept, or from an empty form. */
export function changeOf(account: Compared | AccountView, entries: Entries): AccountChange {
  const change: AccountChange = 'skills' in account ? talentChange(account, entries.talents) : {};
  if (entries.email.trim() !== account.email) change.email = entries.email.trim();
  if (entries.given_name.trim() !== account.given_name) change.given_name = entries.given_name.trim();
  if (entries.family_name.trim() !== account.family_name) change.family_name = entries.family_name.trim();
  if (entries.role !== account.role) change.role = entries.role;
  if (entries.takes_calls !== account.takes_calls) change.takes_calls = entries.takes_calls;
  if (entries.sends_transcripts !== account.sends_transcripts) change.sends_transcripts = entries.sends_transcripts;
  if (entries.language !== account.language) change.language = entries.language;
  if (entries.photo !== (account.photo ?? null)) change.photo = entries.photo;
  return change;
}

/** Somebody new, as the hub wants it. */
export function formOf(entries: Entries): AccountForm {
  const { role, takes_calls, sends_transcripts, language, photo } = entries;
  return {
    email: entries.email.trim(),
    given_name: entries.given_name.trim(),
    family_name: entries.family_name.trim(),
    role,
    takes_calls,
    sends_transcripts,
    language,
    ...(photo === null ? {} : { photo }),
    ...(entries.way === 'password' ? { password: entries.password } : {}),
  };
}
