// The desk's texts in the language of the account; the other language is never loaded.
import { signal } from '@preact/signals';
import { type Say, type Slots, speak } from '../../widget/kit/i18n';
import type en from '../locales/en.json';
import type { Language } from './api';

export type Key = keyof typeof en;

const said = signal<{ language: Language; say: Say<Key> }>({ language: 'en', say: (key) => key });

const catalogues = {
  en: () => import('../locales/en.json'),
  pl: () => import('../locales/pl.json'),
};

/** Says a text; a component that calls it is drawn again when the language changes. */
export function t(key: Key, slots?: Slots): string {
  return said.value.say(key, slots);
}

/** The language shown now. */
export function language(): Language {
  return said.value.language;
}

/** Loads a language and shows it. */
export async function learn(wanted: Language): Promise<void> {
  const catalogue = await catalogues[wanted]();
  said.value = { language: wanted, say: speak<Key>(wanted, catalogue.default) };
  document.documentElement.lang = wanted;
}

/** The language of somebody who has not signed in: chosen here before, else the browser's. */
export function guess(chosen: string | undefined, browser: readonly string[]): Language {
  if (chosen === 'pl' || chosen === 'en') return chosen;
  const first = browser.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'pl' || tag === 'en');
  return first === 'pl' ? 'pl' : 'en';
}
