// The fields of a package: where each stands in the answers of the hub, on which tab, and how one is taken over.
import type { Button, Form, Message, PackageSettings, Page } from '../../widget/kit/settings';
import type { PackageTab } from '../routes';
import type { Draft } from './api-packages';
import { type DayName, daysOf, type Row } from './hours-rows';
import { same } from './same';
import type { Key } from './texts';

/** One thing an owner sets: the unit of counting changes, of undoing, and of comparing two versions. */
export interface PackageField {
  /** The first of its JSON pointers names it. */
  pointers: readonly [string, ...string[]];
  tab: PackageTab;
  label: Key;
  /** Its value, for comparing and for showing. */
  read: (draft: Draft) => unknown;
  /** `to` with the value `from` has. */
  take: (to: Draft, from: Draft) => Draft;
}

function setting<Name extends keyof PackageSettings>(name: Name, label: Key, tab: PackageTab = 'common'): PackageField {
  return {
    pointers: [`/settings/${name}`],
    tab,
    label,
    read: (draft) => draft.settings[name],
    take: (to, from) => ({ ...to, settings: { ...to.settings, [name]: from.settings[name] } }),
  };
}

function button<Name extends keyof Button>(name: Name, label: Key): PackageField {
  return {
    pointers: [`/settings/button/${name}`],
    tab: 'button',
    label,
    read: (draft) => draft.settings.button[name],
    take: (to, from) => settings(to, { button: { ...to.settings.button, [name]: from.settings.button[name] } }),
  };
}

function page<Name extends keyof Page>(name: Name, label: Key): PackageField {
  return {
    pointers: [`/settings/page/${name}`],
    tab: 'page',
    label,
    read: (draft) => draft.settings.page[name],
    take: (to, from) => settings(to, { page: { ...to.settings.page, [name]: from.settings.page[name] } }),
  };
}

function form<Name extends keyof Form>(name: Name, label: Key): PackageField {
  return {
    pointers: [`/settings/form/${name}`],
    tab: 'common',
    label,
    read: (draft) => draft.settings.form[name],
    take: (to, from) => settings(to, { form: { ...to.settings.form, [name]: from.settings.form[name] } }),
  };
}

function message<Name extends keyof Message>(name: Name, label: Key): PackageField {
  return {
    pointers: [`/settings/message/${name}`],
    tab: 'common',
    label,
    read: (draft) => draft.settings.message[name],
    take: (to, from) => settings(to, { message: { ...to.settings.message, [name]: from.settings.message[name] } }),
  };
}

function week(row: Row, label: Key): PackageField {
  const days = daysOf(row);
  const pointer = (day: DayName) => `/settings/hours/week/${day}`;
  const [first = 'mon', ...more] = days;
  return {
    pointers: [pointer(first), ...more.map(pointer)],
    tab: 'common',
    label,
    read: (draft) => days.map((day) => draft.settings.hours.week[day]),
    take: (to, from) => {
      const taken = { ...to.settings.hours.week };
      for (const day of days) taken[day] = from.settings.hours.week[day];
      return settings(to, { hours: { ...to.settings.hours, week: taken } });
    },
  };
}

const NAME: PackageField = {
  pointers: ['/name'],
  tab: 'common',
  label: 'package.name',
  read: (draft) => draft.name,
  take: (to, from) => ({ ...to, name: from.name }),
};

const EXCEPTIONS: PackageField = {
  pointers: ['/settings/hours/exceptions'],
  tab: 'common',
  label: 'package.exceptions',
  read: (draft) => draft.settings.hours.exceptions,
  take: (to, from) => settings(to, { hours: { ...to.settings.hours, exceptions: from.settings.hours.exceptions } }),
};

/** All of them, in the order of the screen. */
export const FIELDS: readonly PackageField[] = [
  NAME,
  setting('company', 'package.company'),
  setting('web_address', 'package.web_address'),
  setting('logo', 'package.logo'),
  setting('language', 'package.language'),
  setting('zone', 'package.zone'),
  week('weekdays', 'package.weekdays'),
  week('saturday', 'package.saturday'),
  week('sunday', 'package.sunday'),
  EXCEPTIONS,
  setting('consultants', 'package.consultants'),
  form('fields', 'package.form'),
  form('consent', 'package.consent'),
  message('is_offered', 'package.message_offered'),
  message('text', 'package.message_text'),
  button('label', 'package.label'),
  button('reveal', 'package.reveal'),
  button('reveal_seconds', 'package.reveal_seconds'),
  button('corner', 'package.corner'),
  button('stick', 'package.stick'),
  button('unstick', 'package.unstick'),
  button('size', 'package.size'),
  button('color', 'package.color'),
  button('brand', 'package.brand'),
  button('mode', 'package.mode'),
  button('outside_hours', 'package.outside_hours'),
  button('show_on', 'package.show_on'),
  button('hide_on', 'package.hide_on'),
  setting('sites', 'package.sites', 'button'),
  page('heading', 'package.heading'),
  page('subheading', 'package.subheading'),
  page('has_chat', 'package.has_chat'),
];

/** The fields in which two drafts differ. */
export function differing(one: Draft, other: Draft): readonly PackageField[] {
  return FIELDS.filter((field) => !same(field.read(one), field.read(other)));
}

/** The field an error of the hub speaks of. */
export function fieldAt(pointer: string): PackageField | undefined {
  return FIELDS.find((field) => field.pointers.some((own) => pointer === own || pointer.startsWith(`${own}/`)));
}

function settings(draft: Draft, part: Partial<PackageSettings>): Draft {
  return { ...draft, settings: { ...draft.settings, ...part } };
}
