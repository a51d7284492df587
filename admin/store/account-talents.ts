// What the rules may choose a consultant by, as it is typed and as the hub has it.
import type { AccountChange, AccountView } from './api-accounts';

/** The hub takes no higher limit. */
export const MOST_CHATS = 50;

/** Typed: a number or nothing, and entries with commas between them. */
export interface Talents {
  most_chats: string;
  languages: string;
  skills: string;
}

type Kept = Pick<AccountView, keyof Talents>;

export function talentsOf(account: Kept | null): Talents {
  return {
    most_chats: account?.most_chats?.toString() ?? '',
    languages: account?.languages.join(', ') ?? '',
    skills: account?.skills.join(', ') ?? '',
  };
}

/** What differs from what is kept. */
export function talentChange(kept: Kept, typed: Talents): AccountChange {
  const change: AccountChange = {};
  const most = typed.most_chats.trim() === '' ? null : Number(typed.most_chats);
  const [languages, skills] = [entries(typed.languages), entries(typed.skills)];
  if (most !== kept.most_chats) change.most_chats = most;
  if (languages.join() !== kept.languages.join()) change.languages = languages;
  if (skills.join() !== kept.skills.join()) change.skills = skills;
  return change;
}

function entries(text: string): string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
