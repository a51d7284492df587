// The decision log: the newest first, only failed ones or those about one chat or call.
import { signal } from '@preact/signals';
import type { Answer } from './api';
import type { Decision } from './api-decisions';
import type { DecisionsApi } from './api-plugins';
import { Pages, type Part } from './pages';

/** How ids of chats and calls look on the outside. */
const SUBJECT = /^[0-9A-HJKMNP-TV-Z]{13}$/;

/** The chat or call whose decisions are shown; it stays while one of them is read. */
export const subject = signal('');

/** Only decisions in which a plugin failed. */
export const isFailedOnly = signal(false);

/** Is it an id that the hub can look for? Nothing is one, too. */
export function isSubject(text: string): boolean {
  return text === '' || SUBJECT.test(text);
}

/** An id as it is typed or pasted, from an address of the desk as well. */
export function subjectOf(text: string): string {
  return (text.trim().split('/').at(-1) ?? '').toUpperCase();
}

export class DecisionLog {
  readonly pages;
  readonly #api: Pick<DecisionsApi, 'list'>;

  constructor(api: Pick<DecisionsApi, 'list'>) {
    this.#api = api;
    this.pages = new Pages<Decision>((_, before) => this.#ask(before));
  }

  async #ask(before?: string): Promise<Answer<Part<Decision>>> {
    const about = subject.peek();
    const answer = await this.#api.list({
      failed: isFailedOnly.peek(),
      ...(about === '' ? {} : { subject: about }),
      ...(before === undefined ? {} : { before }),
    });
    if (!answer.ok) return answer;
    const { decisions, next } = answer.value;
    return { ok: true, value: { entries: decisions, more: next !== null } };
  }
}
