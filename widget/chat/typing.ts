/** Tells the consultant what is being written, at most once a second, the newest last. */
import type { Cancel, World } from '../kit/world';

const EVERY_MS = 1_000;
/** The consultant reads along, not the whole letter. */
const DRAFT_CHARS = 1_000;

export class Typing {
  readonly #world: World;
  readonly #send: (draft: string) => void;
  #draft = '';
  #told = '';
  #lastAt = Number.NEGATIVE_INFINITY;
  #cancel: Cancel = () => {};

  constructor(world: World, send: (draft: string) => void) {
    this.#world = world;
    this.#send = send;
  }

  write(draft: string): void {
    this.#draft = Array.from(draft).slice(0, DRAFT_CHARS).join('');
    this.#cancel();
    const wait = this.#lastAt + EVERY_MS - this.#world.now();
    // An emptied field is told at once: the message is sent, nobody should wait for more.
    if (wait <= 0 || this.#draft === '') this.#tell();
    else this.#cancel = this.#world.after(wait, () => this.#tell());
  }

  /** A new socket knows nothing of the draft. */
  repeat(): void {
    this.#told = '';
    this.#tell();
  }

  #tell(): void {
    if (this.#draft === this.#told) return;
    this.#told = this.#draft;
    this.#lastAt = this.#world.now();
    this.#send(this.#draft);
  }
}
