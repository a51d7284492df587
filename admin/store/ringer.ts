// Makes what rings heard and seen wherever the consultant is: sound until it is answered, desktop notification.
import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { Cancel, World } from '../../widget/kit/world';
import type { Notice } from './alerts';

/** From phrase to phrase, as the rings on screen. */
export const PHRASE_MS = 2_400;
const LOUD = 1;
/** Put into the side menu, or beside a call that is talked. */
const SOFT = 0.35;

export interface RingerPorts<Ringing> {
  ring: { play: (volume: number) => void; stop: () => void };
  /** Shows a desktop notification; gives back what takes it away. */
  notify: (notice: Notice) => () => void;
  /** The page is on screen and has the focus. */
  attentive: () => boolean;
  mayNotify: () => boolean;
  words: (one: Ringing) => { title: string; body: string };
  /** Somebody clicked the notification. */
  open: (one: Ringing) => void;
  world: World;
  /** From phrase to phrase, where that is not `PHRASE_MS`. */
  phraseMs?: number;
}

/** What the ringer reads of the desk. */
export interface Rung<Ringing> {
  ringing: ReadonlySignal<readonly Ringing[]>;
  /** Those that ring loud. */
  overPage: ReadonlySignal<readonly Ringing[]>;
  /** The consultant wants sounds. */
  sound: ReadonlySignal<boolean>;
}

/** Rings for calls, and for visitors who are offered. */
export class Ringer<Ringing extends { id: string }> {
  readonly #ports: RingerPorts<Ringing>;
  readonly #rung: Rung<Ringing>;
  readonly #stop: () => void;
  readonly #notices = new Map<string, () => void>();
  #cancel: Cancel = () => {};
  #isSounding = false;

  constructor(ports: RingerPorts<Ringing>, rung: Rung<Ringing>) {
    this.#ports = ports;
    this.#rung = rung;
    const stops = [
      effect(() => this.#sound(rung.sound.value && rung.ringing.value.length > 0)),
      effect(() => this.#notify(rung.ringing.value)),
    ];
    this.#stop = () => {
      for (const stop of stops) stop();
    };
  }

  stop(): void {
    this.#stop();
    this.#sound(false);
    this.#notify([]);
  }

  #sound(isNeeded: boolean): void {
    if (isNeeded === this.#isSounding) return;
    this.#isSounding = isNeeded;
    this.#cancel();
    if (isNeeded) untracked(() => this.#phrase());
    else this.#ports.ring.stop();
  }

  #phrase(): void {
    this.#ports.ring.play(this.#rung.overPage.peek().length > 0 ? LOUD : SOFT);
    this.#cancel = this.#ports.world.after(this.#ports.phraseMs ?? PHRASE_MS, () => this.#phrase());
  }

  /** One notification for each one that rings while nobody looks; it goes when the ringing ends. */
  #notify(ringing: readonly Ringing[]): void {
    const named = new Set(ringing.map((one) => one.id));
    for (const [id, close] of [...this.#notices]) {
      if (named.has(id)) continue;
      this.#notices.delete(id);
      close();
    }
    untracked(() => {
      for (const one of ringing) {
        if (this.#notices.has(one.id) || this.#ports.attentive() || !this.#ports.mayNotify()) continue;
        const notice = { tag: `rings:${one.id}`, stays: true, ...this.#ports.words(one) };
        this.#notices.set(one.id, this.#ports.notify({ ...notice, open: () => this.#ports.open(one) }));
      }
    });
  }
}
