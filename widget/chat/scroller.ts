/** Keeps the newest line in view, and the place where the visitor reads when earlier lines come in above it. */
import type { ChatLine } from '../kit/lines';
import type { Conversation } from './conversation';

/** This near to an end counts as being there. */
const NEAR_PX = 80;

export class Scroller {
  readonly #conversation: Conversation;
  #box: HTMLElement | null = null;
  #isAtEnd = true;
  #fromEnd = 0;
  #top = 0;
  #first: string | undefined;
  #last: string | undefined;
  /** The keyboard of a phone or a growing field makes the box smaller. */
  readonly #watch = new ResizeObserver(() => this.#toEnd());

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  /** The lines were drawn into `box`. */
  drawn(box: HTMLElement | null, lines: readonly ChatLine[]): void {
    if (box === null) return;
    if (box !== this.#box) {
      this.#watch.disconnect();
      this.#watch.observe(box);
      this.#isAtEnd = true;
    }
    this.#box = box;
    const [first, last] = [lines[0]?.key, lines.at(-1)];
    if (this.#last !== last?.key && last?.mine === true) this.#isAtEnd = true;
    if (this.#first !== first && !this.#isAtEnd) box.scrollTop = box.scrollHeight - this.#fromEnd;
    this.#first = first;
    this.#last = last?.key;
    this.#toEnd();
  }

  /** The visitor scrolls. */
  scrolled(): void {
    const box = this.#box;
    if (box === null) return;
    this.#fromEnd = box.scrollHeight - box.scrollTop;
    // Only moving up leaves the end: a box that shrinks or a text that grows moves nothing.
    if (this.#fromEnd - box.clientHeight < NEAR_PX) this.#isAtEnd = true;
    else if (box.scrollTop < this.#top) this.#isAtEnd = false;
    this.#top = box.scrollTop;
    if (box.scrollTop < NEAR_PX) void this.#conversation.loadEarlier();
  }

  #toEnd(): void {
    if (this.#isAtEnd && this.#box !== null) this.#box.scrollTop = this.#box.scrollHeight;
  }
}
