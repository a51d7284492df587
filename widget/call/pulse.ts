/** What changes all the time while the microphone is open: how loud both sides are, and how long they talk. */
import { signal } from '@preact/signals-core';
import type { Live } from './live';
import type { Phone } from './phone';

/** Bars that follow a voice need no more than this. */
const PULSE_MS = 100;

export class Pulse {
  readonly #live: Live;
  readonly #phone: Phone;
  #timer: number | undefined;
  readonly seconds = signal(0);

  constructor(live: Live, phone: Phone) {
    this.#live = live;
    this.#phone = phone;
  }

  start(): void {
    this.#timer ??= window.setInterval(() => this.#beat(), PULSE_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Levels go straight into the style: the page is not drawn ten times a second. */
  #beat(): void {
    const { microphone, voice, view } = this.#phone;
    const { style } = document.documentElement;
    style.setProperty('--own', microphone.level.toFixed(2));
    style.setProperty('--voice', (voice.value?.level ?? 0).toFixed(2));
    const since = view.value?.talking_since;
    this.seconds.value = since === undefined ? 0 : Math.max(0, Math.floor((this.#live.clock - since) / 1000));
  }
}
