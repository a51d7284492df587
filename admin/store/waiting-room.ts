// The lists every desk shows, kept in step by numbered changes: who waits, the team, that orders or calls changed.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { AccountId, ChatId, Colleague, Lists, ListsDelta, Status, WaitingVisitor } from '../../widget/kit/wire';

/** What became of a change. */
export type Outcome = 'applied' | 'known' | 'gap';

export class WaitingRoom {
  readonly #waiting = signal<readonly WaitingVisitor[]>([]);
  readonly #team = signal<readonly Colleague[]>([]);
  readonly #orders = signal(0);
  readonly #calls = signal(0);
  #ver = 0;

  /** Longest wait first. */
  get waiting(): ReadonlySignal<readonly WaitingVisitor[]> {
    return this.#waiting;
  }

  get team(): ReadonlySignal<readonly Colleague[]> {
    return this.#team;
  }

  /** Counts how often orders and left messages may have changed; whoever shows them asks again. */
  get orders(): ReadonlySignal<number> {
    return this.#orders;
  }

  /** Counts how often the list of calls may have changed. */
  get calls(): ReadonlySignal<number> {
    return this.#calls;
  }

  /** Takes over full lists; what changed while the line was down is not known. */
  renew(lists: Lists): void {
    this.#orders.value += 1;
    this.#calls.value += 1;
    this.#ver = lists.ver;
    this.#waiting.value = lists.waiting;
    this.#team.value = lists.team;
  }

  /** Takes one change; after a `gap` the caller asks for the full lists. */
  take(ver: number, change: ListsDelta): Outcome {
    if (ver <= this.#ver) return 'known';
    if (ver > this.#ver + 1) return 'gap';
    this.#ver = ver;
    switch (change.what) {
      case 'waits':
        this.#waiting.value = this.#others(change.visitor.chat).toSpliced(change.at, 0, change.visitor);
        break;
      case 'waits_no_more':
        this.#waiting.value = this.#others(change.chat);
        break;
      case 'team':
        this.#meet(change.colleague);
        break;
      case 'orders':
        this.#orders.value += 1;
        break;
      case 'calls':
        this.#calls.value += 1;
        break;
      default:
        change satisfies never;
    }
    return 'applied';
  }

  waits(chat: ChatId): boolean {
    return this.#waiting.value.some((visitor) => visitor.chat === chat);
  }

  /** Shows a status before the hub confirms it. */
  foresee(account: AccountId, status: Status): void {
    this.#team.value = this.#team.value.map((one) => (one.id === account ? { ...one, status } : one));
  }

  #others(chat: ChatId): readonly WaitingVisitor[] {
    return this.#waiting.value.filter((visitor) => visitor.chat !== chat);
  }

  #meet(colleague: Colleague): void {
    const isKnown = this.#team.value.some((one) => one.id === colleague.id);
    this.#team.value = isKnown
      ? this.#team.value.map((one) => (one.id === colleague.id ? colleague : one))
      : [...this.#team.value, colleague];
  }
}
