// What a declared form means: texts in a language, defaults, which fields are shown, what can be said before saving.
import type { FieldError } from './api';
import type { Json } from './json';
import type { CellKind, Column, Field, FieldKind, Localised, Option, SettingValue, SettingValues } from './plugin-form';

/** A row of a table, as it is filled in. */
export type Cells = Readonly<Record<string, Json>>;

/** Fields that stand together under one heading. */
export interface FieldSection {
  title: string | null;
  fields: readonly Field[];
}

/** The text in a language, else in its nearest relative, else in English, else the first. */
export function said(texts: readonly Localised[], language: string): string {
  const base = (tag: string) => tag.toLowerCase().split('-')[0];
  const found =
    texts.find((one) => one.language.toLowerCase() === language.toLowerCase()) ??
    texts.find((one) => base(one.language) === base(language)) ??
    texts.find((one) => base(one.language) === 'en') ??
    texts[0];
  return found?.text ?? '';
}

/** An option in words. */
export function optionWords({ value, label }: Option, language: string): string {
  return said(label, language) || value;
}

/** The fields by their sections, each where its first field stands; fields without one come first. */
export function sectionsOf(fields: readonly Field[]): readonly FieldSection[] {
  const titles = [null, ...fields.map(({ section }) => section)];
  return [...new Set(titles)]
    .map((title) => ({ title, fields: fields.filter(({ section }) => section === title) }))
    .filter((one) => one.fields.length > 0);
}

/** What a secret that is kept is shown as. */
export function placeholder(key: string): string {
  return `{{secret:${key}}}`;
}

/** The value of a field: as filled in, else its default, else undefined. */
export function filledIn(field: Field, values: SettingValues): Json | undefined {
  const given = values[field.key];
  const isText = typeof field.kind === 'object' && 'Text' in field.kind;
  if (given === undefined || given === null || (given === '' && !isText)) return defaultOf(field);
  return given;
}

/** Is the field shown, given what stands in the fields above it? */
export function isShown(field: Field, fields: readonly Field[], values: SettingValues): boolean {
  const { visible_when: condition } = field;
  if (condition === null) return true;
  const above = fields.slice(0, fields.indexOf(field)).find(({ key }) => key === condition.key);
  if (above === undefined || !isShown(above, fields, values)) return false;
  return spoken(filledIn(above, values)).some((one) => condition.one_of.includes(one));
}

/** What is sent: what belongs to a field, and a toggle that was left alone as what it shows. */
export function sent(fields: readonly Field[], values: SettingValues): SettingValues {
  const known = fields.flatMap((field) => {
    const value =
      values[field.key] ?? (field.kind === 'Toggle' && field.required ? filledIn(field, values) : undefined);
    if (value !== undefined) return [[field.key, value] as const];
    return field.kind === 'Toggle' && field.required ? [[field.key, false] as const] : [];
  });
  return Object.fromEntries(known);
}

/** What can be said before the hub is asked, in the order of the form; the hub has the last word. */
export function flawsOf(fields: readonly Field[], values: SettingValues): readonly FieldError[] {
  return fields
    .filter((field) => isShown(field, fields, values))
    .flatMap((field) => {
      const pointer = pointerOf(field.key);
      const value = filledIn(field, values);
      if (isBlank(value)) return field.required && field.kind !== 'Toggle' ? [flaw(pointer, 'missing')] : [];
      if (typeof field.kind === 'object' && 'Table' in field.kind) return cellFlaws(pointer, field.kind.Table, value);
      const code = flawOf(field.kind, value);
      return code === null ? [] : [flaw(pointer, code)];
    });
}

/** The pointer of a field, or of a cell in it (RFC 6901). */
export function pointerOf(key: string, ...inside: readonly (string | number)[]): string {
  return ['settings', key, ...inside].map((part) => `/${`${part}`.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
}

/** A row as a new one begins. */
export function emptyRow(columns: readonly Column[]): Cells {
  return Object.fromEntries(columns.map(({ key, kind }) => [key, emptyCell(kind)]));
}

/** The rows of a table as they are filled in. */
export function rowsOf(value: Json | undefined): readonly Cells[] {
  if (!Array.isArray(value)) return [];
  return value.map((row) => (typeof row === 'object' && row !== null && !Array.isArray(row) ? { ...row } : {}));
}

/** The texts of a list that is filled in. */
export function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function emptyCell(kind: CellKind): string {
  if (kind === 'Toggle') return 'false';
  return typeof kind === 'object' ? (kind.Choice[0]?.value ?? '') : '';
}

function defaultOf({ kind, default: given }: Field): Json | undefined {
  if (given === null) return undefined;
  const columns = typeof kind === 'object' && 'Table' in kind ? kind.Table : [];
  return plain(given.value, columns);
}

function plain(value: SettingValue, columns: readonly Column[]): Json {
  if ('Rows' in value) {
    return value.Rows.map((row) => Object.fromEntries(columns.map(({ key }, at) => [key, row[at] ?? ''])));
  }
  return Object.values(value)[0] ?? null;
}

function spoken(value: Json | undefined): readonly string[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? textsOf(value) : [`${value}`];
}

function isBlank(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.trim() === '';
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function flawOf(kind: FieldKind, value: Json | undefined): string | null {
  if (typeof kind === 'string') return value !== undefined && matches(kind, `${value}`) ? null : 'not_a';
  if ('Integer' in kind || 'Number' in kind) {
    if (typeof value !== 'number') return 'not_a';
    const rule = 'Integer' in kind ? kind.Integer : kind.Number;
    if (value < rule.min || value > rule.max) return 'out_of_range';
    if ('Number' in kind) return null;
    if (!Number.isInteger(value)) return 'not_a';
    return (value - kind.Integer.min) % Math.max(1, kind.Integer.step) === 0 ? null : 'step';
  }
  if ('Text' in kind) return [...`${value}`].length > kind.Text.max_length ? 'too_many' : null;
  return null;
}

/** Only what a slip of the hand looks like; everything finer is the hub's. */
function matches(kind: Extract<FieldKind, string> | CellKind, text: string): boolean {
  switch (kind) {
    case 'TimeOfDay':
      return /^\d\d:[0-5]\d$/.test(text);
    case 'Date':
      return /^\d{4}-\d\d-\d\d$/.test(text);
    case 'Duration':
      return /^\d+$/.test(text);
    case 'Integer':
      return /^-?\d+$/.test(text);
    case 'Colour':
      return /^#[0-9a-f]{6}$/i.test(text);
    case 'Email':
      return /^[^@\s]+@[^@\s]+$/.test(text);
    case 'Url':
      return /^https?:\/\/[^/\s]/i.test(text) && URL.canParse(text);
    case 'Consultant':
    case 'Skill':
      return text !== '';
    default:
      return true;
  }
}

function cellFlaws(pointer: string, columns: readonly Column[], value: Json | undefined): readonly FieldError[] {
  return rowsOf(value).flatMap((row, at) =>
    columns
      .filter(({ key, kind }) => typeof kind === 'string' && !matches(kind, `${row[key] ?? ''}`))
      .map(({ key }) => flaw(`${pointer}/${at}/${key}`, 'not_a')),
  );
}

function flaw(pointer: string, code: string): FieldError {
  return { pointer, code, message: '' };
}
