// Visitors the rules offer: to this consultant, who accepts or declines in time, or to colleagues, who come first.
import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { AccountId, ChatId, Code, Me, Moment, WaitingVisitor } from '../../widget/kit/wire';
import type { World } from '../../widget/kit/world';
import type { DeskPorts } from './ports';

/** A visitor who is offered to this consultant. */
export interface Offer {
  /** Another one when the same visitor is offered again. */
  id: string;
  visitor: WaitingVisitor;
  /** When this desk learned of it, by the hub's clock. */
  since: Moment;
  /** Then somebody else is asked. */
  until: Moment;
}

/** Why an offer is gone: its time, the visitor or a colleague, another window of this account. */
export type OfferEnd = 'time' | 'gone' | 'mine';

/** A visitor who waits no more may be a chat of this desk that was accepted in another window; its frame follows. */
export const FOLLOWS_MS = 1_000;

/** What offers read of the desk. */
interface Watched {
  room: { waiting: ReadonlySignal<readonly WaitingVisitor[]> };
  me: ReadonlySignal<Me | null>;
  clockAhead: ReadonlySignal<number>;
  visit: (chat: ChatId) => unknown;
}

export class Offers {
  /** Offered to this consultant; what ends first stands first. */
  readonly mine: ReadonlySignal<readonly Offer[]>;
  /** Whoever may claim first answers. */
  readonly open: ReadonlySignal<readonly WaitingVisitor[]>;
  /** Offered to colleagues. */
  readonly others: ReadonlySignal<readonly WaitingVisitor[]>;
  readonly #desk: Watched;
  readonly #ports: Pick<DeskPorts, 'line' | 'news'>;
  readonly #world: World;
  readonly #all = signal<ReadonlyMap<ChatId, Offer>>(new Map());
  readonly #declined = signal<ReadonlySet<string>>(new Set());
  readonly #taken = new Set<ChatId>();
  /** Gone a moment ago, and why is not known yet. */
  readonly #ending = new Map<ChatId, Offer>();
  #offered: ReadonlySet<ChatId> = new Set();

  constructor(desk: Watched, ports: Pick<DeskPorts, 'line' | 'news'>, world: World) {
    this.#desk = desk;
    this.#ports = ports;
    this.#world = world;
    const { waiting } = desk.room;
    this.mine = computed(() => {
      const offers = [...this.#all.value.values()].filter((offer) => !this.#declined.value.has(offer.id));
      return offers.sort((a, b) => a.until - b.until);
    });
    this.open = computed(() => waiting.value.filter((visitor) => visitor.offered === undefined));
    this.others = computed(() => {
      const mine = new Set(this.mine.value.map((offer) => offer.visitor.chat));
      return waiting.value.filter(({ chat, offered }) => offered !== undefined && !mine.has(chat));
    });
    effect(() => {
      const [now, me] = [waiting.value, desk.me.value?.id];
      untracked(() => this.#follow(now, me));
    });
  }

  isOpen(chat: ChatId): boolean {
    return this.open.value.some((visitor) => visitor.chat === chat);
  }

  /** Does not want this visitor; the card goes at once, and somebody else is asked. */
  decline(chat: ChatId): void {
    const offer = this.mine.value.find((one) => one.visitor.chat === chat);
    if (offer === undefined || !this.#ports.line.send({ t: 'decline', chat })) return;
    this.#declined.value = new Set([...this.#declined.value, offer.id]);
  }

  /** The visitor was asked for here: whatever becomes of that, the offer is not missed. */
  take(chat: ChatId): void {
    if (this.#all.value.has(chat)) this.#taken.add(chat);
  }

  /** A request was refused; true when an offer was over before it was declined, which nobody needs to know. */
  refused(chat: ChatId, code: Code): boolean {
    this.#taken.delete(chat);
    return code === 'unknown_chat' && [...this.#declined.value].some((id) => id.startsWith(`${chat} `));
  }

  /** A chat came that was not asked for here: was it offered, so that another window accepted it? */
  isElsewhere(chat: ChatId): boolean {
    const offer = this.#all.value.get(chat) ?? this.#ending.get(chat);
    const isInTime = offer !== undefined && this.#now() < offer.until;
    // After its time the rules gave it here without asking; that is told instead.
    if (!isInTime) this.#ending.delete(chat);
    return isInTime;
  }

  #follow(waiting: readonly WaitingVisitor[], me: AccountId | undefined): void {
    const before = this.#all.value;
    const now = this.#now();
    const next = new Map<ChatId, Offer>();
    for (const visitor of waiting) {
      const { chat, offered } = visitor;
      if (me === undefined || !offered?.to.includes(me)) continue;
      const known = before.get(chat);
      const { until } = offered;
      const since = known?.until === until ? known.since : now;
      next.set(chat, { id: `${chat} ${until}`, visitor, since, until });
    }
    this.#all.value = next;
    for (const offer of before.values()) if (!next.has(offer.visitor.chat)) this.#ended(offer, waiting);
    this.#opened(waiting);
  }

  /** Nobody is asked first any more: that is as if the visitor came now. */
  #opened(waiting: readonly WaitingVisitor[]): void {
    const before = this.#offered;
    this.#offered = new Set(waiting.flatMap(({ chat, offered }) => (offered === undefined ? [] : [chat])));
    for (const visitor of waiting) {
      if (visitor.offered === undefined && before.has(visitor.chat)) this.#ports.news({ what: 'waits', visitor });
    }
  }

  /** The hub's clock. */
  #now(): Moment {
    return this.#world.now() + this.#desk.clockAhead.value;
  }

  #ended(offer: Offer, waiting: readonly WaitingVisitor[]): void {
    const { visitor } = offer;
    const { chat } = visitor;
    const isDeclined = this.#declined.value.has(offer.id);
    if (this.#taken.delete(chat) || isDeclined) return;
    if (waiting.some((other) => other.chat === chat)) {
      this.#ports.news({ what: 'offer_over', visitor, why: 'time' });
      return;
    }
    this.#ending.set(chat, offer);
    this.#world.after(FOLLOWS_MS, () => {
      if (!this.#ending.delete(chat)) return;
      this.#ports.news({ what: 'offer_over', visitor, why: this.#desk.visit(chat) ? 'mine' : 'gone' });
    });
  }
}
