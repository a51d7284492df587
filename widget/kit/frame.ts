/**
 * What the button on the page and the chat window in the frame tell each other.
 * Nothing secret passes: the page's own scripts could listen.
 */

import type { AccountId } from './wire';

/** The page the visitor is on. */
export interface HostPage {
  readonly url: string;
  readonly title: string;
  readonly referrer: string;
}

/** From the page to the frame. */
export interface HostNotice extends HostPage {
  readonly c2c: 'shown' | 'hidden';
  /** False when the window stands open because it did on the page before: the focus stays where it is. */
  readonly byVisitor: boolean;
  /** The page asks for a call while there is a chat: the window offers it, because only there it is the same visitor's. */
  readonly wantsCall?: boolean | undefined;
  /** Who the visitor is, as the page says: JSON, because what a page hands over may not be fit to be sent. */
  readonly identity?: string | undefined;
}

/** From the frame to the page; every notice is also an event of the script interface, most of them untold. */
export type FrameNotice =
  | { readonly c2c: 'ready' | 'minimized' | 'closed' }
  /** `calls`: there is a chat, and a call beside it begins in the window. */
  | { readonly c2c: 'unread'; readonly count: number; readonly calls: boolean }
  | { readonly c2c: 'message'; readonly count: number; readonly peek: string }
  /** On the call page: the visitor takes up an invitation. */
  | { readonly c2c: 'call'; readonly consultant: AccountId }
  | { readonly c2c: 'chat'; readonly state: 'started' | 'closed' }
  /** The package has other settings: what `GET /w/KEY.json` says of its button. */
  | { readonly c2c: 'settings'; readonly config: unknown };
