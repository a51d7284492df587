/**
 * Texts of one language: keys named by meaning, `{slots}`, and plural forms by Intl.PluralRules.
 * The hub sends one language with the page, so further languages cost a visitor nothing.
 */

/** One text, or its plural forms chosen by the slot `count`. */
export type Text = string | { readonly [form in Intl.LDMLPluralRule]?: string };
/** The texts of one part of the product in one language. */
export type Texts<Key extends string> = { readonly [key in Key]: Text };
/** Values for the slots of a text. */
export type Slots = Readonly<Record<string, string | number>>;
/** Says a text in the reader's language. */
export type Say<Key extends string> = (key: Key, slots?: Slots) => string;

/** Prepares the texts of one language; a text that is missing shows its key, so a reader sees that one is missing. */
export function speak<Key extends string>(language: string, texts: Partial<Texts<Key>>): Say<Key> {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (key, slots = {}) => {
    const text: Text | undefined = texts[key];
    const count = slots.count;
    const chosen =
      typeof text === 'object' ? (typeof count === 'number' && text[rules.select(count)]) || text.other : text;
    return (chosen ?? key).replace(/\{(\w+)\}/g, (slot, name: string) => {
      const value = slots[name];
      return typeof value === 'number' ? numbers.format(value) : (value ?? slot);
    });
  };
}
