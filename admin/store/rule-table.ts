// A rule table as an owner edits it: its rows as the hub reads them, and every change an owner can make to them.
import type { Action, Condition, RingMode, Row, Step, Who } from './plugin-rows';
import { same } from './same';

export type * from './plugin-rows';

export const TESTS = ['one_of', 'none_of', 'contains', 'starts_with'] as const;

export type Fact = Condition['fact'];
export type TextCondition = Extract<Condition, { values: string[] }>;
export type NumberCondition = Extract<Condition, { at_least: number | null }>;
export type HourCondition = Extract<Condition, { from: number }>;

/** In the order in which an owner is offered them. */
export const FACTS: readonly Fact[] = [
  'language',
  'page_url',
  'package',
  'waiting_seconds',
  'hour_of_day',
  'topic',
  'country',
  'tag',
  'visits',
];

export const RINGS: readonly RingMode[] = ['all_at_once', 'one_by_one', 'least_busy', 'longest_idle'];

export const GROUPS = ['consultants', 'skill', 'speakers', 'last_consultant', 'wished', 'everybody'] as const;
export type Group = (typeof GROUPS)[number];

export const DEEDS = ['offer', 'queue', 'callback', 'refuse', 'built_in'] as const;
export type Deed = Action['do'];

/** A row on the screen; the key stays while it is edited and moved. */
export interface Held {
  key: number;
  row: Row;
}

/** As the hub limits them. */
export const MOST = {
  rows: 100,
  conditions: 10,
  values: 100,
  value: 200,
  steps: 10,
  name: 80,
  tags: 16,
  tag: 40,
  message: 500,
} as const;

const SECONDS = 20;

export function newStep(to: Who = 'everybody'): Step {
  return { to, ring: 'all_at_once', patience_seconds: SECONDS };
}

export function newCondition(fact: Fact): Condition {
  if (fact === 'hour_of_day') return { fact, from: 9, to: 17 };
  if (fact === 'waiting_seconds') return { fact, at_least: 60, at_most: null };
  if (fact === 'visits') return { fact, at_least: 2, at_most: null };
  return { fact, test: fact === 'page_url' ? 'contains' : 'one_of', values: [] };
}

export function newAction(deed: Deed, queue = ''): Action {
  switch (deed) {
    case 'offer':
      return { do: deed, steps: [newStep()] };
    case 'queue':
      return { do: deed, queue, priority: 0, message: null, reconsider_seconds: null };
    case 'callback':
      return { do: deed, message: '' };
    case 'refuse':
      return { do: deed, message: '', offer_callback: false };
    case 'built_in':
      return { do: deed };
  }
}

export function newRow(name: string): Row {
  // biome-ignore lint/suspicious/noThenProperty: the hub calls it so, and it is no function
  return { name, is_on: true, when: [], then: newAction('offer'), tags: [] };
}

export function groupOf(who: Who): Group {
  if (typeof who === 'string') return who;
  return 'skill' in who ? 'skill' : 'consultants';
}

export function newWho(group: Group, skill = ''): Who {
  if (group === 'consultants') return { consultants: [] };
  return group === 'skill' ? { skill } : group;
}

/** The rows of the hub with everything it may leave out. */
export function complete(row: Partial<Row> & Pick<Row, 'name' | 'then'>): Row {
  const { name, is_on = true, when = [], then, tags = [] } = row;
  // biome-ignore lint/suspicious/noThenProperty: the hub calls it so, and it is no function
  return { name, is_on, when: when.map(withBounds), then: withRest(then), tags };
}

function withBounds(condition: Condition): Condition {
  if (condition.fact !== 'waiting_seconds' && condition.fact !== 'visits') return condition;
  return { ...condition, at_least: condition.at_least ?? null, at_most: condition.at_most ?? null };
}

function withRest(action: Action): Action {
  if (action.do === 'queue') return { ...newQueue(), ...action };
  return action.do === 'refuse' ? { ...action, offer_callback: action.offer_callback ?? false } : action;
}

function newQueue() {
  return { priority: 0, message: null, reconsider_seconds: null };
}

export function hold(rows: readonly Row[]): readonly Held[] {
  return rows.map((row, key) => ({ key, row: complete(row) }));
}

export function freeKey(held: readonly Held[]): number {
  return held.reduce((most, { key }) => Math.max(most, key), -1) + 1;
}

/** Adds a row at the end, or after another one. */
export function add(held: readonly Held[], row: Row, key: number, after?: number): readonly Held[] {
  const at = held.findIndex((one) => one.key === after);
  const place = at < 0 ? held.length : at + 1;
  return [...held.slice(0, place), { key, row }, ...held.slice(place)];
}

export function change(held: readonly Held[], key: number, part: Partial<Row>): readonly Held[] {
  return held.map((one) => (one.key === key ? { ...one, row: { ...one.row, ...part } } : one));
}

export function remove(held: readonly Held[], key: number): readonly Held[] {
  return held.filter((one) => one.key !== key);
}

/** Puts a row to another place; the same list when it is there already or there is no such place. */
export function place(held: readonly Held[], key: number, to: number): readonly Held[] {
  const from = held.findIndex((one) => one.key === key);
  const moved = held[from];
  if (moved === undefined || from === to || to < 0 || to >= held.length) return held;
  const rest = held.filter((one) => one.key !== key);
  return [...rest.slice(0, to), moved, ...rest.slice(to)];
}

/** `VIP (copy)`, then `VIP (copy 2)`; the name gives way when there is no room for both. */
export function copyName(name: string, word: string, taken: readonly string[]): string {
  for (let number = 1; number <= taken.length + 1; number += 1) {
    const end = number === 1 ? ` (${word})` : ` (${word} ${number})`;
    const room = MOST.name - [...end].length;
    const found = [...name].slice(0, room).join('').trimEnd() + end;
    if (!taken.includes(found)) return found;
  }
  return name;
}

/** Rows that came, went or differ; an order alone that differs counts once. */
export function changesOf(kept: readonly Row[], held: readonly Held[]): number {
  const before = hold(kept);
  const differing = held.filter(({ key, row }) => !same(before.find((one) => one.key === key)?.row, row)).length;
  const gone = before.filter(({ key }) => !held.some((one) => one.key === key)).length;
  const there = held.filter(({ key }) => before.some((one) => one.key === key)).map(({ key }) => key);
  const isMoved = there.some((key, at) => at > 0 && key < (there[at - 1] ?? 0));
  return differing + gone + (isMoved ? 1 : 0);
}

/** As it is sent: names and texts without space around them. */
export function tidied(row: Row): Row {
  // biome-ignore lint/suspicious/noThenProperty: the hub calls it so, and it is no function
  return { ...row, name: row.name.trim(), then: tidiedAction(row.then) };
}

function tidiedAction(action: Action): Action {
  if (action.do === 'callback' || action.do === 'refuse') return { ...action, message: action.message.trim() };
  if (action.do !== 'queue') return action;
  const message = action.message?.trim() ?? '';
  return { ...action, message: message === '' ? null : message };
}

/** The values in a text: one on each line, or with commas between them where values have none. */
export function valuesOf(text: string, separator: RegExp = /[,\n]/): string[] {
  const values = text.split(separator).map((value) => value.trim());
  return values.filter((value, at) => value !== '' && values.indexOf(value) === at);
}
