/**
 * Where on the page the visitor is, told by the address: `#order` opens the order, `#c=ID` chooses a consultant. The
 * browser's own back key works, and a link can lead to either.
 */
import { signal } from '@preact/signals-core';

export class Place {
  readonly isOrdering = signal(false);
  /** Did the visitor come to the screen on show? Then its heading takes the focus; what changes by itself leaves it. */
  #isMoved = false;
  readonly #chosen: (consultant: string) => void;

  constructor(chosen: (consultant: string) => void) {
    this.#chosen = chosen;
    this.#read();
    addEventListener('hashchange', () => {
      this.#isMoved = true;
      this.#read();
    });
  }

  order(): void {
    location.hash = 'order';
  }

  /** Back to the first screen. */
  leave(): void {
    if (this.isOrdering.value) location.hash = '';
  }

  /** Another screen comes at the visitor's wish without a change of address. */
  move(): void {
    this.#isMoved = true;
  }

  /** Puts the focus on the heading of a screen the visitor came to, once. */
  readonly arrive = (heading: HTMLElement | null): void => {
    if (heading === null || !this.#isMoved) return;
    this.#isMoved = false;
    heading.focus();
  };

  #read(): void {
    const words = new URLSearchParams(location.hash.slice(1));
    this.isOrdering.value = words.has('order');
    const consultant = words.get('c');
    if (consultant !== null) this.#chosen(consultant);
  }
}
