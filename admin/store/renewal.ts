// Asks the hub anew whenever something changed there; a change that comes meanwhile is asked for afterwards, once.
import { effect, type ReadonlySignal } from '@preact/signals';

export class Renewal {
  readonly #renew: () => Promise<void>;
  readonly #stop: () => void;
  #isAsking = false;
  #isStale = false;

  /** `changes` is 0 until the hub said anything: the first change is the welcome of the socket. */
  constructor(changes: ReadonlySignal<number>, renew: () => Promise<void>) {
    this.#renew = renew;
    this.#stop = effect(() => {
      if (changes.value > 0) void this.ask();
    });
  }

  stop(): void {
    this.#stop();
  }

  async ask(): Promise<void> {
    this.#isStale = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#isStale) {
      this.#isStale = false;
      await this.#renew();
    }
    this.#isAsking = false;
  }
}
