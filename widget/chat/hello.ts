/** The first frame of a socket: who the visitor is, where, and what is here already. */
import type { HostPage } from '../kit/frame';
import type { ChatResume, FromVisitor } from '../kit/wire';
import { pageOf } from './page';

const VERSION = 1;

export async function helloOf(
  pkg: string,
  host: HostPage,
  tok: string | undefined,
  resume: ChatResume | undefined,
): Promise<FromVisitor> {
  const hello = { t: 'hello', v: VERSION, pkg, page: await pageOf(host) } as const;
  return { ...hello, ...(tok !== undefined && { tok }), ...(resume !== undefined && { resume }) };
}
