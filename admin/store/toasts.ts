// Short notices: each has a text, maybe one action, and goes by itself.
import { signal } from '@preact/signals';

/** Long enough to read two lines twice (WCAG 2.2.1 leaves notices without action alone). */
const SHOWN_MS = 6_000;

/** More at once would cover the screen on phones. */
const AT_ONCE = 3;

export interface Toast {
  id: number;
  text: string;
  action?: string;
  act?: () => void;
}

export class Toasts {
  readonly list = signal<readonly Toast[]>([]);
  #next = 1;

  /** Shows a text; gives back what takes it away early. */
  say(text: string, more: { action?: string; act?: () => void; shownMs?: number } = {}): () => void {
    const { action, act, shownMs = SHOWN_MS } = more;
    const toast: Toast = { id: this.#next, text, ...(action && act ? { action, act } : {}) };
    this.#next += 1;
    this.list.value = [...this.list.value, toast].slice(-AT_ONCE);
    setTimeout(() => this.dismiss(toast), shownMs);
    return () => this.dismiss(toast);
  }

  act(toast: Toast) {
    this.dismiss(toast);
    toast.act?.();
  }

  dismiss(toast: Toast) {
    this.list.value = this.list.value.filter((shown) => shown.id !== toast.id);
  }
}
