// What the desk knows around one of its chats: the visitor, the unsent text on their side, the chats before.
import { signal } from '@preact/signals';
import type { Chat } from '../../widget/kit/chats';
import type { ChatView, Event, Face, Moment, VisitorDetails } from '../../widget/kit/wire';
import type { Api, PreviousChat } from './api';

/** Something that is loaded on demand. */
export type Loaded<T> = { is: 'unasked' } | { is: 'loading' } | { is: 'failed' } | { is: 'here'; value: T };

/** A finished chat, opened to be read. */
export interface Transcript {
  events: readonly Event[];
  faces: ReadonlyMap<string, Face>;
  /** There are earlier events at the hub. */
  more: boolean;
}

export class Visit {
  readonly chat: Chat;
  readonly visitor = signal<VisitorDetails | null>(null);
  /** Is a browser of the visitor connected? */
  readonly here = signal(true);
  /** What the visitor writes right now; null when nothing. */
  readonly writing = signal<string | null>(null);
  readonly openedAt = signal(0);
  /** Closed on this desk, and the time to take that back runs. */
  readonly closing = signal(false);
  readonly older = signal<Loaded<null>>({ is: 'unasked' });
  readonly previous = signal<Loaded<readonly PreviousChat[]>>({ is: 'unasked' });
  readonly transcripts = signal<ReadonlyMap<string, Loaded<Transcript>>>(new Map());
  readonly #api: Api;

  constructor(chat: Chat, api: Api) {
    this.chat = chat;
    this.#api = api;
  }

  /** When something happened here last. */
  get lastAt(): Moment {
    return this.chat.events.value.at(-1)?.at ?? this.openedAt.value;
  }

  renew(view: ChatView): void {
    this.visitor.value = view.visitor;
    this.here.value = view.here;
    this.openedAt.value = view.opened_at;
    this.writing.value = null;
  }

  /** The visitor said or did something that tells more of them. */
  knows(visitor: VisitorDetails): void {
    this.visitor.value = visitor;
  }

  /** The visitor writes this, or nothing any more. */
  writes(text: string | null): void {
    this.writing.value = text;
  }

  /** The visitor's browser came back or went away. */
  comes(here: boolean): void {
    this.here.value = here;
    if (!here) this.writing.value = null;
  }

  /** The closing was taken back. */
  stays(): void {
    this.closing.value = false;
  }

  /** Loads the page of events before the first one here. */
  async loadOlder(): Promise<void> {
    if (this.chat.first <= 1 || this.older.value.is === 'loading') return;
    this.older.value = { is: 'loading' };
    const answer = await this.#api.events(this.chat.id, this.chat.first);
    if (answer.ok) this.chat.prepend(answer.value.events, answer.value.faces);
    this.older.value = answer.ok ? { is: 'unasked' } : { is: 'failed' };
  }

  /** Loads the list of finished chats of this visitor. */
  async loadPrevious(): Promise<void> {
    if (this.previous.value.is === 'loading' || this.previous.value.is === 'here') return;
    this.previous.value = { is: 'loading' };
    const answer = await this.#api.previous(this.chat.id);
    this.previous.value = answer.ok ? { is: 'here', value: answer.value.chats } : { is: 'failed' };
  }

  /** Loads a finished chat, or the page before what is here of it. */
  async loadTranscript(id: string): Promise<void> {
    const had = this.transcripts.value.get(id);
    if (had?.is === 'loading') return;
    const before = had?.is === 'here' ? had.value.events[0]?.seq : undefined;
    if (had?.is !== 'here') this.#shelve(id, { is: 'loading' });
    const answer = await this.#api.events(id, before);
    if (!answer.ok) {
      if (had?.is !== 'here') this.#shelve(id, { is: 'failed' });
      return;
    }
    const { events, faces, more } = answer.value;
    const later = had?.is === 'here' ? had.value : { events: [], faces: new Map<string, Face>() };
    const met = new Map([...later.faces, ...faces.map((face) => [face.id, face] as const)]);
    this.#shelve(id, { is: 'here', value: { events: [...events, ...later.events], faces: met, more } });
  }

  #shelve(id: string, transcript: Loaded<Transcript>): void {
    this.transcripts.value = new Map([...this.transcripts.value, [id, transcript]]);
  }
}
