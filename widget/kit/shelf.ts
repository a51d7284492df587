/**
 * Named texts that survive a reload, shared by all tabs of one origin.
 * Nothing reaches the browser's storage before `keep`: until the visitor acts there is nothing to consent to.
 * Where storage is blocked the shelf stays in memory, and only surviving a reload is lost.
 */

/** The part of `Storage` a shelf needs. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export class Shelf {
  readonly #prefix: string;
  readonly #lasting: Store | undefined;
  #store: Store = memory();

  /** `keepsAtOnce` is for pages where somebody signed in: they acted already. */
  constructor(prefix: string, lasting: Store | undefined = browserStore(), keepsAtOnce = false) {
    this.#prefix = `${prefix}:`;
    this.#lasting = lasting;
    if (keepsAtOnce || (lasting !== undefined && this.#keys(lasting).length > 0)) this.keep();
  }

  /** From now on what is on the shelf is kept in the browser. */
  keep(): void {
    const [from, to] = [this.#store, this.#lasting];
    if (to === undefined || from === to) return;
    this.#store = to;
    for (const key of this.#keys(from)) {
      // What another tab kept a moment ago came first.
      if (to.getItem(key) === null) this.set(key.slice(this.#prefix.length), from.getItem(key) ?? undefined);
    }
  }

  get(name: string): string | undefined {
    return this.#store.getItem(this.#prefix + name) ?? undefined;
  }

  /** Puts a text under the name; `undefined` takes it away. */
  set(name: string, text: string | undefined): void {
    if (text === undefined) {
      this.#store.removeItem(this.#prefix + name);
      return;
    }
    try {
      this.#store.setItem(this.#prefix + name, text);
    } catch {
      // Full: what is on screen stays there, it only does not survive a reload.
    }
  }

  /** The names that begin so, in no order. */
  names(start = ''): string[] {
    return this.#keys(this.#store)
      .map((key) => key.slice(this.#prefix.length))
      .filter((name) => name.startsWith(start));
  }

  /** Tells the names another tab changes. */
  watch(changed: (name: string) => void): void {
    addEventListener('storage', (event) => {
      if (event.key?.startsWith(this.#prefix)) changed(event.key.slice(this.#prefix.length));
    });
  }

  #keys(store: Store): string[] {
    const keys = Array.from({ length: store.length }, (_, index) => store.key(index) ?? '');
    return keys.filter((key) => key.startsWith(this.#prefix));
  }
}

function memory(): Store {
  const texts = new Map<string, string>();
  return {
    get length() {
      return texts.size;
    },
    key: (index) => [...texts.keys()][index] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => texts.set(key, text),
    removeItem: (key) => texts.delete(key),
  };
}

/** In a frame of another site even asking for the storage may throw. */
function browserStore(): Store | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
