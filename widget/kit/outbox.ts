/**
 * Messages the hub has not acknowledged yet. Each is kept under its `cid` and repeated after every welcome until it
 * is acknowledged or refused: the hub takes a `cid` once, so repeating cannot double a line, not even from two tabs.
 * One message per chat is on its way at a time, so a message that must be repeated never changes places with the next.
 */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Shelf } from './shelf';
import type { Ack, ChatId, Cid, Code, Moment, Refusal } from './wire';
import { browser, type Cancel, type World } from './world';

/** A message on its way. */
export interface Entry {
  readonly cid: Cid;
  /** Without it the message opens a chat, or waits for the one that does. */
  readonly chat?: ChatId | undefined;
  readonly body: string;
  readonly at: Moment;
  /** Why the hub does not take it; the text stays until its author decides. */
  readonly failed?: Code | undefined;
}

/** What an outbox sends. */
export type OutboxFrame =
  | { readonly t: 'open'; readonly cid: Cid; readonly body: string }
  | { readonly t: 'say'; readonly chat: ChatId; readonly cid: Cid; readonly body: string };

export interface OutboxOptions {
  shelf: Shelf;
  /** False when the socket is down; the next welcome repeats it. */
  send: (frame: OutboxFrame) => boolean;
  /** An acknowledgement is overdue: the line should be tried anew. */
  overdue?: () => void;
  world?: World;
}

const NAMES = 'out:';
/** Refusals that pass by themselves. */
const PASSING: ReadonlySet<Code> = new Set<Code>(['rate', 'unacked', 'unavailable']);
const PASSING_MS = 2_000;
/** A hub that keeps a message acknowledges it within milliseconds; this long means the answer is lost. */
const ACK_MS = 20_000;
/** How long another tab may take to send its own message before this tab sends it too. */
const ADOPT_MS = 10_000;

export class Outbox {
  readonly #shelf: Shelf;
  readonly #send: OutboxOptions['send'];
  readonly #overdue: () => void;
  readonly #world: World;
  readonly #entries = signal<readonly Entry[]>([]);
  /** What is on its way, by lane. */
  readonly #flying = new Map<string, { cid: Cid; cancel: Cancel }>();
  /** Lanes that rest until the hub wants to hear of them again. */
  readonly #resting = new Map<string, Cancel>();

  constructor(options: OutboxOptions) {
    this.#shelf = options.shelf;
    this.#send = options.send;
    this.#overdue = options.overdue ?? (() => {});
    this.#world = options.world ?? browser;
    this.#reread();
  }

  /** Everything unacknowledged, oldest first. */
  get entries(): ReadonlySignal<readonly Entry[]> {
    return this.#entries;
  }

  /** Keeps a message and sends it when it can be sent. */
  add(body: string, chat?: ChatId): Entry {
    const last = this.#entries.value.at(-1)?.at ?? 0;
    // Two messages of one millisecond must stay in order.
    const entry: Entry = { cid: mint(), chat, body, at: Math.max(this.#world.now(), last + 1) };
    this.#put(entry);
    this.#flush();
    return entry;
  }

  /** The socket is greeted: everything unacknowledged is said again. */
  welcomed(): void {
    for (const flight of this.#flying.values()) flight.cancel();
    for (const cancel of this.#resting.values()) cancel();
    this.#flying.clear();
    this.#resting.clear();
    this.#flush();
  }

  /** The hub kept a message; returns it, unless it was settled before. */
  acked(ack: Pick<Ack, 'cid' | 'chat'>): Entry | undefined {
    const entry = this.#find(ack.cid);
    this.settled(ack.cid);
    if (entry !== undefined && entry.chat === undefined) this.#follow(ack.chat);
    this.#flush();
    return entry;
  }

  /** The message was seen as a line of the chat, whoever sent it. */
  settled(cid: Cid): void {
    this.#land(cid);
    if (this.#find(cid) === undefined) return;
    this.#shelf.set(NAMES + cid, undefined);
    this.#entries.value = this.#entries.value.filter((entry) => entry.cid !== cid);
  }

  /** The hub refused a message: it is tried again where that helps, else marked. */
  refused(refusal: Refusal): void {
    const entry = refusal.cid === undefined ? undefined : this.#find(refusal.cid);
    if (entry === undefined) return;
    const lane = laneOf(entry);
    this.#land(entry.cid);
    if (PASSING.has(refusal.code)) {
      const wait = (refusal.retry_ms ?? PASSING_MS) * (1 + this.#world.random() / 4);
      this.#resting.get(lane)?.();
      this.#resting.set(
        lane,
        this.#world.after(wait, () => {
          this.#resting.delete(lane);
          this.#flush();
        }),
      );
      return;
    }
    // Without the chat that could not begin, the messages written after it have nowhere to go either.
    for (const stuck of this.#entries.value) {
      const follows = entry.chat === undefined && stuck.chat === undefined && stuck.at > entry.at;
      if (stuck.cid === entry.cid || follows) this.#put({ ...stuck, failed: refusal.code });
    }
    this.#flush();
  }

  /** Tries a refused message again, in another chat when one is named (`undefined` begins a new chat). */
  retry(cid: Cid, chat: ChatId | undefined): void {
    const entry = this.#find(cid);
    if (entry === undefined) return;
    this.#put({ cid, chat, body: entry.body, at: entry.at });
    this.#flush();
  }

  /** Gives up a message. */
  discard(cid: Cid): void {
    this.settled(cid);
    this.#flush();
  }

  /** Another tab changed the shelf. */
  changed(name: string): void {
    if (!name.startsWith(NAMES)) return;
    this.#reread();
    this.#world.after(ADOPT_MS, () => this.#flush());
  }

  /** Gives up everything said to a chat; without one, what would open a chat. */
  clear(chat: ChatId | undefined): void {
    for (const entry of this.#entries.value) if (entry.chat === chat) this.settled(entry.cid);
  }

  /** The visitor is somebody new to the hub: what was not kept begins a new chat. */
  unbind(): void {
    for (const entry of this.#entries.value) this.#put({ ...entry, chat: undefined });
  }

  #follow(chat: ChatId): void {
    for (const entry of this.#entries.value) {
      if (entry.chat === undefined && entry.failed === undefined) this.#put({ ...entry, chat });
    }
  }

  #flush(): void {
    const busy = new Set<string>([...this.#flying.keys(), ...this.#resting.keys()]);
    for (const entry of this.#entries.value) {
      const lane = laneOf(entry);
      if (entry.failed !== undefined || busy.has(lane)) continue;
      busy.add(lane);
      const { cid, body, chat } = entry;
      if (!this.#send(chat === undefined ? { t: 'open', cid, body } : { t: 'say', chat, cid, body })) return;
      this.#flying.set(lane, { cid, cancel: this.#world.after(ACK_MS, () => this.#overdue()) });
    }
  }

  #land(cid: Cid): void {
    for (const [lane, flight] of this.#flying) {
      if (flight.cid !== cid) continue;
      flight.cancel();
      this.#flying.delete(lane);
    }
  }

  #find(cid: Cid): Entry | undefined {
    return this.#entries.value.find((entry) => entry.cid === cid);
  }

  #put(entry: Entry): void {
    this.#shelf.set(NAMES + entry.cid, JSON.stringify(entry));
    const others = this.#entries.value.filter((other) => other.cid !== entry.cid);
    this.#entries.value = [...others, entry].sort((a, b) => a.at - b.at);
  }

  #reread(): void {
    const found = this.#shelf.names(NAMES).map((name) => parse(this.#shelf.get(name)));
    this.#entries.value = found.filter((entry) => entry !== undefined).sort((a, b) => a.at - b.at);
  }
}

function laneOf(entry: Entry): string {
  return entry.chat ?? '';
}

/** A name nobody else chooses; `crypto.randomUUID` is missing on plain http pages. */
export function mint(): Cid {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The JSON door: another version of this page, or a curious person, may have written something else. */
function parse(text = ''): Entry | undefined {
  try {
    const entry = JSON.parse(text) as Partial<Entry> | null;
    return entry?.cid && entry.body && entry.at ? (entry as Entry) : undefined;
  } catch {
    return undefined;
  }
}
