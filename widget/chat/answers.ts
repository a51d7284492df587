/**
 * What the visitor filled in beside the message: answers to the form, the address for a reply, the consent.
 * Kept like the draft, so that neither a reload nor a refusal makes anybody type twice.
 */
import { signal } from '@preact/signals-core';
import type { Shelf } from '../kit/shelf';
import { config } from './speech';

/** Names no field of a form can have. */
export const EMAIL = '@email';
export const NAME = '@name';
const CONSENT = '@consent';

export class Answers {
  readonly #shelf: Shelf;
  readonly #all = signal<Readonly<Record<string, string>>>({});

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
    try {
      // The JSON door: other versions of this page, or a curious person, may have written something else.
      this.#all.value = { ...(JSON.parse(shelf.get('answers') ?? '{}') as Record<string, string>) };
    } catch {
      // What cannot be read is asked for again.
    }
  }

  get(name: string): string {
    return `${this.#all.value[name] ?? ''}`;
  }

  set(name: string, text: string): void {
    this.#shelf.keep();
    this.#put({ ...this.#all.value, [name]: text });
  }

  get hasConsented(): boolean {
    return this.get(CONSENT) !== '';
  }

  set hasConsented(has: boolean) {
    this.set(CONSENT, has ? 'yes' : '');
  }

  /** What goes with the first message of a chat. */
  get filled(): { answers: Record<string, string>; consented: boolean } {
    const answers: Record<string, string> = {};
    for (const { id } of config.form.fields) if (this.get(id).trim() !== '') answers[id] = this.get(id).trim();
    return { answers, consented: this.hasConsented };
  }

  /** The chat has begun: the next one asks for consent anew. */
  used(): void {
    this.#put({ ...this.#all.value, [CONSENT]: '' });
  }

  /** Nothing of it is the next visitor's. */
  forget(): void {
    this.#put({});
  }

  #put(all: Readonly<Record<string, string>>): void {
    this.#all.value = all;
    this.#shelf.set('answers', JSON.stringify(all));
  }
}
