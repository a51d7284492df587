// Events that came before the one they follow. They wait a moment; then everything is resumed instead.
import type { ChatId, Event } from '../../widget/kit/wire';
import type { Cancel, World } from '../../widget/kit/world';

/** An event may overtake the acknowledgement of an earlier one by moments; longer means that one is lost. */
const OVERTAKING_MS = 700;

export class Early {
  readonly #world: World;
  readonly #giveUp: () => void;
  readonly #held = new Map<ChatId, Event[]>();
  #cancel: Cancel = () => {};

  constructor(world: World, giveUp: () => void) {
    this.#world = world;
    this.#giveUp = giveUp;
  }

  hold(event: Event): void {
    if (this.#held.size === 0) {
      this.#cancel = this.#world.after(OVERTAKING_MS, () => {
        this.#held.clear();
        this.#giveUp();
      });
    }
    this.#held.set(event.chat, [...(this.#held.get(event.chat) ?? []), event]);
  }

  /** Gives back what waited for this chat, in order. */
  release(chat: ChatId): readonly Event[] {
    const events = this.#held.get(chat) ?? [];
    this.#held.delete(chat);
    if (this.#held.size === 0) this.#cancel();
    return events.sort((a, b) => a.seq - b.seq);
  }

  clear(): void {
    this.#held.clear();
    this.#cancel();
  }
}
