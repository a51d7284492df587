// A world for the store's specs: time that is turned by hand, a shelf in memory, a desk with a line to look at.

import type { Api } from '../../admin/store/api';
import { Desk } from '../../admin/store/desk';
import type { News } from '../../admin/store/ports';
import { Shelf } from '../../widget/kit/shelf';
import type { ChatView, ConsultantWelcome, Event, FromConsultant, Lists, WaitingVisitor } from '../../widget/kit/wire';
import type { World } from '../../widget/kit/world';

export const ANNA = '0000000000ANA';
export const BEN = '0000000000BEN';
export const CHAT = '00000000CHAT1';
export const OTHER = '00000000CHAT2';
export const VERA = '000000000VERA';

/** Time stands still until `pass`. */
export class Clockwork implements World {
  #now = 1_000_000;
  #timers: { at: number; then: () => void }[] = [];

  dial(): never {
    throw new Error('the store opens no sockets');
  }

  listen(): void {}

  after(ms: number, then: () => void) {
    const timer = { at: this.#now + ms, then };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  now(): number {
    return this.#now;
  }

  random(): number {
    return 0.5;
  }

  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = next.at;
      next.then();
    }
    this.#now = end;
  }
}

/** A desk and everything it says to the hub and to its consultant. */
export class Rig {
  readonly world = new Clockwork();
  readonly sent: FromConsultant[] = [];
  readonly news: News[] = [];
  resumed = 0;
  isOnline = true;
  readonly desk: Desk;

  /** Rigs with one shelf are tabs of one browser. */
  constructor(
    api: Partial<Api> = {},
    readonly shelf = new Shelf('desk', undefined, false),
  ) {
    this.desk = new Desk({
      line: {
        send: (frame) => {
          if (this.isOnline) this.sent.push(frame);
          return this.isOnline;
        },
        resume: () => {
          this.resumed += 1;
        },
      },
      // A call the spec did not hand in is a mistake of the spec, and fails as one.
      api: api as Api,
      shelf,
      news: (news) => this.news.push(news),
      world: this.world,
    });
  }

  welcome(chats: ChatView[] = [], lists: Partial<Lists> = {}, epoch = 'first') {
    const me = { id: ANNA, name: 'Anna', status: 'available' as const };
    const welcome: ConsultantWelcome = {
      sid: '1',
      epoch,
      now: this.world.now(),
      limits: { body_chars: 4000, messages_per_second: 10, burst: 20, unacked: 32 },
      me,
      lists: { ver: 1, waiting: [], team: [me], ...lists },
      chats,
      calls: [],
    };
    this.desk.take({ t: 'welcome', ...welcome });
  }

  /** The frames of one kind, in order. */
  said<Kind extends FromConsultant['t']>(kind: Kind): Extract<FromConsultant, { t: Kind }>[] {
    return this.sent.filter((frame): frame is Extract<FromConsultant, { t: Kind }> => frame.t === kind);
  }

  /** What the messages of a chat say, in order. */
  bodies(chat = CHAT): string[] {
    const events = this.desk.chats.get(chat)?.events.value ?? [];
    return events.flatMap((event) => (event.k === 'said' ? [event.body] : []));
  }
}

export function said(seq: number, body: string, by: 'visitor' | typeof ANNA | typeof BEN = 'visitor'): Event {
  const from = by === 'visitor' ? ({ by } as const) : ({ by: 'consultant', account: by } as const);
  return { chat: CHAT, seq, at: seq * 1000, from, k: 'said', cid: `cid-${seq}`, body };
}

export function joined(seq: number, account = ANNA): Event {
  const consultant = { id: account, name: account === ANNA ? 'Anna' : 'Ben' };
  return { chat: CHAT, seq, at: seq * 1000, from: { by: 'consultant', account }, k: 'joined', consultant };
}

export function view(events: Event[] = [said(1, 'hello'), joined(2)], more: Partial<ChatView> = {}): ChatView {
  return {
    id: CHAT,
    seq: events.at(-1)?.seq ?? 0,
    state: 'open',
    opened_at: 1000,
    faces: [{ id: ANNA, name: 'Anna' }],
    seen: { visitor: 0, consultant: 0 },
    events,
    reset: false,
    visitor: { id: VERA, ip: '192.0.2.7', answers: [], package: 'Shop', previous_chats: 0 },
    here: true,
    ...more,
  };
}

export function waits(chat = CHAT, since = 1000): WaitingVisitor {
  return { chat, visitor: VERA, since, preview: 'hello', package: 'Shop', here: true };
}
