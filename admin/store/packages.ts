// The list of a business's packages: loading, creating, copying and deleting.
import { signal } from '@preact/signals';
import type { Language } from '../../widget/kit/settings';
import type { PackageId } from '../../widget/kit/wire';
import type { Answer, Problem } from './api';
import type { Package, PackageSummary, PackagesApi } from './api-packages';
import { length, MOST } from './package-checks';

export type ListApi = Pick<PackagesApi, 'all' | 'create' | 'copy' | 'remove'>;

export class Packages {
  /** Null until they came. */
  readonly list = signal<readonly PackageSummary[] | null>(null);
  /** They could not be loaded. */
  readonly problem = signal<Problem | null>(null);
  readonly #api: ListApi;

  constructor(api: ListApi) {
    this.#api = api;
  }

  async load(): Promise<void> {
    const answer = await this.#api.all();
    this.problem.value = answer.ok ? null : answer.problem;
    if (answer.ok) this.list.value = answer.value.packages;
  }

  create(name: string, language: Language, zone: string): Promise<Answer<Package>> {
    return this.#api.create(name, language, zone);
  }

  /** Copies a package under a name that says so. */
  copy(one: PackageSummary, word: string): Promise<Answer<Package>> {
    return this.#api.copy(one.id, copyName(one.name, word, this.list.value?.map(({ name }) => name) ?? []));
  }

  async remove(id: PackageId): Promise<Problem | null> {
    const answer = await this.#api.remove(id);
    // Somebody else may have deleted it a moment ago; gone is gone.
    if (!answer.ok && answer.problem.status !== 404) return answer.problem;
    this.list.value = this.list.value?.filter((one) => one.id !== id) ?? null;
    return null;
  }
}

/** `Shop (copy)`, then `Shop (copy 2)`; the name gives way when there is no room for both. */
export function copyName(name: string, word: string, taken: readonly string[]): string {
  const numbers = Array.from({ length: taken.length + 1 }, (_, index) => index + 1);
  const names = numbers.map((number) => {
    const end = number === 1 ? ` (${word})` : ` (${word} ${number})`;
    return (
      [...name]
        .slice(0, MOST.name - length(end))
        .join('')
        .trimEnd() + end
    );
  });
  return names.find((one) => !taken.includes(one)) ?? name;
}

/** All zones this browser knows; UTC belongs to them even where the browser leaves it out. */
export function zones(): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];
}

/** Where this browser is, for a new package. */
export function suggestedZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}
