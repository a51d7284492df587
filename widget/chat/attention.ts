/**
 * Whether the visitor looks at the window, and what follows from it: which lines count as seen, the number on the
 * button, the bubble beside it, the sound.
 */
import type { Chat } from '../kit/chats';
import { Chime } from '../kit/chime';
import type { Event, Seq } from '../kit/wire';
import type { Host } from './host';
import { t } from './speech';

const PEEK_CHARS = 120;

export class Attention {
  readonly #host: Host;
  readonly #chime = new Chime();
  #told = 0;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Is the window open and its page in front? */
  get isHere(): boolean {
    return this.#host.isShown.value && this.#host.isVisible.value;
  }

  /** A gesture of the visitor: from now on sounds may be played. */
  touch(): void {
    this.#chime.unlock();
  }

  /** Something arrived. */
  call(): void {
    if (!this.isHere) this.#chime.play();
  }

  /** The last line to be marked as seen, if one is to be. */
  newlySeen(chat: Chat): Seq | undefined {
    const seq = chat.events.value.findLast((event) => event.from.by !== 'visitor')?.seq ?? 0;
    return this.isHere && seq > chat.seen.value.visitor ? seq : undefined;
  }

  /** Shows beside the button what waits in the minimized window, and says whether calls begin in it. */
  tellHost(chat: Chat | undefined, calls: boolean): void {
    const count = this.#host.isShown.value || chat === undefined ? 0 : chat.unread('visitor');
    const last = chat?.events.value.findLast((event) => spoken(event) !== undefined);
    this.#host.tell({ c2c: 'unread', count, calls });
    if (count > this.#told && last !== undefined) {
      this.#host.tell({ c2c: 'message', count, peek: preview(spoken(last) ?? '') });
    }
    this.#told = count;
  }
}

/** What a consultant or the hub says, or a consultant asks for. */
export function spoken(event: Event): string | undefined {
  if (event.k === 'invited') return t('invite.title', { name: event.consultant.name });
  return event.k === 'said' && event.from.by !== 'visitor' ? event.body : undefined;
}

function preview(body: string): string {
  const letters = Array.from(body);
  return letters.length > PEEK_CHARS ? `${letters.slice(0, PEEK_CHARS).join('')}…` : body;
}
