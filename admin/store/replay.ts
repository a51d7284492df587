// Recorded decisions asked again of a version: how many would come out the same, and how the others differ.
import { signal } from '@preact/signals';
import type { Problem } from './api';
import type { Replayed } from './api-decisions';
import type { PluginsApi } from './api-plugins';

export type ReplayApi = Pick<PluginsApi, 'replay'>;

/** How many decisions an owner can choose to ask again. */
export const COUNTS = [20, 50, 100, 200] as const;

export class Rerun {
  readonly result = signal<(Replayed & { version: number }) | null>(null);
  readonly problem = signal<Problem | null>(null);
  readonly isBusy = signal(false);
  readonly #api: ReplayApi;

  constructor(api: ReplayApi) {
    this.#api = api;
  }

  async run(plugin: string, version: number, last: number): Promise<void> {
    if (this.isBusy.value) return;
    this.isBusy.value = true;
    const answer = await this.#api.replay(plugin, version, last);
    this.isBusy.value = false;
    this.problem.value = answer.ok ? null : answer.problem;
    this.result.value = answer.ok ? { ...answer.value, version } : null;
  }
}
