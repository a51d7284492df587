// One package on the owner's screen: what the hub keeps, what was changed here, and what happens between the two.
import { computed, signal } from '@preact/signals';
import type { Button, Form, Message, PackageSettings, Page } from '../../widget/kit/settings';
import type { Answer, Problem } from './api';
import type { Draft, Package, PackagesApi, PackageVersion } from './api-packages';
import { type FieldProblem, hasSeconds, isSeconds, problemsOf } from './package-checks';
import { differing, FIELDS, fieldAt, type PackageField } from './package-fields';
import { at, same } from './same';

export type EditorApi = Pick<PackagesApi, 'one' | 'save' | 'restore' | 'versions'>;

/** Whose value of a field is taken when two owners changed a package. */
export type Side = 'mine' | 'theirs';

/** Somebody saved in between. */
export interface Conflict {
  theirs: Package;
  /** Who and when, if the hub told. */
  version: PackageVersion | undefined;
  /** Where my draft differs from theirs, and which side is chosen. */
  rows: readonly ConflictRow[];
}

export interface ConflictRow {
  field: PackageField;
  /** It was changed on both sides. */
  isContested: boolean;
  side: Side;
}

/** What a label by time waits when the field was left empty and then hidden. */
const SECONDS = 10;

export class PackageEditor {
  /** As the hub keeps it. */
  readonly kept;
  /** As it stands on the screen. */
  readonly draft;
  readonly problems = signal<readonly FieldProblem[]>([]);
  readonly conflict = signal<Conflict | null>(null);
  readonly isSaving = signal(false);
  readonly changes = computed(() => differing(this.kept.value, this.draft.value));
  readonly isChanged = computed(() => this.changes.value.length > 0);
  readonly #api: EditorApi;

  constructor(kept: Package, api: EditorApi) {
    this.kept = signal(kept);
    this.draft = signal(draftOf(kept));
    this.#api = api;
  }

  name(name: string): void {
    this.#change({ ...this.draft.value, name });
  }

  settings(part: Partial<PackageSettings>): void {
    const { value: draft } = this.draft;
    this.#change({ ...draft, settings: { ...draft.settings, ...part } });
  }

  button(part: Partial<Button>): void {
    this.settings({ button: { ...this.draft.value.settings.button, ...part } });
  }

  page(part: Partial<Page>): void {
    this.settings({ page: { ...this.draft.value.settings.page, ...part } });
  }

  form(part: Partial<Form>): void {
    this.settings({ form: { ...this.draft.value.settings.form, ...part } });
  }

  message(part: Partial<Message>): void {
    this.settings({ message: { ...this.draft.value.settings.message, ...part } });
  }

  /** Undoes everything since the last save; what it gives back brings it back. */
  revert(): () => void {
    const undone = this.draft.value;
    this.draft.value = draftOf(this.kept.value);
    this.problems.value = [];
    return () => {
      this.draft.value = undone;
    };
  }

  /** What is wrong with a field, or with something inside it. */
  wrong(pointer: string): FieldProblem | undefined {
    return this.problems.value.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`));
  }

  /** Saves; gives back what went wrong and belongs to no field, or null. */
  async save(): Promise<Problem | null> {
    if (this.isSaving.value || !this.isChanged.value) return null;
    const sent = tidied(this.draft.value);
    this.problems.value = problemsOf(sent);
    if (this.problems.value.length > 0) return null;
    this.isSaving.value = true;
    const answer = await this.#api.save(this.kept.value.id, this.kept.value.version, sent);
    const problem = await this.#saved(answer, sent);
    this.isSaving.value = false;
    return problem;
  }

  /** Takes an earlier version back; only without unsaved changes, so that none are lost. */
  async restore(version: number): Promise<Problem | null> {
    const { id, version: current } = this.kept.value;
    const answer = await this.#api.restore(id, version, current);
    if (!answer.ok) return answer.problem;
    this.kept.value = answer.value;
    this.draft.value = draftOf(answer.value);
    return null;
  }

  /** Chooses a side of one field, or of all of them. */
  choose(side: Side, field?: PackageField): void {
    const { value: conflict } = this.conflict;
    if (conflict === null) return;
    const rows = conflict.rows.map((row) => (field === undefined || row.field === field ? { ...row, side } : row));
    this.conflict.value = { ...conflict, rows };
  }

  /** Goes on from their version with the chosen sides; gives back what brings all of mine back. */
  merge(): () => void {
    const { value: conflict } = this.conflict;
    const mine = this.draft.value;
    if (conflict === null) return () => {};
    this.conflict.value = null;
    this.kept.value = conflict.theirs;
    this.draft.value = conflict.rows
      .filter((row) => row.side === 'mine')
      .reduce((draft, { field }) => field.take(draft, mine), draftOf(conflict.theirs));
    return () => {
      this.draft.value = mine;
    };
  }

  async #saved(answer: Answer<Package>, sent: Draft): Promise<Problem | null> {
    if (answer.ok) {
      // Whoever typed on while it was saved has typed into the next version.
      const isTypedOn = !same(tidied(this.draft.value), sent);
      this.kept.value = answer.value;
      if (!isTypedOn) this.draft.value = draftOf(answer.value);
      return null;
    }
    const { problem } = answer;
    if (problem.code === 'stale') return this.#compare();
    if (problem.pointer !== undefined && fieldAt(problem.pointer) !== undefined) {
      this.problems.value = [{ pointer: problem.pointer, code: problem.code }];
      return null;
    }
    return problem;
  }

  async #compare(): Promise<Problem | null> {
    const { id } = this.kept.value;
    const [theirs, versions] = await Promise.all([this.#api.one(id), this.#api.versions(id)]);
    if (!theirs.ok) return theirs.problem;
    const version = versions.ok
      ? versions.value.versions.find((one) => one.version === theirs.value.version)
      : undefined;
    this.conflict.value = {
      theirs: theirs.value,
      version,
      rows: conflictRows(this.kept.value, this.draft.value, theirs.value),
    };
    return null;
  }

  #change(next: Draft): void {
    const before = this.draft.value;
    this.draft.value = next;
    // A field that was touched is judged anew when it is saved.
    this.problems.value = this.problems.value.filter(({ pointer }) => same(at(before, pointer), at(next, pointer)));
  }
}

/** Where two drafts from one base differ; what only they changed is theirs, everything else mine. */
export function conflictRows(base: Draft, mine: Draft, theirs: Draft): readonly ConflictRow[] {
  return FIELDS.filter((field) => !same(field.read(mine), field.read(theirs))).map((field) => {
    const isMine = !same(field.read(base), field.read(mine));
    const isTheirs = !same(field.read(base), field.read(theirs));
    return { field, isContested: isMine && isTheirs, side: isMine ? 'mine' : 'theirs' };
  });
}

function draftOf({ name, settings }: Draft): Draft {
  return { name, settings };
}

/** Without what a hidden field was left with. */
function tidied(draft: Draft): Draft {
  const { button } = draft.settings;
  if (hasSeconds(button) || isSeconds(button.reveal_seconds)) return draft;
  return { ...draft, settings: { ...draft.settings, button: { ...button, reveal_seconds: SECONDS } } };
}
