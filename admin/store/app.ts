// The program: who is signed in, which screen that means, and what belongs to the browser rather than to an account.
import { effect, signal } from '@preact/signals';
import { go, type Place, place } from '../routes';
import { pageTitle } from './alerts';
import { type Account, type Answer, api, type Language, type Problem, type SetUpForm } from './api';
import { type LinkLook, linksApi } from './api-accounts';
import { callTitle } from './call-words';
import { offerTitle } from './offering';
import { now, showLook, showTitle } from './page';
import { Prefs } from './prefs';
import { SignedIn } from './signed-in';
import { guess, type Key, learn, t } from './texts';
import { Toasts } from './toasts';

/** Why somebody stands at the door, and whether that is good news. */
export interface Note {
  words: Key;
  isGood: boolean;
}

/** Which screen there is. */
export type Stage =
  | { is: 'starting' }
  | { is: 'unreachable' }
  | { is: 'signed_out'; note: Note | null; email: string }
  | { is: 'desk'; signedIn: SignedIn };

/** A hub that does not answer is asked again this often. */
const AGAIN_MS = 3_000;

export class App {
  readonly prefs = new Prefs();
  readonly toasts = new Toasts();
  readonly stage = signal<Stage>({ is: 'starting' });

  /** Finds out who sits here and shows their screen. */
  async start(): Promise<void> {
    await learn(guess(this.prefs.language, navigator.languages));
    effect(() => showLook(this.prefs.look.value));
    showTitle(() => this.#title());
    if (isLink(place.value)) this.#door(null);
    else await this.#ask();
    // A link typed into the address of a running desk is for somebody else than who works here.
    effect(() => {
      if (isLink(place.value) && this.stage.value.is === 'desk') location.reload();
    });
  }

  async signIn(email: string, password: string, code?: string): Promise<Problem | null> {
    const answer = await api.signIn(email, password, code);
    if (!answer.ok) return answer.problem;
    await this.#begin(answer.value);
    return null;
  }

  async setUp(form: SetUpForm): Promise<Problem | null> {
    const answer = await api.setUp(form);
    if (!answer.ok) return answer.problem;
    // The link worked once; it must not stay in the address and the history.
    go({ at: 'list' }, 'replace');
    await this.#begin(answer.value);
    return null;
  }

  /** Whose link stands in the address. */
  look(token: string): Promise<Answer<LinkLook>> {
    return linksApi.look(token);
  }

  /** Chooses a password by a link; whoever did signs in with it next. */
  async useLink(token: string, email: string, password: string): Promise<Problem | null> {
    const answer = await linksApi.use(token, password);
    if (!answer.ok) return answer.problem;
    // The link worked once; it must not stay in the address and the history.
    go({ at: 'list' }, 'replace');
    this.#door({ words: 'link.used', isGood: true }, email);
    return null;
  }

  /** Leaves a link as it is. */
  async leaveLink(): Promise<void> {
    go({ at: 'list' }, 'replace');
    await this.#ask();
  }

  async signOut(): Promise<void> {
    const { value: stage } = this.stage;
    if (stage.is !== 'desk') return;
    stage.signedIn.stop();
    const answer = await api.signOut();
    if (!answer.ok && answer.problem.status !== 401) {
      this.toasts.say(t('sign_out.failed'));
      await this.#ask();
      return;
    }
    go({ at: 'list' }, 'replace');
    this.#door(null);
  }

  /** Speaks another language before anybody signed in. */
  async speak(language: Language): Promise<void> {
    this.prefs.rememberLanguage(language);
    await learn(language);
  }

  async #ask(): Promise<void> {
    const answer = await api.me();
    if (answer.ok) return this.#begin(answer.value);
    if (answer.problem.status === 401) {
      this.#door(null);
      return;
    }
    this.stage.value = { is: 'unreachable' };
    setTimeout(() => void this.#ask(), AGAIN_MS);
  }

  async #begin(account: Account): Promise<void> {
    this.prefs.rememberLanguage(account.language);
    await learn(account.language);
    const signedIn = new SignedIn(account, this.prefs, this.toasts, () => this.#signedOut());
    this.stage.value = { is: 'desk', signedIn };
  }

  /** The sign-in was revoked or ran out; drafts stay in the browser. */
  #signedOut(): void {
    const { value: stage } = this.stage;
    if (stage.is === 'desk') stage.signedIn.stop();
    this.#door({ words: 'sign_in.ended', isGood: false });
  }

  #door(note: Note | null, email = ''): void {
    this.stage.value = { is: 'signed_out', note, email };
  }

  #title(): { title: string; isDotted: boolean } {
    const { value: stage } = this.stage;
    if (stage.is !== 'desk') return { title: 'Click2CallMe', isDotted: false };
    const { desk, account, alerts, calling } = stage.signedIn;
    const [ringing] = calling.calls.ringing.value;
    if (ringing !== undefined) return { title: `☎ ${callTitle(ringing)}`, isDotted: true };
    const [offer] = desk.offers.mine.value;
    if (offer !== undefined) return { title: `● ${offerTitle(offer.visitor)}`, isDotted: true };
    const unread = desk.visits.value.reduce((sum, visit) => sum + visit.chat.unread('consultant'), 0);
    const count = desk.room.waiting.value.length + unread;
    // Read each second: nothing tells when the browser begins to allow a sound.
    if (now.value > 0) alerts.look();
    return { title: pageTitle(count, account.value.business.name), isDotted: count > 0 };
  }
}

/** Links for one person that lead to a screen before the desk. */
function isLink(to: Place): boolean {
  return to.at === 'setup' || to.at === 'link';
}
