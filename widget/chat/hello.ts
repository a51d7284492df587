/** The first frame of a socket: who the visitor is, where, and what is here already. */
import type { HostPage } from '../kit/frame';
import type { ChatResume, FromVisitor, IdentityClaim } from '../kit/wire';
import { pageOf } from './page';

const VERSION = 1;

interface Here {
  readonly pkg: string;
  readonly tok: string | undefined;
  readonly identity: IdentityClaim | undefined;
  readonly resume: ChatResume | undefined;
}

/** Asks `here` last: while the browser tells of itself, the page may say that somebody else is there. */
export async function helloOf(host: HostPage, here: () => Here): Promise<FromVisitor> {
  const page = await pageOf(host);
  const { pkg, tok, identity, resume } = here();
  const hello = { t: 'hello', v: VERSION, pkg, page } as const;
  return { ...hello, ...(tok && { tok }), ...(identity && { identity }), ...(resume && { resume }) };
}
