/** A browser whose time the test turns by hand and whose sockets the test answers. */
import type { Store } from '../../widget/kit/shelf';
import type { Cancel, PageEvent, Wire, WireEars, World } from '../../widget/kit/world';

/** A socket the code under test opened. */
export class FakeWire implements Wire {
  readonly sent: string[] = [];
  closedWith: number | undefined;

  constructor(
    readonly address: string,
    readonly subprotocol: string,
    readonly ears: WireEars,
  ) {}

  send(text: string): void {
    this.sent.push(text);
  }

  close(code: number): void {
    this.closedWith = code;
  }

  /** The hub sends these frames. */
  hear(...frames: object[]): void {
    this.ears.text(JSON.stringify(frames.length === 1 ? frames[0] : frames));
  }
}

export class FakeWorld implements World {
  readonly wires: FakeWire[] = [];
  /** What the dice say: 1 is the longest wait. */
  chance = 1;
  #time = 1_000;
  readonly #timers = new Set<{ at: number; then: () => void }>();
  readonly #ears = new Map<PageEvent, (() => void)[]>();

  dial(address: string, subprotocol: string, ears: WireEars): Wire {
    const wire = new FakeWire(address, subprotocol, ears);
    this.wires.push(wire);
    return wire;
  }

  listen(event: PageEvent, heard: () => void): void {
    this.#ears.set(event, [...(this.#ears.get(event) ?? []), heard]);
  }

  after(ms: number, then: () => void): Cancel {
    const timer = { at: this.#time + ms, then };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  now(): number {
    return this.#time;
  }

  random(): number {
    return this.chance;
  }

  /** The page goes through this. */
  happens(event: PageEvent): void {
    for (const heard of this.#ears.get(event) ?? []) heard();
  }

  /** Lets time pass, timers in their order, and what they started settle. */
  async pass(ms: number): Promise<void> {
    const end = this.#time + ms;
    for (;;) {
      await settle();
      const due = [...this.#timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers.delete(due);
      this.#time = Math.max(this.#time, due.at);
      due.then();
    }
    this.#time = end;
    await settle();
  }

  /** The newest socket. */
  get wire(): FakeWire {
    const wire = this.wires.at(-1);
    if (wire === undefined) throw new Error('nothing was dialed');
    return wire;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

/** Storage of two tabs of one origin. */
export function fakeStore(): Store & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    get length() {
      return texts.size;
    },
    key: (index) => [...texts.keys()][index] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => texts.set(key, text),
    removeItem: (key) => texts.delete(key),
  };
}
