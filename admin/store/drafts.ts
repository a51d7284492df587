// The unsent text of each chat, kept in the browser: a reload or a signed-out desk loses nothing.
import type { Shelf } from '../../widget/kit/shelf';
import type { ChatId } from '../../widget/kit/wire';

/** Chats whose draft nobody came back for are forgotten beyond this number, the oldest first. */
const KEPT = 50;
const NAMES = 'draft:';

export class Drafts {
  readonly #shelf: Shelf;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
    // Ids sort by time.
    for (const name of shelf.names(NAMES).sort().slice(0, -KEPT)) shelf.set(name, undefined);
  }

  of(chat: ChatId): string {
    return this.#shelf.get(NAMES + chat) ?? '';
  }

  keep(chat: ChatId, text: string) {
    this.#shelf.set(NAMES + chat, text === '' ? undefined : text);
  }
}
