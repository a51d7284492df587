/**
 * What the button on the page and the chat window in the frame tell each other.
 * Nothing secret passes: the page's own scripts could listen.
 */

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
  /** Who the visitor is, as the page says: JSON, because what a page hands over may not be fit to be sent. */
  readonly identity?: string | undefined;
}

/** From the frame to the page; every notice is also an event of the script interface, most of them untold. */
export type FrameNotice =
  | { readonly c2c: 'ready' | 'minimized' | 'closed' }
  | { readonly c2c: 'unread'; readonly count: number }
  | { readonly c2c: 'message'; readonly count: number; readonly peek: string }
  | { readonly c2c: 'chat'; readonly state: 'started' | 'closed' }
  /** The package has other settings: what `GET /w/KEY.json` says of its button. */
  | { readonly c2c: 'settings'; readonly config: unknown };
