// Whom and what rules and decisions can name: the consultants of the business, their skills, the packages.
import { signal } from '@preact/signals';
import type { AccountId, PackageId } from '../../widget/kit/wire';
import { type Answer, ask } from './api';

export interface Person {
  id: AccountId;
  name: string;
  /** As the hub calls them in questions. */
  givenName: string;
  skills: readonly string[];
  languages: readonly string[];
  /** How many chats at once; null is no limit. */
  mostChats: number | null;
  takesCalls: boolean;
}

export interface Known {
  people: readonly Person[];
  packages: readonly { id: PackageId; name: string }[];
  skills: readonly string[];
}

interface Account {
  id: AccountId;
  given_name: string;
  family_name: string;
  takes_calls: boolean;
  skills?: readonly string[];
  languages?: readonly string[];
  most_chats?: number | null;
}

export const NOBODY: Known = { people: [], packages: [], skills: [] };

export const knownApi = {
  accounts: () => ask<{ accounts: Account[] }>('GET', '/v1/accounts'),
  packages: () => ask<{ packages: { id: PackageId; name: string }[] }>('GET', '/v1/packages'),
};

export type KnownApi = typeof knownApi;

/** Loaded once for a screen; null until it came. */
export class Business {
  readonly known = signal<Known | null>(null);
  readonly hasFailed = signal(false);
  readonly #api: KnownApi;

  constructor(api: KnownApi = knownApi) {
    this.#api = api;
  }

  async load(): Promise<void> {
    const [accounts, packages] = await Promise.all([this.#api.accounts(), this.#api.packages()]);
    this.hasFailed.value = !accounts.ok || !packages.ok;
    if (accounts.ok && packages.ok) this.known.value = knownOf(accounts, packages);
  }
}

function knownOf(
  accounts: Answer<{ accounts: Account[] }> & { ok: true },
  packages: Answer<{ packages: { id: PackageId; name: string }[] }> & { ok: true },
): Known {
  const people = accounts.value.accounts.map((one) => ({
    id: one.id,
    name: `${one.given_name} ${one.family_name}`.trim(),
    givenName: one.given_name,
    skills: one.skills ?? [],
    languages: one.languages ?? [],
    mostChats: one.most_chats ?? null,
    takesCalls: one.takes_calls,
  }));
  const skills = [...new Set(people.flatMap((one) => one.skills))].sort((one, other) => one.localeCompare(other));
  return { people, packages: packages.value.packages.map(({ id, name }) => ({ id, name })), skills };
}
