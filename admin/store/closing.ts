// Chats that were closed on this desk a moment ago: for some seconds that can be taken back.
import type { ChatId } from '../../widget/kit/wire';
import type { Cancel, World } from '../../widget/kit/world';

/** Time to notice the wrong click; the visitor does not wait for it. */
export const UNDO_MS = 5_000;

export class Closing {
  readonly #world: World;
  readonly #close: (chat: ChatId) => void;
  readonly #running = new Map<ChatId, Cancel>();

  constructor(world: World, close: (chat: ChatId) => void) {
    this.#world = world;
    this.#close = close;
  }

  begin(chat: ChatId): void {
    const cancel = this.#world.after(UNDO_MS, () => {
      this.#running.delete(chat);
      this.#close(chat);
    });
    this.#running.set(chat, cancel);
  }

  /** False when it is too late. */
  takeBack(chat: ChatId): boolean {
    const cancel = this.#running.get(chat);
    cancel?.();
    return this.#running.delete(chat);
  }

  /** Can it still be taken back? */
  isRunning(chat: ChatId): boolean {
    return this.#running.has(chat);
  }

  /** Closes at once what could be taken back. */
  finish(): void {
    for (const chat of [...this.#running.keys()]) if (this.takeBack(chat)) this.#close(chat);
  }
}
