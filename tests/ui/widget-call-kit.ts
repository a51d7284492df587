/** Calls as the chat window sees them: a chat where one may also call, codes for the call page, and facts of calls. */
import type { Page } from '@playwright/test';
import type { FromVisitor, VisitorCall } from '../../widget/kit/wire';
import { ANNA, type FakeHub } from './fake-hub';
import { answered } from './states';
import type { Window } from './window';

export const RINGING: VisitorCall = { id: 'call1', state: 'ringing', consultant: ANNA, peer_muted: false };

/** A chat with Anna in a package with chat and voice; the hub hands out codes. */
export async function talking(window: Window, fake: FakeHub): Promise<void> {
  fake.settings = { mode: 'both' };
  handOut(fake);
  await answered(window, fake);
}

/** Answers each handover with another code. */
export function handOut(fake: FakeHub): void {
  let codes = 0;
  fake.answer = (frame, say) => {
    if (frame.t !== 'handover') return false;
    codes += 1;
    say({ t: 'handover', code: `code${codes}` });
    return true;
  };
}

/** What was asked of the hub for the call page. */
export function handovers(fake: FakeHub): FromVisitor[] {
  return fake.heard.filter((frame) => frame.t === 'handover');
}

/** The window that opens, and the part of its address after the hub. */
export async function opened(page: Page, act: () => Promise<unknown>): Promise<string> {
  const [other] = await Promise.all([page.context().waitForEvent('page'), act()]);
  await other.waitForURL(/\/p\/demo/);
  const { pathname, hash } = new URL(other.url());
  if ((await other.evaluate(() => opener)) !== null) throw new Error('the call page can reach this one');
  await other.close();
  return pathname + hash;
}
