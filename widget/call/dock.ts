/**
 * The chat window on the call page: the same document as behind the button, in a frame at the corner. It is asked for
 * when the visitor opens the chat, or when an earlier page left one that goes on.
 */
import { signal } from '@preact/signals-core';
import type { FrameNotice, HostNotice } from '../kit/frame';
import type { Shelf } from '../kit/shelf';
import type { AccountId } from '../kit/wire';

/** On a phone the window follows what the keyboard leaves visible. */
function fit(): void {
  const { style } = document.documentElement;
  style.setProperty('--top', `${visualViewport?.offsetTop}px`);
  style.setProperty('--tall', `${visualViewport?.height}px`);
}

export class Dock {
  readonly #shelf: Shelf;
  #frame: HTMLIFrameElement | null = null;
  #isReady = false;
  /** Where the focus was when the window opened. */
  #from: Element | null = null;
  readonly isLoaded = signal(false);
  /** Is there something to come back to? */
  readonly isMinimized = signal(false);
  readonly isOpen = signal(false);
  /** Messages nobody has read. */
  readonly unread = signal(0);
  /** The last of them. */
  readonly peek = signal('');

  /** The visitor takes the chat's invitation: this consultant is to be called. */
  readonly #onCall: (consultant: AccountId) => void;

  constructor(shelf: Shelf, onCall: (consultant: AccountId) => void) {
    this.#shelf = shelf;
    this.#onCall = onCall;
    this.isLoaded.value = this.isMinimized.value = shelf.get('chat') !== undefined;
    visualViewport?.addEventListener('resize', fit);
    visualViewport?.addEventListener('scroll', fit);
    addEventListener('message', (event: MessageEvent<FrameNotice>) => {
      if (event.source === this.#frame?.contentWindow && event.origin === location.origin) this.#hear(event.data);
    });
  }

  open(): void {
    // The window reads who the visitor is from the same shelf, so both are one visitor.
    this.#shelf.keep();
    this.#from = document.activeElement;
    this.isLoaded.value = true;
    this.#show(true);
    // Once it is drawn as visible; a hidden frame takes no focus.
    setTimeout(() => this.#frame?.focus());
  }

  minimize(): void {
    this.#show(false);
    this.isMinimized.value = true;
    if (this.#from instanceof HTMLElement) this.#from.focus();
  }

  /** The frame, once it stands on the page. */
  readonly hold = (frame: HTMLIFrameElement | null): void => {
    this.#frame = frame;
  };

  #show(isOpen: boolean): void {
    this.isOpen.value = isOpen;
    if (isOpen) this.peek.value = '';
    this.#tell();
  }

  #hear(notice: FrameNotice): void {
    switch (notice.c2c) {
      case 'ready':
        this.#isReady = true;
        this.#tell();
        return;
      case 'unread':
        this.unread.value = notice.count;
        if (notice.count === 0) this.peek.value = '';
        return;
      case 'message':
        this.peek.value = this.isOpen.value ? '' : notice.peek;
        return;
      case 'minimized':
        this.minimize();
        return;
      case 'closed':
        this.minimize();
        // The frame stays: it may still be telling the hub that the chat is over.
        this.isMinimized.value = false;
        return;
      case 'call':
        this.minimize();
        this.#onCall(notice.consultant);
        return;
      // The page hears of new settings by its own socket.
      case 'chat':
      case 'settings':
        return;
      default:
        notice satisfies never;
    }
  }

  #tell(): void {
    // Before it says "ready" the frame still has the origin of about:blank.
    if (!this.#isReady) return;
    const { URL: url, title, referrer } = document;
    const notice: HostNotice = { c2c: this.isOpen.value ? 'shown' : 'hidden', byVisitor: true, url, title, referrer };
    this.#frame?.contentWindow?.postMessage(notice, location.origin);
  }
}
