// Orders or left messages as a desk shows them: one state at a time, live, each moved on by exactly one consultant.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Problem } from './api';
import type { OrderState, OrdersApi } from './api-orders';
import { Pages } from './pages';

export class Orders<T extends { id: string; state: OrderState }> {
  readonly pages: Pages<T>;
  /** Those whose state is being changed. */
  readonly #moving = signal<ReadonlySet<string>>(new Set());
  readonly #shown = signal<OrderState>('new');
  readonly #api: OrdersApi<T>;

  constructor(api: OrdersApi<T>) {
    this.#api = api;
    this.pages = new Pages((limit, before) => api.list(this.#shown.peek(), limit, before));
  }

  get shown(): ReadonlySignal<OrderState> {
    return this.#shown;
  }

  get moving(): ReadonlySignal<ReadonlySet<string>> {
    return this.#moving;
  }

  /** Shows the entries of another state. */
  async show(state: OrderState): Promise<void> {
    if (state === this.#shown.peek()) return;
    this.#shown.value = state;
    await this.pages.restart();
  }

  /**
   * Moves one to another state; whoever comes second is refused with `stale`.
   * Either way the list shows afterwards what the hub has.
   */
  async move(entry: T, to: OrderState): Promise<Problem | null> {
    if (this.#moving.peek().has(entry.id)) return null;
    this.#moving.value = new Set([...this.#moving.peek(), entry.id]);
    const answer = await this.#api.move(entry.id, entry.state, to);
    if (answer.ok) {
      if (answer.value.state !== this.#shown.peek()) this.pages.drop(entry.id);
      else this.pages.renew(answer.value);
    }
    this.#moving.value = new Set([...this.#moving.peek()].filter((id) => id !== entry.id));
    if (answer.ok) return null;
    await this.pages.load();
    return answer.problem;
  }
}
