/**
 * What a plugin in TypeScript or JavaScript needs around its own code: readers of settings, and hooks whose
 * mistakes reach the log. Nothing here keeps state: each call runs in a fresh copy of the plugin.
 */
import * as host from 'click2callme:plugin/host@1.0.0';
import type { Context, Level } from './types';

export { attribute, integer, isOn, localised, rows, text } from './values';

type Call = (...given: never[]) => unknown;

/** Writes a line into the plugin's log, which owners see. The hub keeps 16 KiB of one call. */
export function log(level: Level, line: string): void {
  host.log(level, line);
}

/** A value which an owner stored for this plugin, if there is one. */
export function stored(key: string): string | null {
  return host.get(key);
}

/**
 * The same functions, each of which writes what it throws to the log before the call fails. Without this the hub
 * only sees "unreachable". While one runs, `Date.now` stands still at the time of the call and `Math.random`
 * follows from its seed.
 */
export function hook<H extends object>(functions: H): H {
  const guarded = Object.entries(functions).map(([name, call]) => [name, guard(name, call as Call)]);
  return Object.fromEntries(guarded) as H;
}

function guard(name: string, call: Call): Call {
  return (...given) => {
    const context = given.find(isContext);
    if (context) freeze(context);
    try {
      return call(...given);
    } catch (mistake) {
      // What is no Error is an answer: `submit` throws the list of problems.
      if (mistake instanceof Error) host.log('error', `${name}: ${mistake.message}\n${mistake.stack ?? ''}`);
      throw mistake;
    }
  };
}

function isContext(value: unknown): value is Context {
  return typeof value === 'object' && value !== null && 'seed' in value && 'now' in value;
}

/** Without a clock and without chance outside, the same call gives the same answer. */
function freeze(context: Context): void {
  let state = context.seed;
  Math.random = () => {
    // A Weyl sequence through the finalizer of MurmurHash3, as in the Rust crate.
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
  Date.now = () => context.now * 1000;
}

const write =
  (level: Level) =>
  (...parts: unknown[]) =>
    host.log(level, parts.map(String).join(' '));

// Only what plugins use: the engine has no console at all.
globalThis.console = {
  debug: write('debug'),
  log: write('info'),
  info: write('info'),
  warn: write('warn'),
  error: write('error'),
} as Console;
