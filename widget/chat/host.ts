/**
 * The page around the frame: whether it shows the window, where the visitor is, and what it should show meanwhile.
 * Opened by itself, without a page around, the window is always shown.
 */
import { signal } from '@preact/signals-core';
import type { FrameNotice, HostNotice, HostPage } from '../kit/frame';

export class Host {
  /** Is the window open on the page? */
  readonly isShown = signal(parent === window);
  /** Is the page itself in front of the visitor? */
  readonly isVisible = signal(document.visibilityState === 'visible');
  /** Counts the times the visitor opened the window; each moves the focus into it. */
  readonly openings = signal(0);
  #page: HostPage = { url: '', title: '', referrer: '' };
  /** Learned from the page's own notices; until then only "ready" is said, which is no secret. */
  #origin = '*';

  constructor() {
    addEventListener('message', (event: MessageEvent<Partial<HostNotice> | undefined>) => {
      if (event.source === parent && parent !== window) this.#hear(event.data, event.origin);
    });
    document.addEventListener('visibilitychange', () => {
      this.isVisible.value = document.visibilityState === 'visible';
    });
  }

  /** The page the visitor is on; what follows `#` stays there, it is the page's own affair. */
  get page(): HostPage {
    return { ...this.#page, url: this.#page.url.split('#')[0] ?? '' };
  }

  /** Tells the page something. */
  tell(notice: FrameNotice): void {
    if (parent !== window) parent.postMessage(notice, this.#origin);
  }

  #hear(notice: Partial<HostNotice> | undefined, origin: string): void {
    if (notice?.c2c !== 'shown' && notice?.c2c !== 'hidden') return;
    // Sandboxed and file pages have no origin to name.
    this.#origin = origin === 'null' ? '*' : origin;
    this.#page = notice.page ?? this.#page;
    this.isShown.value = notice.c2c === 'shown';
    if (notice.c2c === 'shown' && notice.byVisitor === true) this.openings.value += 1;
  }
}
