// What declared forms mean, and the editor of their settings, without a browser.
import { expect, test } from '@playwright/test';
import type { Answer, FieldError, Problem } from '../../admin/store/api';
import type { PluginChange, PluginDetail } from '../../admin/store/api-plugins';
import { PluginEditor } from '../../admin/store/plugin-editor';
import { filledIn, flawsOf, isShown, pointerOf, said, sectionsOf, sent } from '../../admin/store/plugin-values';
import { FIELDS, field, plugin } from './plugins-world';

const ok = <T>(value: T): Answer<T> => ({ ok: true, value });

test('a text is said in the language, in its nearest relative, in English, or as it is', () => {
  const texts = [
    { language: 'de', text: 'Guten Tag' },
    { language: 'en-GB', text: 'Good day' },
  ];
  expect(said([{ language: 'pl-PL', text: 'Dzień dobry' }, ...texts], 'pl')).toBe('Dzień dobry');
  expect(said(texts, 'pl')).toBe('Good day');
  expect(said(texts.slice(0, 1), 'pl')).toBe('Guten Tag');
  expect(said([], 'pl')).toBe('');
});

test('fields without a section come first, the others with the first of their section', () => {
  const fields = [
    field('a', 'A', 'Toggle', { section: 'One' }),
    field('b', 'B', 'Toggle'),
    field('c', 'C', 'Toggle', { section: 'Two' }),
    field('d', 'D', 'Toggle', { section: 'One' }),
  ];

  const keys = sectionsOf(fields).map(({ title, fields: own }) => [title, own.map(({ key }) => key).join('')]);

  expect(keys).toEqual([
    [null, 'b'],
    ['One', 'ad'],
    ['Two', 'c'],
  ]);
});

test('an empty field has its default, an emptied text has none', () => {
  const most = FIELDS.find(({ key }) => key === 'most');
  const holidays = FIELDS.find(({ key }) => key === 'holidays');
  const hello = field(
    'hello',
    'Hello',
    { Text: { max_length: 9, multiline: false, pattern: null } },
    { default: { key: 'hello', value: { Text: 'Hi' } } },
  );
  if (most === undefined || holidays === undefined) throw new Error('the form has changed');

  expect(filledIn(most, {})).toBe(4);
  expect(filledIn(most, { most: null })).toBe(4);
  expect(filledIn(most, { most: 7 })).toBe(7);
  expect(filledIn(hello, {})).toBe('Hi');
  expect(filledIn(hello, { hello: '' })).toBe('');
  expect(filledIn(holidays, {})).toEqual([{ name: 'Christmas', day: '2026-12-25', shut: 'true', how: 'warm' }]);
});

test('a field is shown while the one it looks at is shown and has one of the values', () => {
  const on = field('on', 'On', 'Toggle');
  const who = field('who', 'Who', 'Language', { visible_when: { key: 'on', one_of: ['true'] } });
  const what = field('what', 'What', 'Date', { visible_when: { key: 'who', one_of: ['pl'] } });
  const fields = [on, who, what];
  const shown = (values: object) => fields.filter((one) => isShown(one, fields, { ...values })).map(({ key }) => key);

  expect(shown({})).toEqual(['on']);
  expect(shown({ on: true })).toEqual(['on', 'who']);
  expect(shown({ on: true, who: 'pl' })).toEqual(['on', 'who', 'what']);
  expect(shown({ on: false, who: 'pl' })).toEqual(['on']);
});

test('a pointer escapes what its syntax needs', () => {
  expect(pointerOf('a/b~c')).toBe('/settings/a~1b~0c');
  expect(pointerOf('rows', 2, 'day')).toBe('/settings/rows/2/day');
});

test('slips are seen before the hub is asked, hidden fields are not judged', () => {
  const codes = (values: object) =>
    flawsOf(FIELDS, { ...values }).map(({ pointer, code }) => `${pointer.replace('/settings/', '')} ${code}`);

  expect(codes({})).toEqual([]);
  expect(codes({ url: 'crm.bakery.example', mail: 'anna', most: 11, night: '9', wait: -1, color: 'red' })).toEqual([
    'most out_of_range',
    'url not_a',
    'mail not_a',
    'night not_a',
    'wait not_a',
    'color not_a',
  ]);
  expect(codes({ holidays: [{ name: '', day: '', shut: 'true', how: 'warm' }] })).toEqual(['holidays/0/day not_a']);
  const hidden = [field('a', 'A', 'Toggle'), field('b', 'B', 'Url', { visible_when: { key: 'a', one_of: ['true'] } })];
  expect(flawsOf(hidden, { b: 'no' })).toEqual([]);
  expect(flawsOf(hidden, { a: true, b: 'no' })).toHaveLength(1);
  expect(flawsOf([field('c', 'C', 'Date', { required: true })], {})).toMatchObject([{ code: 'missing' }]);
});

test('only what belongs to a field is sent; a toggle that must be set is sent as it is shown', () => {
  const fields = [field('a', 'A', 'Toggle', { required: true }), field('b', 'B', 'Url')];

  expect(sent(fields, { gone: 1, b: 'https://b.example' })).toEqual({ a: false, b: 'https://b.example' });
});

/** A hub that keeps one plugin. */
class EditorHub {
  readonly changes: PluginChange[] = [];
  refuse: Problem | null = null;

  async change(_id: string, change: PluginChange): Promise<Answer<PluginDetail>> {
    this.changes.push(change);
    return this.refuse === null ? ok(plugin(change)) : { ok: false, problem: this.refuse };
  }
}

function editor(): { one: PluginEditor; hub: EditorHub } {
  const hub = new EditorHub();
  return { one: new PluginEditor(plugin(), hub), hub };
}

test('a value typed back to its default is no change', () => {
  const { one } = editor();

  one.set('most', 5);
  one.packages(['01HZ8VPQRS0P1']);
  expect(one.changes.value).toEqual(['/packages', '/settings/most']);
  one.set('most', 4);
  one.packages(null);

  expect(one.isChanged.value).toBe(false);
});

test('only what was changed is saved, and a secret stays what it is', async () => {
  const { one, hub } = editor();
  one.packages(['01HZ8VPQRS0P1']);
  await one.save();
  one.set('most', 5);
  await one.save();

  expect(hub.changes).toEqual([{ packages: ['01HZ8VPQRS0P1'] }, { settings: { token: '{{secret:token}}', most: 5 } }]);
});

test('a rule for no package at all is not saved', async () => {
  const { one, hub } = editor();
  one.packages([]);

  expect(await one.save()).toBeNull();

  expect(one.wrong('/packages')).toBeDefined();
  expect(hub.changes).toEqual([]);
});

test('each flaw stands at its field, down to the cell, until that is touched', async () => {
  const { one, hub } = editor();
  const flaw = (pointer: string): FieldError => ({ pointer, code: 'plugin', message: 'look again' });
  const errors = [flaw('/settings/mail'), flaw('/settings/holidays/0/day')];
  hub.refuse = { code: 'invalid_settings', status: 422, errors };
  one.set('most', 5);

  expect(await one.save()).toBeNull();
  expect(one.wrong('/settings/mail')?.message).toBe('look again');
  expect(one.wrong('/settings/holidays')).toBeUndefined();
  expect(one.wrongIn('/settings/holidays')?.pointer).toBe('/settings/holidays/0/day');

  one.set('mail', 'anna@bakery.example');
  expect(one.problems.value.map(({ pointer }) => pointer)).toEqual(['/settings/holidays/0/day']);
  expect(one.draft.value.settings.most).toBe(5);
});

test('a flaw of the settings as a whole belongs to no field', async () => {
  const { one, hub } = editor();
  const errors = [{ pointer: '/settings', code: 'plugin', message: 'these two do not go together' }];
  hub.refuse = { code: 'invalid_settings', status: 422, errors };
  one.set('most', 5);

  expect(await one.save()).toMatchObject({ detail: 'these two do not go together' });

  expect(one.problems.value).toEqual([]);
});

test('undo gives back what is kept, and can itself be taken back', () => {
  const { one } = editor();
  one.set('most', 5);

  const back = one.revert();
  expect(one.isChanged.value).toBe(false);
  back();

  expect(one.changes.value).toEqual(['/settings/most']);
});

test('when a version goes live meanwhile, what was typed stays', () => {
  const { one } = editor();
  one.set('most', 5);

  one.renew(plugin({ live: 3, packages: ['01HZ8VPQRS0P1'] }));

  expect(one.kept.value.live).toBe(3);
  expect(one.draft.value.settings.most).toBe(5);
  expect(one.draft.value.packages).toEqual(['01HZ8VPQRS0P1']);
  expect(one.changes.value).toEqual(['/settings/most']);
});
