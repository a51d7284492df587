// How many calls were missed since this consultant looked at the list here last: the number beside its place.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Shelf } from '../../widget/kit/shelf';
import type { Moment } from '../../widget/kit/wire';
import type { Answer } from './api';
import type { CallRecord } from './api-calls';
import type { Part } from './pages';
import { Renewal } from './renewal';

export interface MissedPorts {
  /** The newest missed calls. */
  missed: () => Promise<Answer<Part<CallRecord>>>;
  /** Changes whenever the list may have; 0 until the hub said anything. */
  changes: ReadonlySignal<number>;
  /** Remembers how far this consultant looked. */
  shelf: Shelf;
  /** The hub's clock. */
  now: () => Moment;
}

const NAME = 'calls.seen';

export class MissedCalls {
  readonly count = signal(0);
  readonly #ports: MissedPorts;
  readonly #renewal: Renewal;

  constructor(ports: MissedPorts) {
    this.#ports = ports;
    this.#renewal = new Renewal(ports.changes, () => this.#count());
  }

  stop(): void {
    this.#renewal.stop();
  }

  /** The list is on screen: everything in it was seen. */
  see(): void {
    this.#ports.shelf.set(NAME, String(this.#ports.now()));
    this.count.value = 0;
  }

  async #count(): Promise<void> {
    const answer = await this.#ports.missed();
    // The old number is better than none; the next change asks again.
    if (answer.ok) this.count.value = answer.value.entries.filter((call) => call.asked_at > this.#seen()).length;
  }

  /** Whoever signs in here for the first time is not shown the pile of before. */
  #seen(): Moment {
    const kept = this.#ports.shelf.get(NAME);
    if (kept !== undefined) return Number(kept);
    const now = this.#ports.now();
    this.#ports.shelf.set(NAME, String(now));
    return now;
  }
}
