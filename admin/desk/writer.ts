// Tells the visitor that the consultant writes: now and then while it goes on, and once when it stops.

/** Told again this often; visitors' windows forget it a little later. */
const TELL_MS = 3_000;

/** A pause this long means nobody writes. */
const PAUSE_MS = 5_000;

export class Writer {
  readonly #tell: (writing: boolean) => void;
  #toldAt: number | null = null;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (writing: boolean) => void) {
    this.#tell = tell;
  }

  goOn(): void {
    const now = Date.now();
    if (this.#toldAt === null || now - this.#toldAt >= TELL_MS) {
      this.#toldAt = now;
      this.#tell(true);
    }
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.stop(), PAUSE_MS);
  }

  stop(): void {
    clearTimeout(this.#pause);
    if (this.#toldAt === null) return;
    this.#toldAt = null;
    this.#tell(false);
  }
}
