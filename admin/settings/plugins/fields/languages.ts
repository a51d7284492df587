// Languages to choose from, by their names in the language of the desk.
import type { Choice } from './Choose';

/** What is often spoken to visitors in Europe and beyond; any other a plugin may have as its default. */
const COMMON = [
  ...['ar', 'bg', 'cs', 'da', 'de', 'el', 'en', 'en-GB', 'en-US', 'es', 'et', 'fi', 'fr', 'he', 'hi', 'hr', 'hu'],
  ...[
    'it',
    'ja',
    'ko',
    'lt',
    'lv',
    'nl',
    'no',
    'pl',
    'pt',
    'pt-BR',
    'ro',
    'sk',
    'sl',
    'sr',
    'sv',
    'tr',
    'uk',
    'vi',
    'zh',
  ],
];

/** By name; `chosen` is among them whatever it is. */
export function languages(shown: string, chosen: string): readonly Choice[] {
  const names = new Intl.DisplayNames(shown, { type: 'language' });
  const tags = chosen === '' || COMMON.includes(chosen) ? COMMON : [...COMMON, chosen];
  return tags
    .map((value) => ({ value, words: nameOf(names, value) }))
    .sort((one, other) => one.words.localeCompare(other.words, shown));
}

function nameOf(names: Intl.DisplayNames, tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    // Not a tag that browsers know.
    return tag;
  }
}
