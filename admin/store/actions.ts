// Everything that can be done at the desk, once: palette, shortcuts and their sheet read this list.
import type { Key } from './texts';

export type Group =
  | 'group.calls'
  | 'group.chats'
  | 'group.places'
  | 'group.status'
  | 'group.look'
  | 'group.account'
  | 'group.help';

export interface Action {
  id: string;
  /** What it does, in the language of the desk. */
  words: string;
  group: Group & Key;
  /** One letter, or a combination such as `Ctrl+K`. */
  keys?: readonly string[];
  run: () => void;
}

/** What a key press means: a letter alone is dead while somebody writes. */
export interface Press {
  key: string;
  ctrl: boolean;
  alt: boolean;
  meta: boolean;
  /** A field, a menu or a dialog has the focus. */
  isBusy: boolean;
}

/** The action of a key press; `letters` tells whether shortcuts of one letter are wanted. */
export function pressed(actions: readonly Action[], press: Press, letters: boolean): Action | undefined {
  const name = named(press);
  if (name === undefined) return undefined;
  const isLetter = name.length === 1;
  if (isLetter && (press.isBusy || !letters)) return undefined;
  return actions.find((action) => action.keys?.includes(name));
}

function named(press: Press): string | undefined {
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  if (press.ctrl || press.meta) return press.alt ? undefined : `Ctrl+${key}`;
  if (press.alt) return `Alt+${key}`;
  return key;
}

/** Actions whose words contain every word typed, in the order of the list. */
export function found(actions: readonly Action[], typed: string): readonly Action[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  return actions.filter((action) => words.every((word) => plain(action.words).includes(word)));
}

/** Without accents, so that "zajety" finds "Zajęty". */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/ł/gi, 'l').toLowerCase();
}
