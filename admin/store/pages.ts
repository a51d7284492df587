// A list that comes page by page, the newest first: the audit, orders, left messages.
import { signal } from '@preact/signals';
import type { Answer } from './api';

/** One page of a list. */
export interface Part<T> {
  entries: readonly T[];
  more: boolean;
}

/** Entries asked for at once. */
export const PAGE = 50;

/** The hub gives no more at once; a longer list is folded back to this when it is renewed. */
const MOST = 100;

export type Loading = 'loading' | 'failed' | 'here';

export class Pages<T extends { id: string }> {
  readonly entries = signal<readonly T[]>([]);
  readonly state = signal<Loading>('loading');
  /** There are older ones at the hub. */
  readonly hasMore = signal(false);
  readonly isLoadingMore = signal(false);
  readonly #ask: (limit: number, before?: string) => Promise<Answer<Part<T>>>;
  /** Answers to older questions are of no interest any more. */
  #asked = 0;

  constructor(ask: (limit: number, before?: string) => Promise<Answer<Part<T>>>) {
    this.#ask = ask;
  }

  /** Loads as many of the newest as are here, in place of them. */
  async load(): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const answer = await this.#ask(Math.min(MOST, Math.max(PAGE, this.entries.value.length)));
    if (asked !== this.#asked) return;
    this.isLoadingMore.value = false;
    if (answer.ok) {
      this.entries.value = answer.value.entries;
      this.hasMore.value = answer.value.more;
      this.state.value = 'here';
    } else if (this.state.value !== 'here') {
      this.state.value = 'failed';
    }
  }

  /** Forgets everything and loads anew. */
  async restart(): Promise<void> {
    this.state.value = 'loading';
    this.entries.value = [];
    this.hasMore.value = false;
    await this.load();
  }

  /** Loads the page after the last entry; false when it did not come. */
  async loadMore(): Promise<boolean> {
    const last = this.entries.value.at(-1);
    if (last === undefined || this.isLoadingMore.value) return true;
    const asked = this.#asked;
    this.isLoadingMore.value = true;
    const answer = await this.#ask(PAGE, last.id);
    if (asked !== this.#asked) return true;
    this.isLoadingMore.value = false;
    if (!answer.ok) return false;
    const known = new Set(this.entries.value.map((entry) => entry.id));
    this.entries.value = [...this.entries.value, ...answer.value.entries.filter((entry) => !known.has(entry.id))];
    this.hasMore.value = answer.value.more;
    return true;
  }

  /** Takes over a changed entry. */
  renew(entry: T): void {
    this.entries.value = this.entries.value.map((one) => (one.id === entry.id ? entry : one));
  }

  /** Takes an entry away. */
  drop(id: string): void {
    this.entries.value = this.entries.value.filter((entry) => entry.id !== id);
  }
}
