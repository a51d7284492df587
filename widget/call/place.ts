/**
 * Where on the page the visitor is, told by the address: `#order` opens the order, `#c=ID` chooses a consultant, and
 * `#code=CODE` makes the page the visitor of the chat it was opened from. The browser's own back key works.
 */
import { signal } from '@preact/signals-core';

export class Place {
  readonly isOrdering = signal(false);
  /** Did the visitor come to the screen on show? Then its heading takes the focus; what changes by itself leaves it. */
  #isMoved = false;
  readonly #chosen: (consultant: string) => void;
  readonly #coded: (code: string) => void;

  constructor(chosen: (consultant: string) => void, coded: (code: string) => void) {
    this.#chosen = chosen;
    this.#coded = coded;
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
    // Who writes in the chat window goes on writing.
    if (document.activeElement?.tagName !== 'IFRAME') heading.focus();
  };

  #read(): void {
    const words = new URLSearchParams(location.hash.slice(1));
    this.isOrdering.value = words.has('order');
    const consultant = words.get('c');
    if (consultant !== null) this.#chosen(consultant);
    const code = words.get('code');
    if (code === null) return;
    // It is a secret until it is used: no history, no copied address keeps it.
    history.replaceState(history.state, '', location.pathname + location.search);
    this.#coded(code);
  }
}
