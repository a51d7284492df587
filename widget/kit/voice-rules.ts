/** What the voice of a call decides, without a browser: what went wrong, what was measured, when to ask for help. */
import type { CallStats } from './wire';

/** Why there is no microphone: not allowed, none there, taken by another program, or a page without https. */
export type MicrophoneProblem = 'refused' | 'missing' | 'busy' | 'insecure';

/** Asking more often than this only disturbs the mending that is under way. */
export const REFRESH_MS = 2_000;
/** Voice comes fifty times a second, so this long without a packet is no pause of the speaker. */
export const SILENCE_MS = 1_500;

/** What the name of an error of `getUserMedia` means to the person. */
export function problemOf(name: string): MicrophoneProblem {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing';
    default:
      return 'busy';
  }
}

/** How loud samples between -1 and 1 are to an ear: 0 is a quiet room, 1 a raised voice. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length + 1e-10);
  return Math.min(1, Math.max(0, (decibels + 55) / 45));
}

/** What a browser has counted since the connection began. */
export interface Counted {
  readonly received: number;
  readonly lost: number;
  /** Seconds. */
  readonly jitter: number;
  /** Seconds. */
  readonly roundTrip: number;
}

/** One entry of a browser's report, as far as it is read. */
interface Entry {
  readonly type: string;
  readonly nominated?: boolean;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly jitter?: number;
  readonly currentRoundTripTime?: number;
}

/** Reads a report of `getStats`. */
export function count(entries: Iterable<Entry>): Counted {
  let [received, lost, jitter, roundTrip] = [0, 0, 0, 0];
  for (const entry of entries) {
    if (entry.type === 'inbound-rtp') ({ packetsReceived: received = 0, packetsLost: lost = 0, jitter = 0 } = entry);
    else if (entry.nominated) roundTrip = entry.currentRoundTripTime ?? roundTrip;
  }
  return { received, lost, jitter, roundTrip };
}

const NOTHING = count([]);

/** What happened between two counts. A new connection begins at zero, and late packets take losses back. */
export function measure(before: Counted, after: Counted): CallStats {
  const since = after.received < before.received ? NOTHING : before;
  const lost = Math.max(0, after.lost - since.lost);
  const all = after.received - since.received + lost;
  return {
    rtt_ms: Math.round(after.roundTrip * 1000),
    jitter_ms: Math.round(after.jitter * 1000),
    lost_permille: all === 0 ? 0 : Math.round((lost * 1000) / all),
  };
}

/** Notices that the voice stopped coming, and asks for help at most every two seconds. */
export class Watch {
  readonly #now: () => number;
  #received = 0;
  #heardAt: number;
  #askedAt = -REFRESH_MS;
  #isExpecting = false;

  /** `now` tells milliseconds that never go back. */
  constructor(now: () => number) {
    this.#now = now;
    this.#heardAt = now();
  }

  /** Voice is expected, or its absence is no wonder: the other side is muted or away. */
  expect(isExpecting: boolean): void {
    if (isExpecting && !this.#isExpecting) this.renew();
    this.#isExpecting = isExpecting;
  }

  /** A new connection has its own time to bring voice. */
  renew(): void {
    this.#heardAt = this.#now();
  }

  /** So many packets came in all; true when help is needed. */
  packets(received: number): boolean {
    if (received !== this.#received) this.renew();
    this.#received = received;
    return this.#isExpecting && this.#now() - this.#heardAt >= SILENCE_MS && this.trouble();
  }

  /** The network changed or the connection broke; true when help is to be asked for now. */
  trouble(): boolean {
    const now = this.#now();
    if (now - this.#askedAt < REFRESH_MS) return false;
    this.#askedAt = now;
    return true;
  }
}
