// The desk's texts in the language of the account; the other language is never loaded.
import { signal } from '@preact/signals';
import { type Say, type Slots, speak, type Texts } from '../../widget/kit/i18n';
import type en from '../locales/en.json';
import type plugins from '../settings/plugins/locales/en.json';
import type { Language } from './api';

/** Texts of the desk, and those that come with a screen. */
export type Key = keyof typeof en | keyof typeof plugins;

/** Loads the texts of one part in one language. */
type Catalogues = Readonly<Record<Language, () => Promise<{ default: Partial<Texts<Key>> }>>>;

const said = signal<{ language: Language; say: Say<Key> }>({ language: 'en', say: (key) => key });

const DESK: Catalogues = {
  en: () => import('../locales/en.json'),
  pl: () => import('../locales/pl.json'),
};

/** Owners alone see plugins, and rarely: everybody else's first load does not carry these. */
export const PLUGINS: Catalogues = {
  en: () => import('../settings/plugins/locales/en.json'),
  pl: () => import('../settings/plugins/locales/pl.json'),
};

const parts = new Set([DESK]);

/** Says a text; a component that calls it is drawn again when the language changes. */
export function t(key: Key, slots?: Slots): string {
  return said.value.say(key, slots);
}

/** The language shown now. */
export function language(): Language {
  return said.value.language;
}

/** Says everything in these texts from now on. */
export function speakWith(wanted: Language, texts: Partial<Texts<Key>>): void {
  said.value = { language: wanted, say: speak<Key>(wanted, texts) };
}

/** Loads a language and shows it. */
export async function learn(wanted: Language): Promise<void> {
  const catalogues = await Promise.all([...parts].map((part) => part[wanted]()));
  const texts = Object.assign({}, ...catalogues.map((catalogue) => catalogue.default));
  speakWith(wanted, texts);
  document.documentElement.lang = wanted;
}

/** Loads a screen together with the texts that only it says, in the language of now and of later. */
export async function withTexts<Screen>(part: Catalogues, screen: Promise<Screen>): Promise<Screen> {
  if (!parts.has(part)) {
    parts.add(part);
    await learn(language());
  }
  return screen;
}

/** The language of somebody who has not signed in: chosen here before, else the browser's. */
export function guess(chosen: string | undefined, browser: readonly string[]): Language {
  if (chosen === 'pl' || chosen === 'en') return chosen;
  const first = browser.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === 'pl' || tag === 'en');
  return first === 'pl' ? 'pl' : 'en';
}
