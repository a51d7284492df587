// How many orders and left messages nobody has taken yet: the number beside their place.
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Answer } from './api';

/** What is asked of the hub. */
export interface FreshPorts {
  orders: () => Promise<Answer<{ new: number }>>;
  messages: () => Promise<Answer<{ new: number }>>;
  /** Changes whenever the numbers may have. */
  changes: ReadonlySignal<number>;
}

export class Fresh {
  readonly orders = signal(0);
  readonly messages = signal(0);
  readonly total = computed(() => this.orders.value + this.messages.value);
  readonly #ports: FreshPorts;
  readonly #stop: () => void;
  #isAsking = false;
  #isStale = false;

  constructor(ports: FreshPorts) {
    this.#ports = ports;
    // The first change is the welcome of the socket.
    this.#stop = effect(() => {
      if (ports.changes.value > 0) void this.ask();
    });
  }

  stop(): void {
    this.#stop();
  }

  /** Asks for both numbers; a change that comes meanwhile is asked for afterwards, once. */
  async ask(): Promise<void> {
    this.#isStale = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    while (this.#isStale) {
      this.#isStale = false;
      const [orders, messages] = await Promise.all([this.#ports.orders(), this.#ports.messages()]);
      // The old number is better than none; the next change asks again.
      if (orders.ok) this.orders.value = orders.value.new;
      if (messages.ok) this.messages.value = messages.value.new;
    }
    this.#isAsking = false;
  }
}
