/** What the chat window shows, as signals. Only `Conversation` writes them. */
import { signal } from '@preact/signals-core';
import type { Chat, Chats } from '../kit/chats';
import { type ChatLine, linesOf } from '../kit/lines';
import type { Entry, Outbox } from '../kit/outbox';
import type { ChatId, Face, Status, TeamMember } from '../kit/wire';

/** Where the visitor stands; `restoring` until the hub tells the chat an earlier page had. */
export type Screen = 'welcome' | 'restoring' | 'waiting' | 'talk' | 'closed';

/** What the hub allows until it says so itself. */
const BODY_CHARS = 4_000;

/** A place in line, 1 is next, and how long others waited. */
interface Wait {
  readonly chat: ChatId;
  readonly place?: number | undefined;
  readonly estimate_seconds?: number | null;
}

export class View {
  readonly #chats: Chats;
  readonly #outbox: Outbox;

  readonly chatId = signal<ChatId | undefined>(undefined);
  readonly isWelcomed = signal(false);
  readonly team = signal<readonly TeamMember[]>([]);
  /** Is somebody available to answer? */
  readonly isOpen = signal(true);
  /** What the hub last said of a wait; it may be faster than the acknowledgement that names the chat. */
  readonly wait = signal<Wait | undefined>(undefined);
  readonly isConsultantWriting = signal(false);
  /** The chat can be read but takes nothing. */
  readonly isUnavailable = signal(false);
  readonly bodyChars = signal(BODY_CHARS);
  /** What is being written and not sent. */
  readonly draft = signal('');
  /** The newest message of a consultant, for screen readers. */
  readonly heard = signal('');
  readonly isEarlierLost = signal(false);
  /** Is the visitor asked whether to close, or picking an emoji? */
  readonly isAsking = signal(false);
  readonly hasEmoji = signal(false);

  constructor(chats: Chats, outbox: Outbox) {
    this.#chats = chats;
    this.#outbox = outbox;
  }

  /** The chat on screen. */
  get chat(): Chat | undefined {
    const id = this.chatId.value;
    return id === undefined ? undefined : this.#chats.all.value.get(id);
  }

  get #entriesHere(): readonly Entry[] {
    const id = this.chatId.value;
    return this.#outbox.entries.value.filter((entry) => entry.chat === id);
  }

  get screen(): Screen {
    const chat = this.chat;
    if (chat === undefined) return this.#entriesHere.length > 0 ? 'waiting' : 'welcome';
    if (!this.isWelcomed.value && chat.events.value.length === 0) return 'restoring';
    const state = chat.state.value;
    return state === 'open' ? 'talk' : state;
  }

  get lines(): ChatLine[] {
    const chat = this.chat;
    return linesOf('visitor', {
      events: chat?.events.value ?? [],
      faces: chat?.faces.value ?? new Map(),
      seen: chat?.seen.value ?? { visitor: 0, consultant: 0 },
      entries: this.#entriesHere,
    });
  }

  /** The wait of the chat on screen. */
  get waitHere(): Wait | undefined {
    return this.wait.value?.chat === this.chatId.value ? this.wait.value : undefined;
  }

  /** Who answers now, with the live status where the consultant still serves the package. */
  get consultant(): (Face & { readonly status?: Status }) | undefined {
    const id = this.chat?.consultant.value;
    if (id === undefined) return undefined;
    return this.team.value.find((member) => member.id === id) ?? this.chat?.faces.value.get(id);
  }

  /** True when the hub has lines before the first one here. */
  get hasEarlier(): boolean {
    const chat = this.chat;
    return chat !== undefined && chat.events.value.length > 0 && chat.first > 1;
  }

  /** True when nothing can be said in the chat any more. */
  get isOver(): boolean {
    return this.isUnavailable.value || this.screen === 'closed';
  }

  /** Is there a chat that X would end? */
  get isRunning(): boolean {
    const screen = this.screen;
    return screen === 'waiting' || screen === 'talk' || screen === 'restoring';
  }

  /** Another chat comes on screen: nothing of the former one holds. */
  show(id: ChatId | undefined): void {
    if (id === this.chatId.value) return;
    this.chatId.value = id;
    this.isUnavailable.value = false;
    this.isConsultantWriting.value = false;
  }
}
