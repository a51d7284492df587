// The form that a plugin declares, as the hub hands it on.
import type { Json } from './json';

/** The same text in several languages. */
export interface Localised {
  /** BCP 47. */
  language: string;
  text: string;
}

export interface Option {
  value: string;
  label: Localised[];
}

export interface TextRule {
  max_length: number;
  multiline: boolean;
  /** For the whole text. */
  pattern: string | null;
}

export interface IntegerRule {
  min: number;
  max: number;
  step: number;
  unit: string | null;
}

export interface NumberRule {
  min: number;
  max: number;
}

export type CellKind =
  | 'Text'
  | 'Integer'
  | 'Toggle'
  | 'TimeOfDay'
  | 'Date'
  | 'Consultant'
  | 'Skill'
  | { Choice: Option[] };

export interface Column {
  key: string;
  label: Localised[];
  kind: CellKind;
}

export type FieldKind =
  | { Text: TextRule }
  | 'Secret'
  | { Integer: IntegerRule }
  | { Number: NumberRule }
  | 'Toggle'
  | { Choice: Option[] }
  | { Choices: Option[] }
  | 'TimeOfDay'
  /** Seconds. */
  | 'Duration'
  | 'Date'
  | 'Language'
  | 'Colour'
  | 'Email'
  | 'Phone'
  | 'Url'
  | 'Consultant'
  | 'Consultants'
  | 'Queue'
  | 'Skill'
  | { Table: Column[] };

/** A value as plugins are given it. */
export type SettingValue =
  | { Text: string }
  | { Integer: number }
  | { Number: number }
  | { Toggle: boolean }
  | { Texts: string[] }
  | { Rows: string[][] };

export interface Field {
  key: string;
  label: Localised[];
  help: Localised[];
  section: string | null;
  kind: FieldKind;
  required: boolean;
  default: { key: string; value: SettingValue } | null;
  /** It is shown only while a field above has one of these values. */
  visible_when: { key: string; one_of: string[] } | null;
}

/** What an owner filled in, by the keys of fields; secrets are placeholders. */
export type SettingValues = { readonly [key: string]: Json };
