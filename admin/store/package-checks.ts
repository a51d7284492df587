// What can be said about a package's fields before the hub is asked; the hub has the last word.
import type { Button } from '../../widget/kit/settings';
import type { Day, Exception } from '../../widget/kit/wire';
import type { Draft } from './api-packages';
import { areOrdered, DAYS } from './hours-rows';

/** A field that cannot be saved as it is. */
export interface FieldProblem {
  pointer: string;
  /** The hub's code; `invalid` for what was seen here. */
  code: string;
}

/** The most each field takes, in characters or entries. */
export const MOST = {
  name: 25,
  company: 100,
  web_address: 100,
  label: 60,
  seconds: 3600,
  patterns: 20,
  pattern: 200,
  sites: 20,
  heading: 50,
  subheading: 200,
  fields: 8,
  field_label: 60,
  consent: 500,
  message: 200,
  note: 60,
  intervals: 6,
  exceptions: 200,
} as const;

/** Characters as people count them, and as the hub does. */
export function length(text: string): number {
  return [...text].length;
}

/** The field for the seconds is there only when the label comes by time (C3). */
export function hasSeconds({ reveal }: Button): boolean {
  return reveal === 'seconds';
}

/** Coming off the edge makes sense only for a button that sticks and whose label hides (C6). */
export function hasUnstick({ reveal, stick }: Button): boolean {
  return reveal !== 'always' && stick !== 'none';
}

/** Everything that is wrong, in the order of the screen. */
export function problemsOf(draft: Draft): readonly FieldProblem[] {
  const { settings } = draft;
  const { button, page, form, hours } = settings;
  const wrong: string[] = [];
  const check = (isRight: boolean, pointer: string) => {
    if (!isRight) wrong.push(pointer);
  };
  check(isWithin(draft.name.trim(), 1, MOST.name), '/name');
  check(length(settings.company) <= MOST.company, '/settings/company');
  check(isAddress(settings.web_address), '/settings/web_address');
  check(settings.consultants === null || settings.consultants.length > 0, '/settings/consultants');
  for (const name of DAYS) check(isDay(hours.week[name]), `/settings/hours/week/${name}`);
  check(hours.exceptions.length <= MOST.exceptions, '/settings/hours/exceptions');
  hours.exceptions.forEach((exception, index) => {
    check(isException(exception, hours.exceptions.slice(0, index)), `/settings/hours/exceptions/${index}`);
  });
  form.fields.forEach((field, index) => {
    check(isWithin(field.label.trim(), 1, MOST.field_label), `/settings/form/fields/${index}/label`);
  });
  check(form.fields.length <= MOST.fields, '/settings/form/fields');
  check(length(form.consent) <= MOST.consent, '/settings/form/consent');
  check(length(settings.message.text) <= MOST.message, '/settings/message/text');
  check(length(button.label) <= MOST.label, '/settings/button/label');
  check(!hasSeconds(button) || isSeconds(button.reveal_seconds), '/settings/button/reveal_seconds');
  check(button.brand === null || /^#[0-9a-f]{6}$/i.test(button.brand), '/settings/button/brand');
  check(arePatterns(button.show_on), '/settings/button/show_on');
  check(arePatterns(button.hide_on), '/settings/button/hide_on');
  check(settings.sites.length <= MOST.sites && settings.sites.every(isOrigin), '/settings/sites');
  check(length(page.heading) <= MOST.heading, '/settings/page/heading');
  check(length(page.subheading) <= MOST.subheading, '/settings/page/subheading');
  return wrong.map((pointer) => ({ pointer, code: 'invalid' }));
}

/** An id of a form's field that no other field has; it names the answer and never changes. */
export function freeId(kind: string, taken: readonly string[]): string {
  const ids = [kind, ...Array.from({ length: taken.length + 1 }, (_, index) => `${kind}_${index + 2}`)];
  return ids.find((id) => !taken.includes(id)) ?? kind;
}

/** The lines of a list field, without blank ones. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function isWithin(text: string, least: number, most: number): boolean {
  return length(text) >= least && length(text) <= most;
}

export function isSeconds(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= MOST.seconds;
}

function isAddress(text: string): boolean {
  if (text === '') return true;
  return length(text) <= MOST.web_address && /^https?:\/\/[^/\s]/i.test(text) && URL.canParse(text);
}

function isOrigin(site: string): boolean {
  return /^https?:\/\/[^/\s]+\/?$/i.test(site) && URL.canParse(site);
}

function arePatterns(patterns: readonly string[]): boolean {
  return patterns.length <= MOST.patterns && patterns.every((one) => /^[/*]/.test(one) && length(one) <= MOST.pattern);
}

function isDay(day: Day): boolean {
  if (day.open !== 'hours') return true;
  const { intervals } = day;
  return intervals.length > 0 && intervals.length <= MOST.intervals && areOrdered(intervals);
}

function isException({ date, note, day }: Exception, before: readonly Exception[]): boolean {
  const isNew = before.every((other) => other.date !== date);
  return /^\d{4}-\d\d-\d\d$/.test(date) && isNew && length(note) <= MOST.note && isDay(day);
}
