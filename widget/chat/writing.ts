/** Shows that the consultant writes, until something else is told; the end of writing may get lost on its way. */
import type { Cancel, World } from '../kit/world';

const LOST_MS = 12_000;

export class Writing {
  readonly #world: World;
  readonly #shown: { value: boolean };
  #cancel: Cancel = () => {};

  constructor(world: World, shown: { value: boolean }) {
    this.#world = world;
    this.#shown = shown;
  }

  tell(isWriting: boolean): void {
    this.#cancel();
    this.#shown.value = isWriting;
    if (isWriting) this.#cancel = this.#world.after(LOST_MS, () => this.tell(false));
  }
}
