// The calls of the business as the page of calls shows them: all or the missed ones, the newest first.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { CallId } from '../../widget/kit/wire';
import type { Answer } from './api';
import type { CallRecord, Wanted } from './api-calls';
import { Pages, type Part } from './pages';

type Ask = (wanted: Wanted, before?: CallId) => Promise<Answer<Part<CallRecord>>>;

export class CallList {
  readonly pages: Pages<CallRecord>;
  readonly #wanted = signal<Wanted>('all');

  constructor(ask: Ask) {
    // The hub's pages of calls have a size of their own.
    this.pages = new Pages((_, before) => ask(this.#wanted.peek(), before));
  }

  get wanted(): ReadonlySignal<Wanted> {
    return this.#wanted;
  }

  /** Shows all calls, or the missed ones. */
  async show(wanted: Wanted): Promise<void> {
    if (wanted === this.#wanted.peek()) return;
    this.#wanted.value = wanted;
    await this.pages.restart();
  }
}
