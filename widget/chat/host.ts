/**
 * The page around the frame: whether it shows the window, where the visitor is, who that is, and what it should show
 * meanwhile. Opened by itself, without a page around, the window is always shown.
 */
import { signal } from '@preact/signals-core';
import type { FrameNotice, HostNotice, HostPage } from '../kit/frame';
import { config } from './speech';

export class Host {
  /** Has the page spoken? Before that nobody knows who the visitor is. */
  readonly isKnown = signal(parent === window);
  /** Is the window open on the page? */
  readonly isShown = signal(parent === window);
  /** Is the page itself in front of the visitor? */
  readonly isVisible = signal(document.visibilityState === 'visible');
  /** Counts the times the visitor opened the window; each moves the focus into it. */
  readonly openings = signal(0);
  /** Who the visitor is, as the page says, in JSON. */
  readonly identity = signal<string | undefined>(undefined);
  /** On the call page itself nothing leads to the call page. */
  readonly isCallPage = signal(false);
  /** Did the page ask for a call beside the chat? */
  readonly wantsCall = signal(false);
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
    if (parent === window) return;
    parent.postMessage(notice, this.#origin);
    // From here on nothing that arrives is seen; the page's own word comes a moment later.
    if (notice.c2c === 'minimized' || notice.c2c === 'closed') this.isShown.value = false;
  }

  /** Brings the page the button's settings of this moment; without an answer it has them at its next load. */
  async bringSettings(): Promise<void> {
    const answer = await fetch(`/w/${config.key}.json`).catch(() => undefined);
    if (answer?.ok) this.tell({ c2c: 'settings', config: await answer.json() });
  }

  #hear(notice: Partial<HostNotice> | undefined, origin: string): void {
    if (notice?.c2c !== 'shown' && notice?.c2c !== 'hidden') return;
    const { url = '', title = '', referrer = '', identity } = notice;
    // Sandboxed and file pages have no origin to name.
    this.#origin = origin === 'null' ? '*' : origin;
    this.#page = { url, title, referrer };
    this.isCallPage.value = origin === location.origin && url.includes(config.call_page);
    this.identity.value = identity;
    this.isShown.value = notice.c2c === 'shown';
    this.isKnown.value = true;
    if (notice.wantsCall) this.wantsCall.value = true;
    if (notice.c2c === 'shown' && notice.byVisitor === true) this.openings.value += 1;
  }
}
