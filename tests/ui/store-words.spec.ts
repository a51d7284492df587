// Texts, names, keys and drafts of the desk: the same keys in every language, nothing dead while somebody writes.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { type Action, found, pressed } from '../../admin/store/actions';
import { Drafts } from '../../admin/store/drafts';
import { guestNumber } from '../../admin/store/naming';
import { guess } from '../../admin/store/texts';
import { clock, shortPage } from '../../admin/store/words';
import { speak, type Text } from '../../widget/kit/i18n';
import { Shelf } from '../../widget/kit/shelf';
import { CHAT, OTHER, VERA } from './store-world';

/** The texts of the desk, and those that come with a screen. */
const FOLDERS = ['admin/locales', 'admin/settings/plugins/locales'] as const;

function catalogue(language: string): Record<string, Text> {
  const parts = FOLDERS.map((folder) => new URL(`../../${folder}/${language}.json`, import.meta.url));
  return Object.assign({}, ...parts.map((part) => JSON.parse(readFileSync(part, 'utf8'))));
}

function slots(text: Text): string[] {
  const forms = typeof text === 'string' ? [text] : Object.values(text);
  return [...new Set(forms.flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();
}

test('both languages have the same texts with the same slots', () => {
  const [en, pl] = [catalogue('en'), catalogue('pl')];

  expect(Object.keys(pl).sort()).toEqual(Object.keys(en).sort());
  for (const [key, text] of Object.entries(en)) expect(slots(pl[key] ?? ''), key).toEqual(slots(text));
});

test('every text that counts has the forms of its language', () => {
  for (const [language, forms] of [
    ['en', ['one', 'other']],
    ['pl', ['few', 'many', 'one', 'other']],
  ] as const) {
    for (const [key, text] of Object.entries(catalogue(language))) {
      if (typeof text !== 'string') expect(Object.keys(text).sort(), `${language} ${key}`).toEqual(forms);
    }
  }
});

test('Polish counts people as Polish does', () => {
  const say = speak('pl', catalogue('pl'));

  const counted = [1, 2, 5, 12, 22].map((count) => say('waiting.count', { count }));

  expect(counted).toEqual(['1 osoba czeka', '2 osoby czekają', '5 osób czeka', '12 osób czeka', '22 osoby czekają']);
});

test('a visitor has the same four digits everywhere', () => {
  expect(guestNumber(VERA)).toBe(guestNumber(VERA));
  const numbers = Array.from({ length: 200 }, (_, index) => guestNumber(`01K${index}`));
  expect(numbers.every((number) => number >= 1000 && number <= 9999)).toBe(true);
  expect(new Set(numbers).size).toBeGreaterThan(180);
});

test('a wait is shown as a clock shows it', () => {
  expect([0, 41_900, 84_000, 3_725_000, -5].map(clock)).toEqual(['0:00', '0:41', '1:24', '1:02:05', '0:00']);
});

test('a page is shown without what everybody knows, and nothing else of it is lost', () => {
  expect(shortPage('https://www.shop.example/tea/')).toBe('shop.example/tea');
  expect(shortPage('javascript:alert(1)')).toBe('javascript:alert(1)');
});

test('a browser without a choice gets the first language the desk has', () => {
  expect(guess(undefined, ['de-DE', 'pl-PL', 'en'])).toBe('pl');
  expect(guess(undefined, ['fr'])).toBe('en');
  expect(guess('en', ['pl'])).toBe('en');
  expect(guess('xx', ['pl'])).toBe('pl');
});

const ran: string[] = [];
const action = (id: string, words: string, keys: string[]): Action => ({
  id,
  words,
  keys,
  group: 'group.chats',
  run: () => ran.push(id),
});
const actions = [
  action('accept', 'Przyjmij następną osobę', ['A']),
  action('palette', 'Szukaj', ['Ctrl+K']),
  action('first', 'Czat: Gość 4821', ['Alt+1']),
  action('help', 'Skróty', ['?']),
];
const press = (key: string, more: object = {}) => ({
  key,
  ctrl: false,
  alt: false,
  meta: false,
  isBusy: false,
  ...more,
});

test('a letter runs its action, in either case, and is dead while somebody writes', () => {
  expect(pressed(actions, press('a'), true)?.id).toBe('accept');
  expect(pressed(actions, press('A'), true)?.id).toBe('accept');
  expect(pressed(actions, press('?'), true)?.id).toBe('help');
  expect(pressed(actions, press('a', { isBusy: true }), true)).toBeUndefined();
  expect(pressed(actions, press('a'), false)).toBeUndefined();
});

test('a combination works while somebody writes and is never taken for its letter', () => {
  expect(pressed(actions, press('k', { ctrl: true, isBusy: true }), false)?.id).toBe('palette');
  expect(pressed(actions, press('k', { meta: true }), true)?.id).toBe('palette');
  expect(pressed(actions, press('1', { alt: true, isBusy: true }), true)?.id).toBe('first');
  expect(pressed(actions, press('a', { ctrl: true }), true)).toBeUndefined();
});

test('the palette finds words in any order and without accents', () => {
  expect(found(actions, 'osobe przyjmij').map((one) => one.id)).toEqual(['accept']);
  expect(found(actions, 'gosc 48').map((one) => one.id)).toEqual(['first']);
  expect(found(actions, '')).toHaveLength(actions.length);
  expect(found(actions, 'xyz')).toEqual([]);
});

test('each chat has its own draft, and it survives the page', () => {
  const stored = new Map<string, string>();
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
    key: (index: number) => [...stored.keys()][index] ?? null,
    get length() {
      return stored.size;
    },
  };
  const drafts = new Drafts(new Shelf('desk', storage, true));

  drafts.keep(CHAT, 'half a');
  drafts.keep(OTHER, 'other');
  drafts.keep(OTHER, '');
  const later = new Drafts(new Shelf('desk', storage, true));

  expect([later.of(CHAT), later.of(OTHER)]).toEqual(['half a', '']);
});
