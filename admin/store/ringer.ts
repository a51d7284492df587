// Makes a ringing call heard and seen wherever the consultant is: sound until it is answered, desktop notification.
import { effect, type ReadonlySignal, untracked } from '@preact/signals';
import type { CallId, DeskCall } from '../../widget/kit/wire';
import type { Cancel, World } from '../../widget/kit/world';
import type { Notice } from './alerts';

/** From phrase to phrase, as the rings on screen. */
export const PHRASE_MS = 2_400;
const LOUD = 1;
/** Put into the side menu, or beside a call that is talked. */
const SOFT = 0.35;

export interface RingerPorts {
  ring: { play: (volume: number) => void; stop: () => void };
  /** Shows a desktop notification; gives back what takes it away. */
  notify: (notice: Notice) => () => void;
  /** The page is on screen and has the focus. */
  attentive: () => boolean;
  mayNotify: () => boolean;
  words: (call: DeskCall) => { title: string; body: string };
  /** Somebody clicked the notification. */
  open: (call: DeskCall) => void;
  world: World;
}

/** What the ringer reads of the desk. */
export interface Rung {
  ringing: ReadonlySignal<readonly DeskCall[]>;
  overPage: ReadonlySignal<readonly DeskCall[]>;
  /** The consultant wants sounds. */
  sound: ReadonlySignal<boolean>;
}

export class Ringer {
  readonly #ports: RingerPorts;
  readonly #rung: Rung;
  readonly #stop: () => void;
  readonly #notices = new Map<CallId, () => void>();
  #cancel: Cancel = () => {};
  #isSounding = false;

  constructor(ports: RingerPorts, rung: Rung) {
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
    this.#cancel = this.#ports.world.after(PHRASE_MS, () => this.#phrase());
  }

  /** One notification for each call that rings while nobody looks; it goes when the ringing ends. */
  #notify(ringing: readonly DeskCall[]): void {
    const named = new Set(ringing.map((call) => call.id));
    for (const [id, close] of [...this.#notices]) {
      if (named.has(id)) continue;
      this.#notices.delete(id);
      close();
    }
    untracked(() => {
      for (const call of ringing) {
        if (this.#notices.has(call.id) || this.#ports.attentive() || !this.#ports.mayNotify()) continue;
        const notice = { tag: `rings:${call.id}`, stays: true, ...this.#ports.words(call) };
        this.#notices.set(call.id, this.#ports.notify({ ...notice, open: () => this.#ports.open(call) }));
      }
    });
  }
}
