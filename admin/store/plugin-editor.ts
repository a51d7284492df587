// One plugin on the owner's screen: what the hub keeps, what was changed here, and what happens between the two.
import { computed, signal } from '@preact/signals';
import type { PackageId } from '../../widget/kit/wire';
import type { FieldError, Problem } from './api';
import type { PluginChange, PluginDetail, PluginsApi } from './api-plugins';
import type { Json } from './json';
import type { SettingValues } from './plugin-form';
import { filledIn, flawsOf, isShown, pointerOf, sent } from './plugin-values';
import { MOST_NAME } from './plugins';
import { at, same } from './same';

export type EditorApi = Pick<PluginsApi, 'change'>;

interface Draft {
  readonly name: string;
  readonly settings: SettingValues;
  /** Null is every package. */
  readonly packages: readonly PackageId[] | null;
}

export class PluginEditor {
  /** As the hub keeps it. */
  readonly kept;
  /** As it stands on the screen. */
  readonly draft;
  readonly problems = signal<readonly FieldError[]>([]);
  readonly isSaving = signal(false);
  /** The pointers of what was changed. */
  readonly changes = computed(() => this.#differing());
  readonly isChanged = computed(() => this.changes.value.length > 0);
  /** The fields that are shown, given what stands in the others. */
  readonly shown = computed(() => {
    const { fields } = this.kept.value;
    return fields.filter((field) => isShown(field, fields, this.draft.value.settings));
  });
  readonly #api: EditorApi;

  constructor(kept: PluginDetail, api: EditorApi) {
    this.kept = signal(kept);
    this.draft = signal<Draft>(draftOf(kept));
    this.#api = api;
  }

  name(name: string): void {
    this.#change({ ...this.draft.value, name });
  }

  packages(packages: readonly PackageId[] | null): void {
    this.#change({ ...this.draft.value, packages });
  }

  set(key: string, value: Json): void {
    const { value: draft } = this.draft;
    this.#change({ ...draft, settings: { ...draft.settings, [key]: value } });
  }

  /** What is wrong exactly there. */
  wrong(pointer: string): FieldError | undefined {
    return this.problems.value.find((one) => one.pointer === pointer);
  }

  /** What is wrong there, or in something inside it. */
  wrongIn(pointer: string): FieldError | undefined {
    return this.wrong(pointer) ?? this.problems.value.find((one) => one.pointer.startsWith(`${pointer}/`));
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

  /** Takes over what the hub keeps now; what was changed here stays on the screen. */
  renew(kept: PluginDetail): void {
    const { value: draft } = this.draft;
    const before = this.kept.value;
    const fresh = draftOf(kept);
    this.kept.value = kept;
    this.draft.value = {
      name: draft.name === before.name ? fresh.name : draft.name,
      packages: same(draft.packages, before.packages) ? fresh.packages : draft.packages,
      settings: same(draft.settings, before.settings) ? fresh.settings : draft.settings,
    };
  }

  /** Saves; gives back what went wrong and belongs to no field, or null. */
  async save(): Promise<Problem | null> {
    if (this.isSaving.value || !this.isChanged.value) return null;
    const { value: draft } = this.draft;
    const change = this.#changed();
    this.problems.value = this.#flaws(draft, change);
    if (this.problems.value.length > 0) return null;
    this.isSaving.value = true;
    const answer = await this.#api.change(this.kept.value.id, change);
    this.isSaving.value = false;
    if (answer.ok) {
      // Whoever typed on while it was saved has typed into the next change.
      if (this.draft.value === draft) this.draft.value = draftOf(answer.value);
      this.kept.value = answer.value;
      return null;
    }
    const errors = errorsOf(answer.problem);
    this.problems.value = errors.filter(({ pointer }) => pointer !== '/settings');
    const [whole] = errors.filter(({ pointer }) => pointer === '/settings');
    if (whole !== undefined) return { ...answer.problem, detail: whole.message };
    return errors.length > 0 ? null : answer.problem;
  }

  #differing(): readonly string[] {
    const { value: kept } = this.kept;
    const { name, packages, settings } = this.draft.value;
    return [
      ...(name === kept.name ? [] : ['/name']),
      ...(same(packages, kept.packages) ? [] : ['/packages']),
      ...kept.fields
        .filter((field) => !same(filledIn(field, settings), filledIn(field, kept.settings)))
        .map(({ key }) => pointerOf(key)),
    ];
  }

  #changed(): PluginChange {
    const { name, packages, settings } = this.draft.value;
    const { value: pointers } = this.changes;
    return {
      ...(pointers.includes('/name') ? { name: name.trim() } : {}),
      ...(pointers.includes('/packages') ? { packages: packages === null ? null : [...packages] } : {}),
      ...(pointers.some((pointer) => pointer.startsWith('/settings/'))
        ? { settings: sent(this.kept.value.fields, settings) }
        : {}),
    };
  }

  #flaws({ name, packages, settings }: Draft, change: PluginChange): readonly FieldError[] {
    const wrong = (pointer: string) => [{ pointer, code: 'missing', message: '' }];
    const isNamed = name.trim() !== '' && [...name.trim()].length <= MOST_NAME;
    return [
      ...(change.name !== undefined && !isNamed ? wrong('/name') : []),
      ...(packages?.length === 0 ? wrong('/packages') : []),
      ...(change.settings === undefined ? [] : flawsOf(this.kept.value.fields, settings)),
    ];
  }

  #change(next: Draft): void {
    const before = this.draft.value;
    this.draft.value = next;
    // A field that was touched is judged anew when it is saved.
    this.problems.value = this.problems.value.filter(({ pointer }) => same(at(before, pointer), at(next, pointer)));
  }
}

/** The hub's errors; those of settings are told from the settings on. */
function errorsOf({ code, errors, pointer }: Problem): readonly FieldError[] {
  const told = errors ?? (pointer === undefined ? [] : [{ pointer, code, message: '' }]);
  if (code !== 'invalid_settings') return told;
  return told.map((one) =>
    /^\/settings(\/|$)/.test(one.pointer) ? one : { ...one, pointer: `/settings${one.pointer}` },
  );
}

function draftOf({ name, settings, packages }: PluginDetail): Draft {
  return { name, settings, packages };
}
