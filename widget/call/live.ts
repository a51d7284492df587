/** What the hub tells while the page is open: who is there, whether somebody can answer, and that settings changed. */
import { effect, signal } from '@preact/signals-core';
import { pageOf } from '../chat/page';
import type { Shelf } from '../kit/shelf';
import { HubSocket } from '../kit/socket';
import type { AccountId, FromVisitor, HoursNow, Moment, TeamMember, ToVisitor, VisitorWelcome } from '../kit/wire';
import { browser, type Cancel, type World } from '../kit/world';

const VERSION = 1;
/** A line that is back sooner is not worth a word; after this nobody can say who is there. */
const STALE_MS = 5_000;
/** Dates and "open until" follow the clock this often. */
const TICK_MS = 20_000;

export class Live {
  readonly #shelf: Shelf;
  readonly #world: World;
  readonly socket: HubSocket<FromVisitor, ToVisitor>;
  /** In the owner's order; unknown until the hub said so. */
  readonly team = signal<readonly TeamMember[] | undefined>(undefined);
  /** Can somebody answer now? */
  readonly isOpen = signal(false);
  readonly hours = signal<HoursNow | undefined>(undefined);
  /** True once the line has been gone for so long that what stands here may be wrong. */
  readonly isStale = signal(false);
  readonly now = signal<Moment>(0);
  /** Whom the visitor picked. */
  readonly picked = signal<AccountId | undefined>(undefined);
  /** Who is rung or talks now: has the ring whoever was picked. */
  readonly rung = signal<AccountId | undefined>(undefined);
  /** Whom the link the visitor followed is to ring. */
  readonly callTo = signal<AccountId | undefined>(undefined);
  /** The link came too late, or a second time. */
  readonly isCodeSpent = signal(false);
  /** Makes this page the visitor of another one; works once. */
  #code: string | undefined;
  /** Told of every frame, for calls; the welcome comes after what it says of the team. */
  heard: (frame: ToVisitor) => void = () => {};
  /** Told that an open chat came with the visitor. */
  chatCame: () => void = () => {};
  /** Clocks of visitors are wrong now and then; the hub's is not. */
  #aheadMs = 0;
  #cancelStale: Cancel = () => {};

  constructor(key: string, shelf: Shelf, settingsChanged: () => void, world: World = browser) {
    this.#shelf = shelf;
    this.#world = world;
    this.now.value = world.now();
    const hello = async (): Promise<FromVisitor> => {
      const page = await pageOf({
        url: location.href.split('#')[0] ?? '',
        title: document.title,
        referrer: document.referrer,
      });
      const [code, tok] = [this.#code, shelf.get('tok')];
      const who = code === undefined ? tok !== undefined && { tok } : { code };
      return { t: 'hello', v: VERSION, pkg: key, page, ...who };
    };
    this.socket = new HubSocket<FromVisitor, ToVisitor>({
      address: '/v1/ws/visitor',
      hello,
      frame: (frame) => this.#take(frame, settingsChanged),
      renew: () => this.#renew(),
      world,
    });
    effect(() => this.#watchLine());
  }

  start(): void {
    this.socket.start();
    this.#tick();
    this.#world.listen('visible', () => this.#set());
  }

  /** The consultant with the ring: the visitor's own choice while that one is there, else the first available. */
  get chosen(): TeamMember | undefined {
    const team = this.team.value ?? [];
    const picked = team.find(({ id }) => id === (this.rung.value ?? this.picked.value));
    return picked ?? team.find(({ status }) => status === 'available') ?? team[0];
  }

  pick(id: AccountId): void {
    this.picked.value = id;
  }

  /** The visitor came by a link of the chat: with its code this page is the same visitor. */
  useCode(code: string): void {
    this.#code = code;
    this.socket.restart();
  }

  /** This moment on the hub's clock. */
  get clock(): Moment {
    return this.#world.now() + this.#aheadMs;
  }

  #take(frame: ToVisitor, settingsChanged: () => void): void {
    switch (frame.t) {
      case 'welcome':
        this.#aheadMs = frame.now - this.#world.now();
        this.#set();
        if (!this.#recognize(frame)) return;
        this.#meet(frame);
        break;
      case 'presence':
        this.#meet(frame);
        return;
      case 'settings':
        settingsChanged();
        return;
      case 'call':
      case 'call.started':
      case 'call.offer':
      case 'call.quality':
      case 'err':
        break;
      // Chats are the business of the chat window, which has a socket of its own.
      case 'ack':
      case 'ev':
      case 'typing':
      case 'seen':
      case 'waiting':
      case 'handover':
      case 'goaway':
      case 'ping':
        return;
      default:
        frame satisfies never;
    }
    this.heard(frame);
  }

  /** Takes over who the visitor is; false when the page had better be the visitor it was before. */
  #recognize({ tok, call_to, chats }: VisitorWelcome): boolean {
    const hadCode = this.#code !== undefined;
    this.#code = undefined;
    this.isCodeSpent.value ||= hadCode && call_to === undefined && chats.length === 0;
    if (hadCode && this.isCodeSpent.value && this.#shelf.get('tok') !== undefined) {
      this.socket.restart();
      return false;
    }
    // Kept in the browser only once the visitor acts: opens the chat, calls, or came by a link of the chat.
    this.#shelf.set('tok', tok);
    if (call_to !== undefined) this.callTo.value = this.picked.value = call_to;
    if (hadCode && !this.isCodeSpent.value) {
      this.#shelf.keep();
      if (chats.some(({ state }) => state !== 'closed')) this.chatCame();
    }
    return true;
  }

  /** The hub does not know the token, or the code. */
  #renew(): void {
    if (this.#code === undefined) this.#shelf.set('tok', undefined);
    else this.isCodeSpent.value = true;
    this.#code = undefined;
  }

  #meet({ team, open, hours }: Pick<Extract<ToVisitor, { t: 'presence' }>, 'team' | 'open' | 'hours'>): void {
    this.team.value = team;
    this.isOpen.value = open;
    this.hours.value = hours;
  }

  #watchLine(): void {
    this.#cancelStale();
    const line = this.socket.line.value;
    if (line === 'online') this.isStale.value = false;
    if (line === 'offline') {
      this.#cancelStale = this.#world.after(STALE_MS, () => {
        this.isStale.value = true;
      });
    }
  }

  #tick(): void {
    this.#set();
    this.#world.after(TICK_MS, () => this.#tick());
  }

  #set(): void {
    this.now.value = this.clock;
  }
}
