// The accounts of the business as an owner edits them: the list in its order, and every change with its refusal.
import { signal } from '@preact/signals';
import type { AccountId } from '../../widget/kit/wire';
import type { Answer, Problem } from './api';
import type { AccountChange, AccountForm, AccountsApi, AccountView, Link } from './api-accounts';

/** Whether the list is here. */
export type Listing = { is: 'loading' } | { is: 'failed'; problem: Problem } | { is: 'here' };

export class Accounts {
  readonly listing = signal<Listing>({ is: 'loading' });
  /** In the order in which visitors see those who take calls. */
  readonly list = signal<readonly AccountView[]>([]);
  readonly #api: AccountsApi;
  /** Orders are kept one after another, so that the last one made is the one that stays. */
  #keeping: Promise<unknown> = Promise.resolve();

  constructor(api: AccountsApi) {
    this.#api = api;
  }

  get(id: AccountId): AccountView | undefined {
    return this.list.value.find((account) => account.id === id);
  }

  async load(): Promise<void> {
    if (this.listing.value.is !== 'here') this.listing.value = { is: 'loading' };
    this.#listed(await this.#api.list());
  }

  async create(form: AccountForm): Promise<Answer<{ account: AccountView; link?: Link }>> {
    const answer = await this.#api.create(form);
    if (answer.ok) this.list.value = [...this.list.value, answer.value.account];
    return answer;
  }

  async change(id: AccountId, change: AccountChange): Promise<Problem | null> {
    const answer = await this.#api.change(id, change);
    if (!answer.ok) return answer.problem;
    this.#renew(answer.value);
    return null;
  }

  async remove(id: AccountId): Promise<Problem | null> {
    const answer = await this.#api.remove(id);
    if (!answer.ok && answer.problem.status !== 404) return answer.problem;
    this.list.value = this.list.value.filter((account) => account.id !== id);
    return null;
  }

  async removeFactor(id: AccountId): Promise<Problem | null> {
    const answer = await this.#api.removeFactor(id);
    if (!answer.ok) return answer.problem;
    const account = this.get(id);
    if (account !== undefined) this.#renew({ ...account, has_second_factor: false });
    return null;
  }

  link(id: AccountId): Promise<Answer<Link>> {
    return this.#api.link(id);
  }

  async signOut(id: AccountId): Promise<Problem | null> {
    const answer = await this.#api.signOut(id);
    return answer.ok ? null : answer.problem;
  }

  /**
   * Puts an account at another place, counted from 0; false when it stands there already or nowhere.
   * The list changes at once, `keepOrder` makes it last.
   */
  place(id: AccountId, to: number): boolean {
    const from = this.list.value.findIndex((account) => account.id === id);
    const account = this.list.value[from];
    const at = Math.max(0, Math.min(this.list.value.length - 1, to));
    if (account === undefined || at === from) return false;
    this.list.value = this.list.value.toSpliced(from, 1).toSpliced(at, 0, account);
    return true;
  }

  /** Keeps the order as it stands; a refusal brings back what the hub has. */
  keepOrder(): Promise<Problem | null> {
    const wanted = this.list.value.map((account) => account.id);
    const kept = this.#keeping.then(async () => {
      const answer = await this.#api.order(wanted);
      if (answer.ok) return null;
      await this.load();
      return answer.problem;
    });
    this.#keeping = kept;
    return kept;
  }

  #listed(answer: Answer<{ accounts: AccountView[] }>): void {
    if (answer.ok) {
      this.list.value = answer.value.accounts;
      this.listing.value = { is: 'here' };
    } else if (this.listing.value.is !== 'here') {
      this.listing.value = { is: 'failed', problem: answer.problem };
    }
  }

  #renew(account: AccountView): void {
    this.list.value = this.list.value.map((one) => (one.id === account.id ? account : one));
  }
}
