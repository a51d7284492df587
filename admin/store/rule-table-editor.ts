// One rule table on the owner's screen: what the hub keeps, what was changed here, and saving it as a new version.
import { computed, signal } from '@preact/signals';
import type { Problem } from './api';
import type { PluginDetail, PluginsApi } from './api-plugins';
import type { FieldProblem } from './package-checks';
import {
  add,
  change,
  changesOf,
  copyName,
  freeKey,
  type Held,
  hold,
  newRow,
  place,
  type Row,
  remove,
  tidied,
} from './rule-table';
import { problemsOf } from './rule-table-checks';
import { at, same } from './same';

export type TableApi = Pick<PluginsApi, 'saveRows' | 'life'>;

/** What became of a save. */
export type Saved = { detail: PluginDetail } | { problem: Problem } | 'wrong' | 'nothing';

export class RuleTableEditor {
  /** As the hub keeps it. */
  readonly kept;
  /** As it stands on the screen. */
  readonly held;
  readonly problems = signal<readonly FieldProblem[]>([]);
  readonly isSaving = signal(false);
  readonly changes = computed(() => changesOf(this.#rows.value, this.held.value));
  readonly #rows;
  readonly #api: TableApi;

  constructor(kept: PluginDetail, api: TableApi) {
    this.kept = signal(kept);
    this.#rows = computed<readonly Row[]>(() => this.kept.value.rows ?? []);
    this.held = signal(hold(this.#rows.value));
    this.#api = api;
  }

  /** Adds an empty row at the end; gives back its key. */
  add(name: string): number {
    const key = freeKey(this.held.value);
    this.#put(add(this.held.value, newRow(name), key));
    return key;
  }

  /** Puts a copy below a row; gives back its key. */
  duplicate(key: number, word: string): number {
    const one = this.held.value.find((held) => held.key === key);
    const fresh = freeKey(this.held.value);
    if (one === undefined) return key;
    const names = this.held.value.map(({ row }) => row.name);
    this.#put(add(this.held.value, { ...one.row, name: copyName(one.row.name, word, names) }, fresh, key));
    return fresh;
  }

  change(key: number, part: Partial<Row>): void {
    this.#put(change(this.held.value, key, part));
  }

  /** Whether it went to another place. */
  place(key: number, to: number): boolean {
    const before = this.held.value;
    this.#put(place(before, key, to));
    return this.held.value !== before;
  }

  /** Takes a row away; what it gives back brings it back. */
  remove(key: number): () => void {
    const index = this.held.value.findIndex((one) => one.key === key);
    const gone = this.held.value[index];
    this.#put(remove(this.held.value, key));
    return () => {
      if (gone === undefined) return;
      const rest = this.held.value;
      const isTaken = rest.some((one) => one.key === key);
      const back = { ...gone, key: isTaken ? freeKey(rest) : key };
      this.#put([...rest.slice(0, index), back, ...rest.slice(index)]);
    };
  }

  /** Undoes everything since the last save; what it gives back brings it back. */
  revert(): () => void {
    const undone = this.held.value;
    this.held.value = hold(this.#rows.value);
    this.problems.value = [];
    return () => this.#put(undone);
  }

  /** What is wrong with a cell, or with something inside it. */
  wrong(pointer: string): FieldProblem | undefined {
    return this.problems.value.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
  }

  /** Saves the rows as a new version, which is a draft. */
  async save(): Promise<Saved> {
    if (this.isSaving.value || this.changes.value === 0) return 'nothing';
    const sent = this.held.value.map(({ row }) => tidied(row));
    this.problems.value = problemsOf(sent);
    if (this.problems.value.length > 0) return 'wrong';
    this.isSaving.value = true;
    const { id } = this.kept.value;
    const answer = await this.#api.saveRows(id, sent);
    this.isSaving.value = false;
    if (answer.ok) {
      // Whoever typed on while it was saved has typed into the next version.
      const isTypedOn = !same(
        this.held.value.map(({ row }) => tidied(row)),
        sent,
      );
      this.kept.value = answer.value;
      if (!isTypedOn) this.held.value = hold(this.#rows.value);
      return { detail: answer.value };
    }
    const { problem } = answer;
    const errors = problem.errors ?? [];
    if (errors.length === 0) return { problem };
    this.problems.value = errors.map(({ pointer, code }) => ({ pointer, code }));
    return 'wrong';
  }

  /** Lets the newest version decide. */
  async makeLive(): Promise<Saved> {
    const { id, newest, shadow } = this.kept.value;
    this.isSaving.value = true;
    const answer = await this.#api.life(id, { live: newest, shadow: shadow === newest ? null : shadow });
    this.isSaving.value = false;
    if (!answer.ok) return { problem: answer.problem };
    this.kept.value = answer.value;
    return { detail: answer.value };
  }

  /** Somebody else changed what does not concern the rows: a name, what is live. */
  hear(detail: PluginDetail): void {
    if (this.changes.value === 0) {
      this.kept.value = detail;
      this.held.value = hold(this.#rows.value);
    }
  }

  #put(next: readonly Held[]): void {
    const rows = (held: readonly Held[]) => ({ rows: held.map(({ row }) => row) });
    const before = rows(this.held.value);
    this.held.value = next;
    const after = rows(next);
    // A cell that was touched is judged anew when it is saved; rows that moved take their faults nowhere.
    this.problems.value = this.problems.value.filter(({ pointer }) => same(at(before, pointer), at(after, pointer)));
  }
}
