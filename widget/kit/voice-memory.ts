/**
 * Remembers over a reload that this tab had the voice of a call. It is written only when the page goes away, so a
 * copy of the tab does not believe it too.
 */
import type { CallId } from './wire';

const NAME = 'c2c:voice';

export interface KeptVoice {
  readonly call: CallId;
  /** Who was muted before the reload is muted after it. */
  readonly isMuted: boolean;
}

/** This page goes away with the voice of a call. */
export function keepVoice(kept: KeptVoice): void {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(kept));
  } catch {
    // Blocked storage: after the reload the person is asked to continue by a click.
  }
}

/** The voice this tab had before it was loaded again; told once. */
export function takeVoice(): KeptVoice | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(NAME) ?? 'null') as KeptVoice | null;
    sessionStorage.removeItem(NAME);
    return kept ?? undefined;
  } catch {
    return undefined;
  }
}
