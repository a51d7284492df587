/** What the hub tells while the page is open: who is there, whether somebody can answer, and that settings changed. */
import { effect, signal } from '@preact/signals-core';
import { pageOf } from '../chat/page';
import type { Shelf } from '../kit/shelf';
import { HubSocket } from '../kit/socket';
import type { AccountId, FromVisitor, HoursNow, Moment, TeamMember, ToVisitor } from '../kit/wire';
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
  readonly #picked = signal<AccountId | undefined>(undefined);
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
      const tok = shelf.get('tok');
      return { t: 'hello', v: VERSION, pkg: key, page, ...(tok !== undefined && { tok }) };
    };
    this.socket = new HubSocket<FromVisitor, ToVisitor>({
      address: '/v1/ws/visitor',
      hello,
      frame: (frame) => this.#take(frame, settingsChanged),
      renew: () => shelf.set('tok', undefined),
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
    const picked = team.find(({ id }) => id === this.#picked.value);
    return picked ?? team.find(({ status }) => status === 'available') ?? team[0];
  }

  pick(id: AccountId): void {
    this.#picked.value = id;
  }

  #take(frame: ToVisitor, settingsChanged: () => void): void {
    switch (frame.t) {
      case 'welcome':
        // Kept in the browser only once the visitor opens the chat.
        this.#shelf.set('tok', frame.tok);
        this.#aheadMs = frame.now - this.#world.now();
        this.#set();
        this.#meet(frame);
        return;
      case 'presence':
        this.#meet(frame);
        return;
      case 'settings':
        settingsChanged();
        return;
      // Chats are the business of the chat window, which has a socket of its own.
      case 'ack':
      case 'ev':
      case 'typing':
      case 'seen':
      case 'waiting':
      case 'err':
      case 'goaway':
      case 'ping':
        return;
      default:
        frame satisfies never;
    }
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
    this.now.value = this.#world.now() + this.#aheadMs;
  }
}
