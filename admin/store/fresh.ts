// How many orders and left messages nobody has taken yet: the number beside their place.
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Answer } from './api';
import { Renewal } from './renewal';

/** What is asked of the hub. */
export interface FreshPorts {
  orders: () => Promise<Answer<{ new: number }>>;
  messages: () => Promise<Answer<{ new: number }>>;
  /** Changes whenever the numbers may have; 0 until the hub said anything. */
  changes: ReadonlySignal<number>;
}

export class Fresh {
  readonly orders = signal(0);
  readonly messages = signal(0);
  readonly total = computed(() => this.orders.value + this.messages.value);
  readonly #ports: FreshPorts;
  readonly #renewal: Renewal;

  constructor(ports: FreshPorts) {
    this.#ports = ports;
    this.#renewal = new Renewal(ports.changes, () => this.#count());
  }

  stop(): void {
    this.#renewal.stop();
  }

  async #count(): Promise<void> {
    const [orders, messages] = await Promise.all([this.#ports.orders(), this.#ports.messages()]);
    // The old number is better than none; the next change asks again.
    if (orders.ok) this.orders.value = orders.value.new;
    if (messages.ok) this.messages.value = messages.value.new;
  }
}
