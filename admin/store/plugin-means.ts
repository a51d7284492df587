// Whom and what the settings of plugins may name: consultants, skills, packages.
import { signal } from '@preact/signals';
import type { AccountId, PackageId } from '../../widget/kit/wire';
import { accountsApi } from './api-accounts';
import { packagesApi } from './api-packages';

export interface Person {
  id: AccountId;
  name: string;
  photo: string | undefined;
}

export interface NamedPackage {
  id: PackageId;
  name: string;
}

export class PluginMeans {
  /** In the owner's order; null until they came. */
  readonly people = signal<readonly Person[] | null>(null);
  readonly skills = signal<readonly string[]>([]);
  readonly packages = signal<readonly NamedPackage[] | null>(null);

  async load(): Promise<void> {
    const [accounts, packages] = await Promise.all([accountsApi.list(), packagesApi.all()]);
    if (accounts.ok) {
      const takers = accounts.value.accounts.filter((one) => one.takes_calls);
      this.people.value = takers.map(({ id, given_name, family_name, photo }) => ({
        id,
        name: `${given_name} ${family_name}`.trim(),
        photo,
      }));
      const skills = accounts.value.accounts.flatMap((one) => one.skills);
      this.skills.value = [...new Set(skills)].sort((one, other) => one.localeCompare(other));
    }
    if (packages.ok) this.packages.value = packages.value.packages.map(({ id, name }) => ({ id, name }));
  }
}
