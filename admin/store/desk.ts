// Everything the desk shows, as signals fed by one socket. Components read it and call its methods; it draws nothing.
import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { Chats } from '../../widget/kit/chats';
import { Outbox } from '../../widget/kit/outbox';
import type {
  Ack,
  ChatId,
  ChatView,
  ConsultantWelcome,
  Event,
  Me,
  Refusal,
  Status,
  ToConsultant,
  WaitingVisitor,
} from '../../widget/kit/wire';
import { browser, type World } from '../../widget/kit/world';
import type { CallFrame } from './call-ports';
import { Claims } from './claims';
import { Closing } from './closing';
import { Early } from './early';
import { Offers } from './offers';
import { type DeskPorts, LIMITS } from './ports';
import { Visit } from './visit';
import { WaitingRoom } from './waiting-room';

export class Desk {
  readonly chats = new Chats();
  readonly room = new WaitingRoom();
  readonly outbox: Outbox;
  readonly me = signal<Me | null>(null);
  readonly limits = signal(LIMITS);
  readonly claims: Claims;
  readonly offers: Offers;
  /** How far the hub's clock is ahead of the browser's. */
  readonly clockAhead = signal(0);
  /** Chats of this desk, the latest event first. */
  readonly visits: ReadonlySignal<readonly Visit[]>;
  readonly #visits = signal<ReadonlyMap<ChatId, Visit>>(new Map());
  readonly #ports: DeskPorts;
  readonly #world: World;
  readonly #early: Early;
  readonly #closing: Closing;
  #wanted: Status | null = null;
  #askedLists = false;

  constructor(ports: DeskPorts) {
    this.#ports = ports;
    this.#world = ports.world ?? browser;
    this.#early = new Early(this.#world, () => ports.line.resume());
    this.#closing = new Closing(this.#world, (chat) => ports.line.send({ t: 'close', chat }));
    this.claims = new Claims(ports.shelf, () => this.#world.now());
    this.offers = new Offers(this, ports, this.#world);
    this.outbox = new Outbox({
      shelf: ports.shelf,
      send: (frame) => frame.t === 'say' && ports.line.send(frame),
      overdue: () => ports.line.resume(),
      world: this.#world,
    });
    this.visits = computed(() => {
      const shown = [...this.#visits.value.values()].filter((visit) => !visit.closing.value);
      return shown.sort((a, b) => b.lastAt - a.lastAt);
    });
  }

  visit(id: ChatId | undefined): Visit | undefined {
    return id === undefined ? undefined : this.#visits.value.get(id);
  }

  /** Takes one frame of the hub; those of calls are not the desk's. */
  take(frame: Exclude<ToConsultant, CallFrame>): void {
    switch (frame.t) {
      case 'welcome':
        this.#welcome(frame);
        break;
      case 'ack':
        this.#acked(frame);
        break;
      case 'ev':
        this.#event(frame);
        break;
      case 'chat':
        this.#accepted(frame);
        break;
      case 'typing':
        this.#with(frame.chat, (visit) => visit.writes(frame.draft ?? null));
        break;
      case 'seen':
        this.chats.get(frame.chat)?.mark('visitor', frame.seq);
        break;
      case 'here':
        this.#with(frame.chat, (visit) => visit.comes(frame.here));
        break;
      case 'visitor':
        this.#with(frame.chat, (visit) => visit.knows(frame.visitor));
        break;
      case 'lists':
        this.#lists(frame);
        break;
      case 'delta':
        this.#delta(frame);
        break;
      case 'err':
        this.#refused(frame);
        break;
      case 'goaway':
      case 'ping':
        // The socket answers these itself.
        break;
      default:
        frame satisfies never;
    }
  }

  /** Asks for a waiting visitor; the answer is a `chat` frame or a refusal. */
  claim(chat: ChatId): void {
    if (this.claims.asked.value.has(chat) || !this.#ports.line.send({ t: 'claim', chat })) return;
    this.claims.add(chat);
    this.offers.take(chat);
  }

  say(chat: ChatId, body: string): void {
    this.outbox.add(body, chat);
  }

  /** The consultant writes, or stopped. */
  writes(chat: ChatId, writing: boolean): void {
    this.#ports.line.send({ t: 'typing', chat, writing });
  }

  /** The chat is on screen: everything in it was read. */
  see(id: ChatId): void {
    const chat = this.chats.get(id);
    if (chat === undefined || chat.unread('consultant') === 0) return;
    if (this.#ports.line.send({ t: 'seen', chat: id, seq: chat.last })) chat.mark('consultant', chat.last);
  }

  /** Sets the own status at once; said again after the next welcome when the line is down. */
  setStatus(status: Status): void {
    const me = this.me.value;
    if (me === null) return;
    this.me.value = { ...me, status };
    this.room.foresee(me.id, status);
    this.#wanted = this.#ports.line.send({ t: 'status', status }) ? null : status;
  }

  /** Closes a chat after the time to take it back; a chat that is over goes at once. */
  close(id: ChatId): void {
    const visit = this.visit(id);
    if (visit === undefined || visit.closing.value) return;
    if (visit.chat.state.value === 'closed') {
      this.#forget(id);
      return;
    }
    visit.closing.value = true;
    this.#closing.begin(id);
  }

  /** Takes the closing back; false when it is too late. */
  keepOpen(id: ChatId): boolean {
    const isKept = this.#closing.takeBack(id);
    if (isKept) this.#with(id, (visit) => visit.stays());
    return isKept;
  }

  /** The page goes: what was closed is closed now, nobody could take it back later. */
  leave(): void {
    this.#closing.finish();
  }

  #welcome(welcome: ConsultantWelcome): void {
    this.clockAhead.value = welcome.now - this.#world.now();
    this.limits.value = welcome.limits;
    this.me.value = welcome.me;
    this.claims.clear();
    this.#early.clear();
    const before = [...this.chats.all.value.keys()];
    this.chats.welcome(welcome.epoch, welcome.chats);
    for (const id of before) if (this.chats.get(id) === undefined) this.#lost(id);
    for (const view of welcome.chats) this.#show(view);
    this.#lists(welcome.lists);
    if (this.#wanted !== null) this.setStatus(this.#wanted);
    for (const visit of this.#visits.value.values()) {
      const { id } = visit.chat;
      if (visit.closing.value && !this.#closing.isRunning(id)) this.#ports.line.send({ t: 'close', chat: id });
    }
    this.outbox.welcomed();
  }

  #accepted(view: ChatView): void {
    const isAsked = this.claims.settle(view.id);
    const isKnown = isAsked || this.visit(view.id) !== undefined || this.claims.wasAsked(view.id);
    this.chats.renew(view);
    const visit = this.#show(view);
    if (isAsked) this.#ports.news({ what: 'accepted', visit });
    else if (!isKnown && !this.offers.isElsewhere(view.id)) this.#ports.news({ what: 'given', visit });
  }

  #show(view: ChatView): Visit {
    const known = this.#visits.value.get(view.id);
    const visit = known ?? new Visit(this.chats.open(view.id), this.#ports.api);
    visit.renew(view);
    if (known === undefined) this.#visits.value = new Map([...this.#visits.value, [view.id, visit]]);
    for (const event of view.events) if (event.k === 'said') this.outbox.settled(event.cid);
    return visit;
  }

  #acked(ack: Ack): void {
    const entry = this.outbox.entries.value.find((one) => one.cid === ack.cid);
    const me = this.me.value;
    if (entry !== undefined && me !== null) {
      const { chat, seq, at, cid } = ack;
      this.#event({ chat, seq, at, from: { by: 'consultant', account: me.id }, k: 'said', cid, body: entry.body });
    }
    this.outbox.acked(ack);
  }

  #event(event: Event): void {
    if (event.k === 'said') this.outbox.settled(event.cid);
    switch (this.chats.take(event)) {
      case 'added':
        this.#added(event);
        for (const next of this.#early.release(event.chat)) this.#event(next);
        return;
      case 'gap':
        this.#early.hold(event);
    }
  }

  #added(event: Event): void {
    const visit = this.visit(event.chat);
    if (visit === undefined) return;
    if (event.k === 'said' && event.from.by === 'visitor') {
      visit.writing.value = null;
      // Somebody who writes again is not sent away by a click made before they wrote.
      if (this.keepOpen(event.chat)) this.#ports.news({ what: 'stays', visit });
      this.#ports.news({ what: 'said', visit, body: event.body });
    }
    if (event.k === 'returned') this.#lost(event.chat);
    if (event.k === 'joined' && event.consultant.id !== this.me.value?.id) this.#lost(event.chat);
    if (event.k === 'closed') {
      visit.writing.value = null;
      const isMine = event.from.by === 'consultant' && event.from.account === this.me.value?.id;
      if (isMine || visit.closing.value) this.#forget(event.chat);
    }
  }

  #lists(lists: { ver: number; waiting: WaitingVisitor[]; team: Me[] }): void {
    const before = new Set(this.room.waiting.value.map((visitor) => visitor.chat));
    this.#askedLists = false;
    this.room.renew(lists);
    for (const visitor of lists.waiting) if (!before.has(visitor.chat)) this.#ports.news({ what: 'waits', visitor });
  }

  #delta({ ver, change }: Extract<ToConsultant, { t: 'delta' }>): void {
    const isNew = change.what === 'waits' && !this.room.waits(change.visitor.chat);
    switch (this.room.take(ver, change)) {
      case 'applied':
        break;
      case 'known':
        return;
      case 'gap':
        if (!this.#askedLists) this.#askedLists = this.#ports.line.send({ t: 'lists' });
        return;
    }
    if (change.what === 'waits' && isNew) this.#ports.news({ what: 'waits', visitor: change.visitor });
    const me = this.me.value;
    if (change.what === 'team' && me !== null && change.colleague.id === me.id && this.#wanted === null) {
      this.me.value = { ...me, status: change.colleague.status };
    }
  }

  #refused(refusal: Refusal): void {
    const { chat, code } = refusal;
    const wasClaimed = chat !== undefined && this.claims.settle(chat);
    const isLate = chat !== undefined && this.offers.refused(chat, code) && !wasClaimed;
    if (refusal.cid !== undefined) this.outbox.refused(refusal);
    else if (!isLate) this.#ports.news({ what: 'refused', refusal });
  }

  /** The chat is somebody else's now, or waits again. */
  #lost(chat: ChatId): void {
    const stuck = this.outbox.entries.value.filter((entry) => entry.chat === chat);
    for (const entry of stuck) this.outbox.discard(entry.cid);
    const wasClosing = this.visit(chat)?.closing.value === true;
    this.#forget(chat);
    if (!wasClosing) this.#ports.news({ what: 'lost', chat, unsent: stuck.map((entry) => entry.body) });
  }

  #forget(chat: ChatId): void {
    this.#closing.takeBack(chat);
    this.chats.drop(chat);
    this.#visits.value = new Map([...this.#visits.value].filter(([id]) => id !== chat));
  }

  #with(chat: ChatId, change: (visit: Visit) => void): void {
    const visit = this.visit(chat);
    if (visit !== undefined) change(visit);
  }
}
