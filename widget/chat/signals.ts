/**
 * The part of `@preact/signals-core` the chat window uses, at a fifth of its size; the build puts it in its place,
 * because the whole document must stay under 20 KB. Effects run together in a microtask, so a frame that changes ten signals draws the window once.
 */

interface Effect {
  readonly run: () => void;
  /** The signals it read last time. */
  readonly reads: Set<Set<Effect>>;
}

let reader: Effect | undefined;
const waiting = new Set<Effect>();

export function signal<Value>(first: Value) {
  const readers = new Set<Effect>();
  let held = first;
  return {
    get value() {
      if (reader !== undefined) {
        readers.add(reader);
        reader.reads.add(readers);
      }
      return held;
    },
    set value(next: Value) {
      if (next === held) return;
      held = next;
      for (const each of readers) schedule(each);
    },
  };
}

export function effect(run: () => void): void {
  follow({ run, reads: new Set() });
}

/** Reads signals without following them. */
export function untracked(run: () => void): void {
  const outer = reader;
  reader = undefined;
  try {
    run();
  } finally {
    reader = outer;
  }
}

function schedule(each: Effect): void {
  if (waiting.size === 0) queueMicrotask(runWaiting);
  waiting.add(each);
}

function runWaiting(): void {
  const now = [...waiting];
  waiting.clear();
  now.forEach(follow);
}

/** Runs an effect and notes what it reads. */
function follow(each: Effect): void {
  for (const readers of each.reads) readers.delete(each);
  each.reads.clear();
  const outer = reader;
  reader = each;
  try {
    each.run();
  } finally {
    reader = outer;
  }
}
