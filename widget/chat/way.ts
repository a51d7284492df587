/**
 * The way to the call page. It is a window of its own, because a call outlives this page, and browsers give it another
 * storage than this frame: a code from the hub makes both one visitor. The code works once and for a minute; the token
 * never stands in an address.
 */
import type { Shelf } from '../kit/shelf';
import type { FromVisitor } from '../kit/wire';
import type { World } from '../kit/world';
import type { Host } from './host';
import { config } from './speech';
import type { View } from './view';

/** How long an answer is good for; a bit less than the hub says. */
const FRESH_MS = 45_000;
/** After a click browsers let a window open for a moment only; then it opens without the code. */
const PATIENCE_MS = 700;

interface Parts {
  readonly shelf: Shelf;
  readonly view: View;
  readonly host: Host;
  readonly world: World;
  readonly send: (frame: FromVisitor) => boolean;
}

export class Way {
  readonly #parts: Parts;
  #code = '';
  /** Who it makes the other page and whom it rings, and until when it is not asked for again. */
  #meant = '';
  #until = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The pointer or the focus comes near: asks for the code, so that it is there when the click comes. */
  prepare(): void {
    const { shelf, view, host, world, send } = this.#parts;
    const tok = shelf.get('tok');
    const to = view.consultant?.id;
    const meant = `${tok} ${to}`;
    if (!tok || host.isCallPage.value || (meant === this.#meant && world.now() < this.#until)) return;
    this.#code = '';
    this.#meant = meant;
    this.#until = send({ t: 'handover', tok, ...(to && { to }) }) ? world.now() + FRESH_MS : 0;
  }

  /** The hub's answer. */
  take(code: string): void {
    this.#code = code;
  }

  /** The click. */
  open(event: MouseEvent): void {
    const { view, host, world } = this.#parts;
    event.preventDefault();
    // The second half of a double click.
    if (event.detail > 1) return;
    this.prepare();
    // The call page itself calls, as the same visitor anyway.
    if (host.isCallPage.value) host.tell({ c2c: 'call', consultant: `${view.consultant?.id}` });
    else if (this.#code === '') world.after(PATIENCE_MS, () => this.#go());
    else this.#go();
  }

  #go(): void {
    const { view } = this.#parts;
    open(this.#code === '' ? view.callPage : `${config.call_page}#code=${this.#code}`, '_blank', 'noopener');
    this.#code = '';
    this.#until = 0;
    view.wantsCall.value = false;
  }
}
