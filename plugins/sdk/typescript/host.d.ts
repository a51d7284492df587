/** What the hub offers; `plugin.ts` is the only file that imports it. */
declare module 'click2callme:plugin/host@1.0.0' {
  import type { Level } from './types';
  export function log(level: Level, message: string): void;
  export function get(key: string): string | null;
}
