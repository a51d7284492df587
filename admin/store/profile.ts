// The own account: password, second factor and the browsers that are signed in, each step with its refusal.
import { signal } from '@preact/signals';
import type { Problem } from './api';
import type { FactorDraft, ProfileApi, SignedInBrowser } from './api-accounts';
import type { Loading } from './pages';

/** How far the second factor is. */
export type Factor =
  | { is: 'off' }
  /** Scanned or typed, not proven yet; `password` opened this and is not needed any more. */
  | { is: 'drafted'; draft: FactorDraft }
  /** Recovery codes are shown this once. */
  | { is: 'codes'; codes: readonly string[] }
  | { is: 'on' };

export class Profile {
  readonly factor = signal<Factor>({ is: 'off' });
  readonly browsers = signal<readonly SignedInBrowser[]>([]);
  readonly browsersState = signal<Loading>('loading');
  readonly #api: ProfileApi;

  constructor(api: ProfileApi, hasFactor: boolean) {
    this.#api = api;
    if (hasFactor) this.factor.value = { is: 'on' };
  }

  async setPassword(current: string, password: string): Promise<Problem | null> {
    const answer = await this.#api.setPassword(current, password);
    if (!answer.ok) return answer.problem;
    // The hub signed every other browser out.
    await this.loadBrowsers();
    return null;
  }

  /** Begins to set up a second factor; the password proves that it is really them. */
  async draftFactor(password: string): Promise<Problem | null> {
    const answer = await this.#api.draftFactor(password);
    if (!answer.ok) return answer.problem;
    this.factor.value = { is: 'drafted', draft: answer.value };
    return null;
  }

  /** Proves that the app was set up, which switches the second factor on. */
  async proveFactor(code: string): Promise<Problem | null> {
    const factor = this.factor.value;
    if (factor.is !== 'drafted') return null;
    const answer = await this.#api.setFactor(factor.draft.draft, code);
    if (!answer.ok) return answer.problem;
    this.factor.value = { is: 'codes', codes: answer.value.recovery_codes };
    return null;
  }

  /** Leaves the set-up; nothing was kept of it. */
  forgetDraft(): void {
    if (this.factor.value.is === 'drafted') this.factor.value = { is: 'off' };
  }

  /** The recovery codes are in a safe place. */
  keptCodes(): void {
    if (this.factor.value.is === 'codes') this.factor.value = { is: 'on' };
  }

  async renewCodes(password: string): Promise<Problem | null> {
    const answer = await this.#api.renewCodes(password);
    if (!answer.ok) return answer.problem;
    this.factor.value = { is: 'codes', codes: answer.value.recovery_codes };
    return null;
  }

  async removeFactor(password: string, code: string): Promise<Problem | null> {
    const answer = await this.#api.removeFactor(password, code);
    if (!answer.ok) return answer.problem;
    this.factor.value = { is: 'off' };
    return null;
  }

  async loadBrowsers(): Promise<void> {
    const answer = await this.#api.signIns();
    if (answer.ok) {
      this.browsers.value = answer.value.sign_ins;
      this.browsersState.value = 'here';
    } else if (this.browsersState.value !== 'here') {
      this.browsersState.value = 'failed';
    }
  }

  /** Signs another browser out; one that is gone already is as good. */
  async endSignIn(id: string): Promise<Problem | null> {
    const answer = await this.#api.endSignIn(id);
    if (!answer.ok && answer.problem.status !== 404) return answer.problem;
    this.browsers.value = this.browsers.value.filter((browser) => browser.id !== id);
    return null;
  }
}
