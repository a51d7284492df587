/**
 * One socket to the hub that stays: it greets, answers pings, and comes back by itself.
 * It knows the frames every socket has (welcome, ping, goaway, err) and no others.
 */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import { browser, type Cancel, type Wire, type World } from './world';

/** How the socket stands: never up so far, up, lost and coming back, or given up. */
export type Line = 'connecting' | 'online' | 'offline' | 'stopped';

const SUBPROTOCOL = 'c2c.v1';
/** Full jitter grows from here … */
const FIRST_WAIT_MS = 500;
/** … to here: a hub that restarts is found soon, one that is gone is not hammered. */
const LONGEST_WAIT_MS = 30_000;
/** The hub pings after 25 s ± 20 %, so this much silence means the line is dead. */
const SILENCE_MS = 45_000;
/** Where an answer is due, this much does: a network that goes away takes its sockets along and tells nobody. */
const DOUBT_MS = 3_000;
/** A hub that takes longer than this to say welcome is tried again. */
const WELCOME_MS = 15_000;
/** Only a socket that lived this long proves the hub well and resets the growing wait. */
const STEADY_MS = 5_000;
/** After "too many" (4029, 4030) without a time from the hub. */
const RATE_WAIT_MS = 5_000;
const GOING_AWAY = 1000;
const CLOSED_BY_US = 4000;

/** What a socket knows of any frame. */
interface Tagged {
  readonly t: string;
  readonly spread_ms?: number;
  readonly retry_ms?: number;
}

export interface SocketOptions<Out extends Tagged, In extends Tagged> {
  /** Path or address, e.g. `/v1/ws/visitor`. */
  address: string;
  /** The first frame, asked for before each attempt; `undefined` gives up (signed out). A failure is tried again. */
  hello: () => Out | undefined | Promise<Out | undefined>;
  /** Each frame in order, `welcome` included, without `ping` and `goaway`. */
  frame: (frame: In) => void;
  /** The hub wants a new token (4100–4199): forget the old one; `hello` is asked again. */
  renew?: (code: number) => void;
  world?: World;
}

export class HubSocket<Out extends Tagged, In extends Tagged> {
  readonly #options: SocketOptions<Out, In>;
  readonly #world: World;
  readonly #line = signal<Line>('connecting');
  #wire: Wire | undefined;
  /** Counts the attempts, so that an answer to an old one is known as old. */
  #era = 0;
  #failures = 0;
  #welcomedAt: number | undefined;
  #retryMs = RATE_WAIT_MS;
  #started = false;
  #hidden = false;
  #stopCode: number | undefined;
  #cancelSilence: Cancel = () => {};
  #cancelRetry: Cancel = () => {};
  #waiting = false;
  #isDoubted = false;

  constructor(options: SocketOptions<Out, In>) {
    this.#options = options;
    this.#world = options.world ?? browser;
  }

  /** How the socket stands. */
  get line(): ReadonlySignal<Line> {
    return this.#line;
  }

  /** The close code that stopped it, once `line` is `stopped`. */
  get stopCode(): number | undefined {
    return this.#stopCode;
  }

  /** Connects, and stays connected until `stop`. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#world.listen('online', () => this.#hurry());
    this.#world.listen('visible', () => this.#hurry());
    this.#world.listen('offline', () => this.#lose(CLOSED_BY_US));
    // An open socket would keep the page out of the back/forward cache.
    this.#world.listen('pagehide', () => this.#hide());
    this.#world.listen('pageshow', () => this.#show());
    void this.#connect();
  }

  /** Closes for good. */
  stop(code = GOING_AWAY): void {
    this.#started = false;
    this.#stopCode = code;
    this.#drop(GOING_AWAY);
    this.#line.value = 'stopped';
  }

  /** Closes and reconnects at once, which resumes every chat: after a gap in the numbering. */
  resume(): void {
    if (this.#line.value === 'online') this.#lose(CLOSED_BY_US, 0);
  }

  /** The same also while it is still connecting: what it was about to say is wrong by now. */
  restart(): void {
    if (this.#wire !== undefined) this.#lose(CLOSED_BY_US, 0);
  }

  /** Sends a frame; false when nobody would get it. */
  send(frame: Out): boolean {
    if (this.#line.value !== 'online' || this.#wire === undefined) return false;
    this.#wire.send(JSON.stringify(frame));
    return true;
  }

  /** Sends a frame to which the hub has something to say: with no word of it for 3 s the line is dead. */
  ask(frame: Out): boolean {
    if (!this.send(frame)) return false;
    if (!this.#isDoubted) this.#listenOn(DOUBT_MS, 0);
    this.#isDoubted = true;
    return true;
  }

  async #connect(): Promise<void> {
    this.#drop(GOING_AWAY);
    const era = ++this.#era;
    const hello = await this.#askHello();
    if (era !== this.#era || this.#hidden || !this.#started) return;
    if (hello === 'failed') {
      this.#lose(CLOSED_BY_US);
      return;
    }
    if (hello === undefined) {
      this.stop();
      return;
    }
    const wire = this.#world.dial(this.#options.address, SUBPROTOCOL, {
      open: () => era === this.#era && wire.send(JSON.stringify(hello)),
      text: (text) => era === this.#era && this.#read(text),
      close: (code) => era === this.#era && this.#closed(code),
    });
    this.#wire = wire;
    this.#cancelSilence = this.#world.after(WELCOME_MS, () => this.#lose(CLOSED_BY_US));
  }

  async #askHello(): Promise<Out | undefined | 'failed'> {
    try {
      return await this.#options.hello();
    } catch {
      return 'failed';
    }
  }

  #read(text: string): void {
    const frames = parse<In>(text);
    const era = this.#era;
    for (const frame of frames) {
      if (era !== this.#era) return;
      this.#take(frame);
    }
    if (era === this.#era && this.#welcomedAt !== undefined) this.#listenOn();
  }

  #take(frame: In): void {
    switch (frame.t) {
      case 'ping':
        this.#wire?.send('{"t":"pong"}');
        return;
      case 'goaway':
        this.#leaveWithin(frame.spread_ms ?? 0);
        return;
      case 'welcome':
        this.#welcomedAt = this.#world.now();
        this.#retryMs = RATE_WAIT_MS;
        this.#line.value = 'online';
        break;
      case 'err':
        this.#retryMs = frame.retry_ms ?? this.#retryMs;
    }
    this.#options.frame(frame);
  }

  /** The hub restarts soon: the socket still works, and all browsers must not come back in one moment. */
  #leaveWithin(spreadMs: number): void {
    this.#cancelRetry();
    this.#cancelRetry = this.#world.after(this.#world.random() * spreadMs, () => this.#lose(CLOSED_BY_US, 0));
  }

  #listenOn(silenceMs = SILENCE_MS, waitMs?: number): void {
    this.#isDoubted = false;
    this.#cancelSilence();
    this.#cancelSilence = this.#world.after(silenceMs, () => this.#lose(CLOSED_BY_US, waitMs));
  }

  #closed(code: number): void {
    if (code >= 4500 && code <= 4599) {
      this.stop(code);
      return;
    }
    if (code >= 4100 && code <= 4199) this.#options.renew?.(code);
    const rested = code === 4029 || code === 4030 ? this.#retryMs : 0;
    this.#lose(code, rested === 0 ? undefined : rested + this.#world.random() * rested);
  }

  /** The line is gone; the next attempt is after `waitMs`, or after a jittered wait that grows. */
  #lose(code: number, waitMs?: number): void {
    if (!this.#started || this.#hidden) return;
    const steady = this.#welcomedAt !== undefined && this.#world.now() - this.#welcomedAt >= STEADY_MS;
    if (steady) this.#failures = 0;
    this.#drop(code);
    this.#line.value = 'offline';
    const jittered = this.#world.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#waiting = true;
    this.#cancelRetry = this.#world.after(waitMs ?? jittered, () => void this.#connect());
  }

  #drop(code: number): void {
    this.#era += 1;
    this.#waiting = this.#isDoubted = false;
    this.#welcomedAt = undefined;
    this.#cancelRetry();
    this.#cancelSilence();
    // Codes below 3000 other than 1000 are not ours to send.
    this.#wire?.close(code >= 3000 ? code : GOING_AWAY);
    this.#wire = undefined;
  }

  #hurry(): void {
    if (this.#waiting) void this.#connect();
  }

  #hide(): void {
    this.#hidden = true;
    this.#drop(GOING_AWAY);
    if (this.#line.value !== 'stopped') this.#line.value = 'offline';
  }

  #show(): void {
    if (!this.#hidden) return;
    this.#hidden = false;
    if (this.#started) void this.#connect();
  }
}

/** The JSON door: the hub's word on its own frames is believed, anything that is not a frame is dropped. */
function parse<In extends Tagged>(text: string): readonly In[] {
  try {
    const found: unknown = JSON.parse(text);
    const list: readonly unknown[] = Array.isArray(found) ? found : [found];
    return list.filter((item): item is In => typeof item === 'object' && item !== null && 't' in item);
  } catch {
    return [];
  }
}
