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
export interface HostNotice {
  readonly c2c: 'shown' | 'hidden';
  /** False when the window stands open because it did on the page before: the focus stays where it is. */
  readonly byVisitor: boolean;
  readonly page: HostPage;
}

/** From the frame to the page. */
export type FrameNotice =
  | { readonly c2c: 'ready' | 'minimized' | 'closed' }
  | { readonly c2c: 'unread'; readonly count: number; readonly peek: string };
