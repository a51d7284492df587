/**
 * The chats a browser has: numbered events applied in order, each exactly once.
 * A number too high means something was missed; the caller then resumes by reconnecting.
 */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { AccountId, ChatId, ChatResume, ChatState, Epoch, Event, Face, Marks, Seq, Side } from './wire';

/** What `welcome` and `chat` frames say of one chat. */
export interface Snapshot {
  readonly id: ChatId;
  readonly seq: Seq;
  readonly state: ChatState;
  readonly faces: readonly Face[];
  readonly seen: Marks;
  readonly events: readonly Event[];
  readonly reset: boolean;
  readonly consultant?: AccountId | undefined;
}

/** What became of an event: added, had already, waits behind a hole, or of a chat nobody told us of. */
export type Outcome = 'added' | 'known' | 'gap' | 'unknown_chat';

/**
 * Events that overtook another one and wait for it: an acknowledgement and a line of somebody else
 * may change places on their way. More than this is no overtaking but a loss.
 */
const EARLY = 64;

/** One chat. */
export class Chat {
  readonly id: ChatId;
  readonly #early = new Map<Seq, Event>();
  readonly #state = signal<ChatState>('waiting');
  readonly #events = signal<readonly Event[]>([]);
  readonly #faces = signal<ReadonlyMap<AccountId, Face>>(new Map());
  readonly #seen = signal<Marks>({ visitor: 0, consultant: 0 });
  readonly #consultant = signal<AccountId | undefined>(undefined);

  constructor(id: ChatId) {
    this.id = id;
  }

  get state(): ReadonlySignal<ChatState> {
    return this.#state;
  }

  /** Without holes, oldest first; it may begin after number 1. */
  get events(): ReadonlySignal<readonly Event[]> {
    return this.#events;
  }

  /** Everybody who took part. */
  get faces(): ReadonlySignal<ReadonlyMap<AccountId, Face>> {
    return this.#faces;
  }

  /** How far each side has read. */
  get seen(): ReadonlySignal<Marks> {
    return this.#seen;
  }

  /** Who answers now. */
  get consultant(): ReadonlySignal<AccountId | undefined> {
    return this.#consultant;
  }

  /** The number of the last event here. */
  get last(): Seq {
    return this.#events.value.at(-1)?.seq ?? 0;
  }

  /** The number of the first event here; above 1 there are earlier ones at the hub. */
  get first(): Seq {
    return this.#events.value[0]?.seq ?? 1;
  }

  /** Takes over what the hub says of the whole chat. */
  renew(snapshot: Snapshot): void {
    const begins = snapshot.events[0]?.seq;
    const fits = begins === undefined || begins <= this.last + 1;
    const had = snapshot.reset || !fits ? [] : this.#events.value;
    const last = had.at(-1)?.seq ?? 0;
    this.#early.clear();
    this.#events.value = [...had, ...snapshot.events.filter((event) => event.seq > last)];
    this.#state.value = snapshot.state;
    this.#seen.value = snapshot.seen;
    this.#meet(snapshot.faces);
    this.#consultant.value = snapshot.consultant ?? this.#answering();
  }

  /** True while an event is missing before one that is here already. */
  get hasHole(): boolean {
    return this.#early.size > 0;
  }

  /** Takes one event; after a hole it waits for what is missing. */
  take(event: Event): Outcome {
    if (event.seq <= this.last) return 'known';
    if (event.seq > this.last + 1) {
      if (this.#early.size < EARLY) this.#early.set(event.seq, event);
      return 'gap';
    }
    this.#add(event);
    for (let next = this.#early.get(this.last + 1); next !== undefined; next = this.#early.get(this.last + 1)) {
      this.#early.delete(next.seq);
      this.#add(next);
    }
    return 'added';
  }

  #add(event: Event): void {
    this.#events.value = [...this.#events.value, event];
    switch (event.k) {
      case 'joined':
        this.#meet([event.consultant]);
        this.#consultant.value = event.consultant.id;
        this.#state.value = 'open';
        break;
      case 'returned':
        this.#consultant.value = undefined;
        this.#state.value = 'waiting';
        break;
      case 'closed':
        this.#state.value = 'closed';
        break;
      default:
        // Words, and facts of calls: they change nothing here.
        event satisfies Extract<Event, { k: 'said' | 'invited' | 'invite_declined' | 'called' }>;
    }
  }

  /** Puts a page of earlier events before those that are here. */
  prepend(events: readonly Event[], faces: readonly Face[]): void {
    const first = this.first;
    this.#meet(faces);
    this.#events.value = [...events.filter((event) => event.seq < first), ...this.#events.value];
  }

  /** One side has read up to `seq`. */
  mark(side: Side, seq: Seq): void {
    if (seq > this.#seen.value[side]) this.#seen.value = { ...this.#seen.value, [side]: seq };
  }

  /** Messages and invitations of the other side that `side` has not read. */
  unread(side: Side): number {
    const seen = this.#seen.value[side];
    return this.#events.value.filter(
      ({ k, seq, from }) => (k === 'said' || k === 'invited') && seq > seen && from.by !== side,
    ).length;
  }

  #meet(faces: readonly Face[]): void {
    const known = new Map(this.#faces.value);
    for (const face of faces) known.set(face.id, face);
    this.#faces.value = known;
  }

  #answering(): AccountId | undefined {
    const change = this.#events.value.findLast((event) => event.k === 'joined' || event.k === 'returned');
    return change?.k === 'joined' ? change.consultant.id : undefined;
  }
}

/** All chats of this browser. */
export class Chats {
  readonly #all = signal<ReadonlyMap<ChatId, Chat>>(new Map());
  #epoch: Epoch | undefined;

  get all(): ReadonlySignal<ReadonlyMap<ChatId, Chat>> {
    return this.#all;
  }

  get(id: ChatId | undefined): Chat | undefined {
    return id === undefined ? undefined : this.#all.value.get(id);
  }

  /** A chat an earlier page had: it is asked for from its beginning. */
  expect(epoch: Epoch, id: ChatId): void {
    this.#epoch = epoch;
    this.open(id);
  }

  get epoch(): Epoch | undefined {
    return this.#epoch;
  }

  /** What to ask for after a lost line; nothing before the first welcome. */
  get resume(): ChatResume | undefined {
    if (this.#epoch === undefined) return undefined;
    const chats: Record<ChatId, Seq> = {};
    for (const [id, chat] of this.#all.value) chats[id] = chat.last;
    return { epoch: this.#epoch, chats };
  }

  /**
   * Takes over a welcome. Another epoch is another history, so nothing from before counts.
   * A chat the hub no longer names stays only when it is closed: it cannot change.
   */
  welcome(epoch: Epoch, snapshots: readonly Snapshot[]): void {
    const before = this.#epoch === epoch ? this.#all.value : new Map<ChatId, Chat>();
    const named = new Set(snapshots.map((snapshot) => snapshot.id));
    const kept = [...before].filter(([id, chat]) => named.has(id) || chat.state.value === 'closed');
    this.#epoch = epoch;
    this.#all.value = new Map(kept);
    for (const snapshot of snapshots) this.renew(snapshot);
  }

  /** Takes over what the hub says of one chat. */
  renew(snapshot: Snapshot): Chat {
    const chat = this.open(snapshot.id);
    chat.renew(snapshot);
    return chat;
  }

  /** The chat of this name, new when it was not known. */
  open(id: ChatId): Chat {
    const known = this.#all.value.get(id);
    if (known !== undefined) return known;
    const chat = new Chat(id);
    this.#all.value = new Map([...this.#all.value, [id, chat]]);
    return chat;
  }

  /** Forgets a chat. */
  drop(id: ChatId): void {
    this.#all.value = new Map([...this.#all.value].filter(([other]) => other !== id));
  }

  /** Takes one event; when a `gap` does not fill soon, the caller resumes. */
  take(event: Event): Outcome {
    return this.#all.value.get(event.chat)?.take(event) ?? 'unknown_chat';
  }
}
