// Visitors this desk asked for, and those another tab of the same account asked for a moment ago.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Shelf } from '../../widget/kit/shelf';
import type { ChatId } from '../../widget/kit/wire';

/** The hub answers a claim sooner; after that a chat that comes was not asked for. */
const FRESH_MS = 10_000;

const NAME = 'claimed';

export class Claims {
  readonly #asked = signal<ReadonlySet<ChatId>>(new Set());
  readonly #shelf: Shelf;
  readonly #now: () => number;

  constructor(shelf: Shelf, now: () => number) {
    this.#shelf = shelf;
    this.#now = now;
  }

  /** Asked for here, without an answer so far. */
  get asked(): ReadonlySignal<ReadonlySet<ChatId>> {
    return this.#asked;
  }

  add(chat: ChatId): void {
    this.#asked.value = new Set([...this.#asked.value, chat]);
    this.#shelf.set(NAME, `${chat} ${this.#now()}`);
  }

  /** The hub answered; true when this desk had asked. */
  settle(chat: ChatId): boolean {
    const isMine = this.#asked.value.has(chat);
    if (isMine) this.#asked.value = new Set([...this.#asked.value].filter((other) => other !== chat));
    return isMine;
  }

  clear(): void {
    this.#asked.value = new Set();
  }

  /** Some tab of this browser asked for it. */
  wasAsked(chat: ChatId): boolean {
    const [last, at] = (this.#shelf.get(NAME) ?? '').split(' ');
    return last === chat && this.#now() - Number(at) < FRESH_MS;
  }
}
