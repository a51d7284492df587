/**
 * What a chat looks like: its events and the messages still on their way, as one list of lines.
 * Pure: the same for visitor and consultant, each from its own side.
 */
import type { Entry } from './outbox';
import type { AccountId, CallId, CallReason, Cid, Code, Event, Face, Marks, Moment, Seq, Side } from './wire';

/** How far a message of ours came. */
export type Mark = 'pending' | 'sent' | 'seen' | 'failed';

/** A message, ours or theirs. */
export interface SaidLine {
  readonly kind: 'said';
  readonly key: string;
  readonly at: Moment;
  readonly seq?: Seq;
  readonly cid: Cid;
  readonly body: string;
  readonly mine: boolean;
  readonly face?: Face | undefined;
  /** Only for ours. */
  readonly mark?: Mark;
  readonly failed?: Code;
}

/** Something that happened to the chat. */
export interface FactLine {
  readonly kind: 'joined' | 'returned' | 'invited' | 'invite_declined' | 'closed';
  readonly key: string;
  readonly at: Moment;
  readonly seq: Seq;
  /** Who closed, joined or invited, as far as that is a consultant. */
  readonly face?: Face | undefined;
  readonly mine: boolean;
}

/** A call beside the chat is over. */
export interface CalledLine {
  readonly kind: 'called';
  readonly key: string;
  readonly at: Moment;
  readonly seq: Seq;
  readonly face?: Face | undefined;
  readonly mine: boolean;
  readonly call: CallId;
  readonly reason: CallReason;
  /** How long both heard each other; 0 when it did not come to that. */
  readonly seconds: number;
}

export type ChatLine = SaidLine | FactLine | CalledLine;

/** What `linesOf` reads of a chat. */
export interface Told {
  readonly events: readonly Event[];
  readonly faces: ReadonlyMap<AccountId, Face>;
  readonly seen: Marks;
  /** Unacknowledged messages of this chat, oldest first. */
  readonly entries: readonly Entry[];
}

/** The lines of a chat as `side` sees them. */
export function linesOf(side: Side, { events, faces, seen, entries }: Told): ChatLine[] {
  const theirs: Side = side === 'visitor' ? 'consultant' : 'visitor';
  const kept = new Set(events.flatMap((event) => (event.k === 'said' ? [event.cid] : [])));
  const told = events.flatMap((event) => lineOf(event, side, faces, event.seq <= seen[theirs]) ?? []);
  const unsent = entries.filter((entry) => !kept.has(entry.cid)).map(unsentLine);
  return [...told, ...unsent];
}

function lineOf(event: Event, side: Side, faces: ReadonlyMap<AccountId, Face>, isSeen: boolean): ChatLine | undefined {
  const { at, seq } = event;
  const face = event.from.by === 'consultant' ? faces.get(event.from.account) : undefined;
  const mine = event.from.by === side;
  const key = `${seq}`;
  switch (event.k) {
    case 'said': {
      // The key stays the same when an unsent line becomes a kept one, so it is not drawn anew.
      const said = { kind: 'said', key: event.cid, at, seq, cid: event.cid, body: event.body, mine, face } as const;
      return mine ? { ...said, mark: isSeen ? 'seen' : 'sent' } : said;
    }
    case 'joined':
    case 'invited':
      return { kind: event.k, key, at, seq, face: event.consultant, mine };
    case 'called':
      return { ...event, kind: event.k, key, mine };
    case 'returned':
    case 'invite_declined':
    case 'closed':
      return { kind: event.k, key, at, seq, face, mine };
    default:
      // A hub that is newer than the page tells facts the page knows nothing of.
      event satisfies never;
      return undefined;
  }
}

function unsentLine({ cid, at, body, failed }: Entry): SaidLine {
  const line = { kind: 'said', key: cid, at, cid, body, mine: true } as const;
  return failed === undefined ? { ...line, mark: 'pending' } : { ...line, mark: 'failed', failed };
}
