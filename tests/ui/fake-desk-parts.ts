/** The people and papers of a hub of a few lines for the admin, and the built files as the real hub serves them. */
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import type { CallRecord } from '../../admin/store/api-calls';
import type { ChatView, Event } from '../../widget/kit/wire';

/** Ids as they look on the outside. */
export const ANNA = '0000000000AAA';
export const BEN = '0000000000BBB';
export const VERA = '000000000VERA';
export const CALL = '00000000CA001';
export const OTHER_CALL = '00000000CA002';
export const CHAT = '00000000CHAT1';

const DIST = new URL('../../admin/dist/', import.meta.url);
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};
/** As the real hub sends it. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
  "media-src 'self'; connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'";

export function serveFile(path: string, response: ServerResponse): void {
  const name = path.replace('/admin/', '') || 'index.html';
  try {
    const body = readFileSync(new URL(name, DIST));
    const type = TYPES[name.split('.').at(-1) ?? ''] ?? 'text/plain';
    response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}

/** A chat with vera on this desk. */
export function chatView(events: Event[] = []): ChatView {
  const hello: Event = {
    chat: CHAT,
    seq: 1,
    at: Date.now(),
    from: { by: 'visitor' },
    k: 'said',
    cid: 'c1',
    body: 'hello',
  };
  const consultant = { id: ANNA, name: 'Anna' };
  const joined: Event = { chat: CHAT, seq: 2, at: Date.now(), from: { by: 'hub' }, k: 'joined', consultant };
  const all = [hello, joined, ...events];
  return {
    id: CHAT,
    seq: all.length,
    state: 'open',
    opened_at: Date.now(),
    faces: [consultant],
    seen: { visitor: 0, consultant: 0 },
    events: all,
    reset: false,
    visitor: {
      id: VERA,
      ip: '192.0.2.7',
      identity: { name: 'Vera Visitor', is_verified: false, attributes: [] },
      answers: [],
      package: 'Shop',
      previous_chats: 0,
    },
    here: true,
  };
}

/** A call that is over, as the list has it; `number` counts from the newest. */
export function record(number: number, more: Partial<CallRecord> = {}): CallRecord {
  const at = Date.now() - number * 60_000;
  return {
    id: `00000000RE${String(999 - number)}`,
    package: 'Shop',
    visitor: VERA,
    visitor_name: 'Vera Visitor',
    consultant: { id: ANNA, name: 'Anna' },
    asked_at: at,
    answered_at: at + 4_000,
    talking_since: at + 5_000,
    ended_at: at + 137_000,
    reason: 'visitor_hangup',
    is_missed: false,
    seconds: 132,
    rings: [{ account: ANNA, name: 'Anna', at, outcome: 'answered' }],
    ...more,
  };
}

/** A call nobody answered. */
export function missed(number: number, more: Partial<CallRecord> = {}): CallRecord {
  const { consultant: _, answered_at: __, talking_since: ___, ...rest } = record(number);
  const rings = [{ account: ANNA, name: 'Anna', at: rest.asked_at, outcome: 'missed' } as const];
  return { ...rest, reason: 'no_answer', is_missed: true, seconds: 0, rings, ...more };
}
