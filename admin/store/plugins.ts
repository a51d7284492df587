// The plugins of the business in the order they are asked: uploading, moving, switching and deleting them.
import { signal } from '@preact/signals';
import type { Answer, Problem } from './api';
import type { Life, PluginDetail, PluginEntry, PluginId, PluginsApi } from './api-plugins';

export type ListApi = Pick<PluginsApi, 'all' | 'upload' | 'newTable' | 'remove' | 'order' | 'tryNow' | 'life'>;

/** A file on its way to the hub, or why the hub did not take it. */
export interface Upload {
  file: string;
  bytes: number;
  problem: Problem | null;
}

/** What became of an upload: a plugin of its own, or a further version of one that was there. */
export interface Uploaded {
  plugin: PluginDetail;
  isNew: boolean;
}

export type PluginState = 'live' | 'shadow' | 'rests' | 'draft';

/** A file as a browser hands it over. */
export type PluginFile = Blob & { readonly name: string };

/** A name of a rule table, in characters. */
export const MOST_NAME = 60;

export class Plugins {
  /** In the order asked; null until they came. */
  readonly list = signal<readonly PluginEntry[] | null>(null);
  /** They could not be loaded. */
  readonly problem = signal<Problem | null>(null);
  readonly upload = signal<Upload | null>(null);
  readonly #api: ListApi;
  /** Orders are kept one after another, so that the last one made is the one that stays. */
  #keeping: Promise<unknown> = Promise.resolve();
  /** What was changed here is newer than answers to questions from before. */
  #changes = 0;

  constructor(api: ListApi) {
    this.#api = api;
  }

  get(id: PluginId): PluginEntry | undefined {
    return this.list.value?.find((one) => one.id === id);
  }

  async load(): Promise<void> {
    const changes = this.#changes;
    const answer = await this.#api.all();
    if (changes !== this.#changes) return;
    if (answer.ok) this.#set(answer.value.plugins);
    this.problem.value = answer.ok ? null : answer.problem;
  }

  /** Hands a file to the hub; null when it was refused or another one is on its way. */
  async send(file: PluginFile): Promise<Uploaded | null> {
    if (this.upload.value !== null && this.upload.value.problem === null) return null;
    const sent = { file: file.name, bytes: file.size };
    this.upload.value = { ...sent, problem: null };
    const answer = await this.#api.upload(file);
    this.upload.value = answer.ok ? null : { ...sent, problem: answer.problem };
    if (!answer.ok) return null;
    const isNew = this.get(answer.value.id) === undefined;
    this.renew(answer.value);
    return { plugin: answer.value, isNew };
  }

  /** Puts away why an upload was refused. */
  dismiss(): void {
    if (this.upload.value?.problem) this.upload.value = null;
  }

  async newTable(name: string): Promise<Answer<PluginDetail>> {
    const answer = await this.#api.newTable(name);
    if (answer.ok) this.renew(answer.value);
    return answer;
  }

  /** Takes over a plugin that was changed; one that is new stands at the end. */
  renew(plugin: PluginEntry): void {
    const { value: list } = this.list;
    // It will be in the list that is on its way.
    if (list === null) return;
    const at = list.findIndex((one) => one.id === plugin.id);
    this.#changed(at < 0 ? [...list, plugin] : list.with(at, plugin));
  }

  async life(id: PluginId, life: Life): Promise<Answer<PluginDetail>> {
    const answer = await this.#api.life(id, life);
    if (answer.ok) this.renew(answer.value);
    return answer;
  }

  /** Lets the next question through to a plugin that is off for now. */
  async tryNow(id: PluginId): Promise<Problem | null> {
    const answer = await this.#api.tryNow(id);
    if (!answer.ok) return answer.problem;
    const plugin = this.get(id);
    if (plugin) this.renew({ ...plugin, health: { ...plugin.health, off_for_seconds: null } });
    return null;
  }

  async remove(id: PluginId): Promise<Problem | null> {
    const answer = await this.#api.remove(id);
    // Somebody else may have deleted it a moment ago; gone is gone.
    if (!answer.ok && answer.problem.status !== 404) return answer.problem;
    this.#changed((this.list.value ?? []).filter((one) => one.id !== id));
    return null;
  }

  /**
   * Puts a plugin at another place, counted from 0; false when it stands there already or nowhere.
   * The list changes at once, `keepOrder` makes it last.
   */
  place(id: PluginId, to: number): boolean {
    const list = this.list.value ?? [];
    const from = list.findIndex((one) => one.id === id);
    const plugin = list[from];
    const at = Math.max(0, Math.min(list.length - 1, to));
    if (plugin === undefined || at === from) return false;
    this.#changed(list.toSpliced(from, 1).toSpliced(at, 0, plugin));
    return true;
  }

  /** Keeps the order as it stands; a refusal brings back what the hub has. */
  keepOrder(): Promise<Problem | null> {
    const wanted = (this.list.value ?? []).map((one) => one.id);
    const kept = this.#keeping.then(async () => {
      const answer = await this.#api.order(wanted);
      this.#changes += 1;
      if (answer.ok) return null;
      await this.load();
      return answer.problem;
    });
    this.#keeping = kept;
    return kept;
  }

  #changed(list: readonly PluginEntry[]): void {
    this.#changes += 1;
    this.#set(list);
  }

  #set(list: readonly PluginEntry[]): void {
    this.list.value = list;
    this.problem.value = null;
  }
}

/** What a plugin does now. */
export function stateOf({ live, shadow, off_reason }: PluginEntry): PluginState {
  if (live !== null) return 'live';
  if (off_reason !== null) return 'rests';
  return shadow === null ? 'draft' : 'shadow';
}
