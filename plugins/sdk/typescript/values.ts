/** Reads settings by key and builds small values; knows no hub, so it runs in tests too. */
import type { Attribute, Context, Localised, Setting, SettingValue } from './types';

function setting(from: Context | Setting[], key: string): SettingValue | undefined {
  const settings = Array.isArray(from) ? from : from.settings;
  return settings.find((one) => one.key === key)?.value;
}

/** A text that is not empty. */
export function text(from: Context | Setting[], key: string): string | undefined {
  const value = setting(from, key);
  return value?.tag === 'text' && value.val !== '' ? value.val : undefined;
}

/** A whole number; durations are seconds. */
export function integer(from: Context | Setting[], key: string): number | undefined {
  const value = setting(from, key);
  return value?.tag === 'integer' ? value.val : undefined;
}

/** Is this switched on? */
export function isOn(from: Context | Setting[], key: string): boolean {
  const value = setting(from, key);
  return value?.tag === 'toggle' && value.val;
}

/** The rows of a table. */
export function rows(from: Context | Setting[], key: string): string[][] {
  const value = setting(from, key);
  return value?.tag === 'rows' ? value.val : [];
}

/** A text in one or two languages. */
export function localised(english: string, polish?: string): Localised[] {
  const texts = [{ language: 'en', text: english }];
  return polish === undefined ? texts : [...texts, { language: 'pl', text: polish }];
}

/** A key and its value. */
export function attribute(key: string, value: string): Attribute {
  return { key, value };
}
