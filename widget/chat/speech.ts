/** The document's settings and texts, read once; every component speaks through `t`. */
import type { Code } from '../kit/wire';
import { readConfig, type TextKey, textsOf } from './config';

export const config = readConfig();
export const t = textsOf(config);
/** How times are written: in the browser's own variety of the package's language, if it has one. */
export const locale = navigator.languages.find((each) => each.startsWith(config.lang)) ?? config.lang;

/** Why a message was refused; what a visitor can do nothing about has one text for all. */
export function reason(code: Code): string {
  const key = `refused.${code}`;
  return t(hasText(key) ? key : 'refused.other');
}

function hasText(key: string): key is TextKey {
  return key in config.texts;
}
