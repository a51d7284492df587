/** Texts, times and names, in both languages. */
import { expect, test } from '@playwright/test';
import { dayName, daysApart } from '../../widget/chat/times';
import { speak, type Text } from '../../widget/kit/i18n';
import { Shelf } from '../../widget/kit/shelf';
import english from '../../widget/locales/en.json' with { type: 'json' };
import polish from '../../widget/locales/pl.json' with { type: 'json' };
import { fakeStore } from './fake-world';

const sections = ['common', 'chat', 'page'] as const;

function slots(text: Text): string[] {
  const forms = typeof text === 'string' ? [text] : Object.values(text);
  const all = forms.map((form) => (form?.match(/\{\w+\}/g) ?? []).sort().join());
  return [...new Set(all)];
}

for (const section of sections) {
  test(`the ${section} texts of all languages have the same keys and slots`, () => {
    const [en, pl]: Record<string, Text>[] = [english[section], polish[section]];
    expect(Object.keys(pl ?? {})).toEqual(Object.keys(en ?? {}));
    for (const [key, text] of Object.entries(en ?? {}))
      expect([key, slots(pl?.[key] ?? '')]).toEqual([key, slots(text)]);
  });
}

test('every text that counts has every form its language knows', () => {
  for (const [language, texts] of [
    ['en', english],
    ['pl', polish],
  ] as const) {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort();
    for (const text of Object.values<Text>({ ...texts.common, ...texts.chat, ...texts.page })) {
      if (typeof text === 'object') expect(Object.keys(text).sort()).toEqual(forms);
    }
  }
});

test('Polish counts as Poles do', () => {
  const t = speak('pl', polish.chat);
  const said = [1, 2, 5, 12, 22, 25].map((count) => t('team.available', { count }));
  expect(said).toEqual([
    '1 osoba z zespołu jest dostępna',
    '2 osoby z zespołu są dostępne',
    '5 osób z zespołu jest dostępnych',
    '12 osób z zespołu jest dostępnych',
    '22 osoby z zespołu są dostępne',
    '25 osób z zespołu jest dostępnych',
  ]);
});

test('English counts, slots are filled, and a missing text shows its key', () => {
  const t = speak<keyof typeof english.chat | 'nothing'>('en', english.chat);
  expect(t('wait.place', { count: 1 })).toBe('1 visitor is in line before you.');
  expect(t('wait.place', { count: 1200 })).toBe('1,200 visitors are in line before you.');
  expect(t('lines.joined', { name: '{count} $& <b>' })).toBe('{count} $& <b> joined the chat');
  expect(t('nothing')).toBe('nothing');
});

test('days are named from the visitor’s midnight', () => {
  const at = (text: string) => new Date(text).getTime();
  const names = { today: 'Today', yesterday: 'Yesterday' };
  const now = at('2026-03-10T00:05:00');
  expect(dayName(at('2026-03-10T00:01:00'), now, 'en', names)).toBe('Today');
  expect(dayName(at('2026-03-09T23:59:00'), now, 'en', names)).toBe('Yesterday');
  expect(dayName(at('2026-03-05T12:00:00'), now, 'en', names)).toBe('Thursday, March 5');
  expect(daysApart(at('2026-03-28T12:00:00'), at('2026-03-30T12:00:00'))).toBe(2);
});

test('nothing reaches the storage before the visitor acts', () => {
  const store = fakeStore();
  const shelf = new Shelf('c2c:demo', store);
  shelf.set('tok', 'secret');
  expect([shelf.get('tok'), store.texts.size]).toEqual(['secret', 0]);

  shelf.keep();
  expect([...store.texts]).toEqual([['c2c:demo:tok', 'secret']]);
  shelf.set('tok', undefined);
  expect([shelf.get('tok'), store.texts.size]).toEqual([undefined, 0]);
});

test('a shelf of an earlier page goes on, and what another tab kept first stays', () => {
  const store = fakeStore();
  const [mine, other] = [new Shelf('c2c:demo', store), new Shelf('c2c:demo', store)];
  mine.set('tok', 'mine');
  other.set('tok', 'other');
  other.keep();
  mine.keep();
  expect(mine.get('tok')).toBe('other');
  expect(new Shelf('c2c:demo', store).get('tok')).toBe('other');
  expect(new Shelf('c2c:other', store).names()).toEqual([]);
});

test('a full storage costs only the reload', () => {
  const store = fakeStore();
  store.setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  const shelf = new Shelf('c2c:demo', store, true);
  expect(() => shelf.set('draft', 'text')).not.toThrow();
});
