/** What the chat window shows, as signals. Only `Conversation` writes them. */
import { signal } from '@preact/signals-core';
import type { Chat, Chats } from '../kit/chats';
import { type ChatLine, type FactLine, linesOf } from '../kit/lines';
import type { Entry, Outbox } from '../kit/outbox';
import type { ChatId, Face, HoursNow, Status, TeamMember } from '../kit/wire';
import type { Host } from './host';
import type { Letter } from './letter';
import { config } from './speech';

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
  readonly #host: Host;

  readonly chatId = signal<ChatId | undefined>(undefined);
  readonly isWelcomed = signal(false);
  readonly team = signal<readonly TeamMember[]>([]);
  /** Can somebody answer now? */
  readonly isOpen = signal(true);
  readonly hours = signal<HoursNow | undefined>(undefined);
  /** Was the chat chosen, where one may also call? */
  readonly hasChosen = signal(false);
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
  /** The field of the form whose answer the hub did not take. */
  readonly wrong = signal('');
  readonly isEarlierLost = signal(false);
  /** Does it ring or talk on the call page? */
  readonly isCalling = signal(false);
  /** Did the page ask for a call beside the chat? */
  readonly wantsCall: { value: boolean };
  /** Is the visitor asked whether to close, or picking an emoji? */
  readonly isAsking = signal(false);
  readonly hasEmoji = signal(false);

  constructor(chats: Chats, outbox: Outbox, host: Host) {
    this.#chats = chats;
    this.#outbox = outbox;
    this.#host = host;
    this.wantsCall = host.wantsCall;
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

  /** Is it outside the working hours? */
  get isClosed(): boolean {
    return this.hours.value?.is_open === false;
  }

  /** Does something here lead to the call page? */
  get hasCalls(): boolean {
    return config.mode === 'both' && !this.#host.isCallPage.value && !this.isCalling.value;
  }

  /** Does a call begin beside the chat? Then it is this visitor's. */
  get hasCallsBeside(): boolean {
    return config.mode === 'both' && this.isRunning;
  }

  /** Is there a call in another window? */
  get isTalking(): boolean {
    return this.isCalling.value && !this.#host.isCallPage.value;
  }

  /** Where a call begins, for whom the chat has found already; the code that makes both one visitor comes later. */
  get callPage(): string {
    const { consultant } = this;
    return config.call_page + (consultant === undefined ? '' : `#c=${consultant.id}`);
  }

  /** A consultant asks for a call; whatever happens next but words answers it. */
  get invitation(): FactLine | undefined {
    const last = this.lines.findLast((line) => line.kind !== 'said');
    const isAnswered = config.mode === 'chat' || this.isCalling.value;
    return last?.kind === 'invited' && !isAnswered ? last : undefined;
  }

  /** Stands the offer to call in the chat? */
  get offersCall(): boolean {
    return this.invitation !== undefined || (this.hasCalls && this.wantsCall.value);
  }

  /** Is the visitor asked whether to write or to call? */
  get asksHow(): boolean {
    return this.screen === 'welcome' && this.hasCalls && !this.hasChosen.value && !this.isClosed;
  }

  /** Can a call be ordered in place of waiting? */
  get offersOrder(): boolean {
    if (config.outside !== 'callback' || this.#host.isCallPage.value) return false;
    return this.isClosed || config.mode !== 'chat';
  }

  /** Can a message be left in place of waiting? */
  get offersMessage(): boolean {
    return config.message.is_offered || this.wantsMessage;
  }

  /** Closed, and what is left to do then is to leave a message. */
  get wantsMessage(): boolean {
    return this.isClosed && config.outside === 'message';
  }

  /** Is a message being left, or is there nothing else to do? */
  writesLetter(letter: Letter): boolean {
    return letter.state.value !== 'none' || (this.screen === 'welcome' && this.wantsMessage);
  }

  /** Outside the hours nobody waits for an answer as long as there is something better to do. */
  get canWrite(): boolean {
    return !this.asksHow && !(this.isClosed && (this.offersMessage || this.offersOrder));
  }

  /** Who of the package's team is there, and its hours. */
  present({ open, hours, team }: { open: boolean; hours: HoursNow; team: readonly TeamMember[] }): void {
    this.isOpen.value = open;
    this.hours.value = hours;
    this.team.value = team;
  }

  /** Another chat comes on screen: nothing of the former one holds. */
  show(id: ChatId | undefined): void {
    if (id === this.chatId.value) return;
    this.chatId.value = id;
    this.isUnavailable.value = false;
    this.isConsultantWriting.value = false;
    this.wantsCall.value = false;
  }
}
