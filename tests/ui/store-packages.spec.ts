// The editor of a package without a browser: counting changes, undoing, saving, and two owners at once.
import { expect, test } from '@playwright/test';
import { PackageEditor } from '../../admin/store/package-editor';
import { differing, FIELDS, fieldAt } from '../../admin/store/package-fields';
import { copyName } from '../../admin/store/packages';
import { at, same } from '../../admin/store/same';
import { OnePackage, SETTINGS, SHOP, WEEK } from './store-packages-world';

function editor(): { editor: PackageEditor; hub: OnePackage } {
  const hub = new OnePackage();
  return { editor: new PackageEditor(SHOP, hub), hub };
}

const labels = (one: PackageEditor) => one.changes.value.map((field) => field.label);

test('each field that differs counts once, and one typed back counts no more', () => {
  const { editor: one } = editor();
  expect(one.isChanged.value).toBe(false);

  one.name('Shop 2');
  one.settings({ company: 'B' });
  one.settings({ company: 'Bak' });
  one.button({ size: 'large', label: '' });

  expect(labels(one)).toEqual(['package.name', 'package.company', 'package.label', 'package.size']);

  one.settings({ company: 'Bakery' });

  expect(labels(one)).toEqual(['package.name', 'package.label', 'package.size']);
});

test('weekdays are one change, Saturday and Sunday another each', () => {
  const { editor: one } = editor();

  one.settings({ hours: { week: { ...WEEK, mon: { open: 'closed' }, tue: { open: 'all_day' } }, exceptions: [] } });
  expect(labels(one)).toEqual(['package.weekdays']);

  one.settings({ hours: { week: { ...WEEK, sat: { open: 'closed' }, sun: { open: 'all_day' } }, exceptions: [] } });
  expect(labels(one)).toEqual(['package.saturday', 'package.sunday']);
});

test('every setting belongs to exactly one field', () => {
  const pointers = [
    '/name',
    ...Object.keys(SETTINGS)
      .filter((name) => !['hours', 'button', 'page', 'form', 'message'].includes(name))
      .map((name) => `/settings/${name}`),
    ...(['button', 'page', 'form', 'message'] as const).flatMap((part) =>
      Object.keys(SETTINGS[part]).map((name) => `/settings/${part}/${name}`),
    ),
    ...Object.keys(WEEK).map((day) => `/settings/hours/week/${day}`),
    '/settings/hours/exceptions',
  ];

  expect(FIELDS.flatMap((field) => field.pointers).sort()).toEqual(pointers.sort());
});

test('undo gives the kept settings back, and can itself be taken back', () => {
  const { editor: one } = editor();
  one.page({ heading: 'Call us' });

  const back = one.revert();
  expect(one.isChanged.value).toBe(false);

  back();
  expect(one.draft.value.settings.page.heading).toBe('Call us');
});

test('a save sends the version that was read and what was typed, and begins anew from there', async () => {
  const { editor: one, hub } = editor();
  one.button({ color: 'orange' });

  expect(await one.save()).toBeNull();

  expect(hub.saved).toEqual([
    { name: 'Shop', settings: { ...SETTINGS, button: { ...SETTINGS.button, color: 'orange' } } },
  ]);
  expect(one.kept.value.version).toBe(2);
  expect(one.isChanged.value).toBe(false);
});

test('nothing is sent while nothing was changed', async () => {
  const { editor: one, hub } = editor();

  expect(await one.save()).toBeNull();

  expect(hub.saved).toEqual([]);
});

test('what is typed while a save is under way is kept and is the next change', async () => {
  const { editor: one, hub } = editor();
  one.page({ heading: 'Call' });
  hub.meanwhile = () => one.page({ heading: 'Call us' });

  await one.save();

  expect(hub.saved[0]?.settings.page.heading).toBe('Call');
  expect(one.draft.value.settings.page.heading).toBe('Call us');
  expect(labels(one)).toEqual(['package.heading']);
});

test('a refusal that names a field stands at that field until it is touched', async () => {
  const { editor: one, hub } = editor();
  hub.refuse = { code: 'invalid', status: 400, pointer: '/settings/sites/0' };
  one.settings({ sites: ['https://bakery.example'] });

  expect(await one.save()).toBeNull();
  expect(one.wrong('/settings/sites')?.pointer).toBe('/settings/sites/0');
  expect(one.wrong('/settings/site')).toBeUndefined();

  one.page({ heading: 'x' });
  expect(one.wrong('/settings/sites')).toBeDefined();
  one.settings({ sites: ['https://shop.example'] });
  expect(one.wrong('/settings/sites')).toBeUndefined();
  expect(one.draft.value.settings.sites).toEqual(['https://shop.example']);
});

test('a refusal that names no field is given back, and nothing typed is lost', async () => {
  const { editor: one, hub } = editor();
  hub.refuse = { code: 'offline', status: 0 };
  one.name('Shop 2');

  expect(await one.save()).toEqual({ code: 'offline', status: 0 });

  expect(one.draft.value.name).toBe('Shop 2');
});

test('a hidden field that was left empty does not hold up the others', async () => {
  const { editor: one, hub } = editor();
  one.button({ reveal: 'seconds', reveal_seconds: Number.NaN });
  await one.save();
  expect(one.wrong('/settings/button/reveal_seconds')).toBeDefined();
  expect(hub.saved).toEqual([]);

  one.button({ reveal: 'click' });
  await one.save();

  expect(hub.saved[0]?.settings.button).toMatchObject({ reveal: 'click', reveal_seconds: 10 });
  expect(one.isChanged.value).toBe(false);
});

test('when somebody saved in between, the fields stand side by side and nothing is lost', async () => {
  const { editor: one, hub } = editor();
  hub.somebodySaves({ company: 'Ben bakes', zone: 'Europe/Warsaw' });
  one.settings({ company: 'Anna bakes' });
  one.page({ heading: 'Call us' });

  expect(await one.save()).toBeNull();

  const conflict = one.conflict.value;
  expect(conflict?.version?.saved_by_name).toBe('Ben');
  expect(conflict?.rows.map(({ field, isContested, side }) => [field.label, isContested, side])).toEqual([
    ['package.company', true, 'mine'],
    ['package.zone', false, 'theirs'],
    ['package.heading', false, 'mine'],
  ]);
  expect(one.draft.value.settings.company).toBe('Anna bakes');
  expect(hub.saved).toEqual([]);
});

test('mine is saved over the newer version, and what only the other changed stays', async () => {
  const { editor: one, hub } = editor();
  hub.somebodySaves({ company: 'Ben bakes', zone: 'Europe/Warsaw' });
  one.settings({ company: 'Anna bakes' });
  await one.save();

  one.merge();
  await one.save();

  expect(hub.kept).toMatchObject({ version: 3, settings: { company: 'Anna bakes', zone: 'Europe/Warsaw' } });
  expect(one.isChanged.value).toBe(false);
  expect(one.conflict.value).toBeNull();
});

test('theirs is taken over everywhere, and mine can be brought back', async () => {
  const { editor: one, hub } = editor();
  hub.somebodySaves({ company: 'Ben bakes' });
  one.settings({ company: 'Anna bakes' });
  one.page({ heading: 'Call us' });
  await one.save();

  one.choose('theirs');
  const back = one.merge();

  expect(one.draft.value.settings).toEqual(hub.kept.settings);
  expect(one.isChanged.value).toBe(false);
  back();
  expect(one.draft.value.settings).toMatchObject({ company: 'Anna bakes', page: { heading: 'Call us' } });
});

test('one field can be theirs while another is mine', async () => {
  const { editor: one, hub } = editor();
  hub.somebodySaves({ company: 'Ben bakes', web_address: 'https://ben.example' });
  one.settings({ company: 'Anna bakes', web_address: 'https://anna.example' });
  await one.save();

  one.choose('theirs', fieldAt('/settings/company'));
  one.merge();

  expect(one.draft.value.settings).toMatchObject({ company: 'Ben bakes', web_address: 'https://anna.example' });
  expect(labels(one)).toEqual(['package.web_address']);
});

test('a restored version is what is kept and shown', async () => {
  const { editor: one, hub } = editor();
  one.settings({ company: 'Anna bakes' });
  await one.save();

  expect(await one.restore(1)).toBeNull();

  expect(hub.kept.version).toBe(3);
  expect(one.draft.value.settings.company).toBe('Bakery');
  expect(differing(one.kept.value, SHOP)).toEqual([]);
});

test('the order of keys is no difference, the order of a list is', () => {
  expect(same({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
  expect(same([1, 2], [2, 1])).toBe(false);
  expect(same({ a: undefined }, {})).toBe(false);
  expect(same(null, {})).toBe(false);
  expect(at({ a: [{ b: 3 }] }, '/a/0/b')).toBe(3);
  expect(at({ a: null }, '/a/0/b')).toBeUndefined();
});

test('a copy has a name of its own that is not too long', () => {
  expect(copyName('Shop', 'copy', ['Shop'])).toBe('Shop (copy)');
  expect(copyName('Shop', 'copy', ['Shop', 'Shop (copy)'])).toBe('Shop (copy 2)');
  expect(copyName('A name of 25 characters!!', 'copy', [])).toBe('A name of 25 chara (copy)');
});
