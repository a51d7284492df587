/**
 * Types of `Click2CallMe`, the one name the button's script puts on a page.
 * What each part does is told in docs/using/button.md.
 */

/** Who the visitor is, as the business's site knows. */
export interface Click2CallMeIdentity {
  name?: string;
  email?: string;
  /** Whatever else consultants should see: at most 20, names up to 40 characters. */
  attributes?: Record<string, string>;
  /** `EXPIRES.HMAC` over `EXPIRES.EMAIL`, made by the business's server. */
  signature?: string;
}

/** What each event hands to its listeners. */
export interface Click2CallMeEvents {
  /** The chat window is loaded; a listener that comes later is called at once. */
  ready: { c2c: 'ready' };
  open: undefined;
  close: undefined;
  /** A message arrived that the visitor has not seen; `peek` is its beginning. */
  message: { c2c: 'message'; count: number; peek: string };
  chat: { c2c: 'chat'; state: 'started' | 'closed' };
}

export interface Click2CallMeApi {
  /** Opens the chat window; with a button for calls only, the call page. */
  open(): void;
  /** Minimizes the chat window; the chat goes on. */
  close(): void;
  /**
   * Opens the call page, asking for one consultant when an id is given. Call it in a click, or browsers block the window.
   * While the visitor has a chat, and no id is given, the chat window opens and offers the call with who answers there.
   */
  call(consultant?: string): void;
  /** Tells consultants who the visitor is. */
  identify(identity: Click2CallMeIdentity): void;
  /** Listens; the answer stops that. */
  on<Name extends keyof Click2CallMeEvents>(
    event: Name,
    listener: (detail: Click2CallMeEvents[Name]) => void,
  ): () => void;
}

declare global {
  interface Window {
    /** There once the script has run. */
    Click2CallMe?: Click2CallMeApi;
  }
}
