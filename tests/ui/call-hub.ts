/**
 * A hub of a few lines for the call page: it serves the built document under the hub's policy, tells who is there, and
 * takes orders, each as a test wants it.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base } from '@playwright/test';
import { type WebSocket, WebSocketServer } from 'ws';
import type {
  AccountId,
  CallRequest,
  Code,
  FromVisitor,
  Hours,
  HoursNow,
  Moment,
  TeamMember,
  ToVisitor,
  VisitorCall,
  VisitorChat,
} from '../../widget/kit/wire';
import english from '../../widget/locales/en.json' with { type: 'json' };
import polish from '../../widget/locales/pl.json' with { type: 'json' };
import { built, policy } from './fake-hub';

const DAY = { open: 'hours', intervals: [{ from: '08:00', to: '18:00' }] } as const;
export const WEEK: Hours = {
  week: {
    mon: { ...DAY, intervals: [...DAY.intervals] },
    tue: { ...DAY, intervals: [...DAY.intervals] },
    wed: {
      open: 'hours',
      intervals: [
        { from: '08:00', to: '12:00' },
        { from: '13:00', to: '18:00' },
      ],
    },
    thu: { ...DAY, intervals: [...DAY.intervals] },
    fri: { ...DAY, intervals: [...DAY.intervals] },
    sat: { open: 'closed' },
    sun: { open: 'closed' },
  },
  exceptions: [],
};
export const TEAM: TeamMember[] = [
  { id: 'anna', name: 'Anna', status: 'available' },
  { id: 'ben', name: 'Ben', status: 'available' },
  { id: 'olga', name: 'Olga', status: 'busy' },
  { id: 'piotr', name: 'Piotr', status: 'away' },
];
/** Wednesday, 10 March 2027, 09:15 in Warsaw. */
export const NOW = Date.UTC(2027, 2, 10, 8, 15);

/** An answer to an order: its status and body, or nothing at all, as when the line is cut. */
export type Answer = { readonly status: number; readonly body: object } | 'cut';

export class CallHub {
  readonly #server: Server;
  readonly #sockets = new Set<WebSocket>();
  /** What browsers said and ordered. */
  readonly heard: FromVisitor[] = [];
  readonly orders: Record<string, unknown>[] = [];
  readonly asked: string[] = [];
  now: Moment = NOW;
  team = TEAM;
  open = true;
  hours: HoursNow = { is_open: true, until: Date.UTC(2027, 2, 10, 17, 0) };
  /** Says nothing after hello, as a hub that hangs. */
  isMute = false;
  language: 'en' | 'pl' = 'en';
  settings: Record<string, unknown> = {};
  /** The visitor's call that is not over. */
  call: VisitorCall | undefined;
  /** Refuses the next call. */
  refusal: Code | undefined;
  /** What a hello with a code leads to: whom to ring, and the chats of the visitor. */
  handover: { to?: AccountId; chats: VisitorChat[] } = { chats: [] };
  #sids = 0;
  /** The half-hours of a date. */
  halfHours: (date: string) => string[] | undefined = (date) =>
    [0, 6].includes(new Date(date).getUTCDay()) ? [] : steps(date === '2027-03-10' ? 19 : 16, 36);
  answer: (order: Record<string, unknown>) => Answer | Promise<Answer> = (order) => ({
    status: 201,
    body: { id: '1', at: Date.UTC(2027, 2, 11, 9, 30), date: order.date, time: order.time, zone: 'Europe/Warsaw' },
  });

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<CallHub> {
    const server = createServer();
    const hub = new CallHub(server);
    const sockets = new WebSocketServer({ server, handleProtocols: () => 'c2c.v1' });
    sockets.on('connection', (socket) => hub.#greet(socket));
    server.on('request', (request, response) => void hub.#serve(request, response));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return hub;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  /** The call page. */
  get address(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/p/demo`;
  }

  tell(frame: ToVisitor): void {
    for (const socket of this.#sockets) socket.send(JSON.stringify(frame));
  }

  /** Tells who is there, as it stands now. */
  present(): void {
    this.tell({ t: 'presence', open: this.open, hours: this.hours, team: this.team });
  }

  /** Cuts every socket; with `isMute` the page cannot come back. */
  cut(code = 4000): void {
    for (const socket of this.#sockets) socket.close(code);
  }

  /** Tells how the call stands now. */
  follow(changes: Partial<VisitorCall>): void {
    const call: VisitorCall = { id: 'call1', state: 'ringing', peer_muted: false, ...this.call, ...changes };
    this.call = call.state === 'ended' ? undefined : call;
    this.tell({ t: 'call', ...call });
  }

  /** What browsers asked of the call, in order. */
  get requests(): CallRequest[] {
    return this.heard.flatMap((frame) => (frame.t === 'call' ? [frame] : []));
  }

  #greet(socket: WebSocket): void {
    this.#sids += 1;
    const sid = `${this.#sids}`;
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as FromVisitor;
      this.heard.push(frame);
      if (this.isMute) return;
      if (frame.t === 'call.start') this.#start(socket, frame.cid);
      if (frame.t === 'call' && frame.do === 'ready') this.follow({ tab: sid });
      if (frame.t !== 'hello') return;
      const { chats, to } = frame.code === undefined ? { chats: [], to: undefined } : this.handover;
      const welcome: ToVisitor = {
        t: 'welcome',
        sid,
        tok: 'token',
        epoch: 'one',
        now: this.now,
        limits: { body_chars: 4000, messages_per_second: 10, burst: 20, unacked: 32 },
        open: this.open,
        hours: this.hours,
        team: this.team,
        chats,
        ...(this.call !== undefined && { call: this.call }),
        ...(to !== undefined && { call_to: to }),
      };
      socket.send(JSON.stringify(welcome));
    });
  }

  #start(socket: WebSocket, cid: string): void {
    const answer: ToVisitor =
      this.refusal === undefined ? { t: 'call.started', cid, call: 'call1' } : { t: 'err', cid, code: this.refusal };
    socket.send(JSON.stringify(answer));
    if (this.refusal === undefined) this.follow({});
  }

  get config(): Record<string, unknown> {
    return {
      key: 'demo',
      company: 'Bakery',
      web_address: '',
      lang: this.language,
      a: '#1763e0',
      b: '#1b49c4',
      zone: 'Europe/Warsaw',
      hours: WEEK,
      heading: '',
      subheading: '',
      has_chat: true,
      mode: 'chat',
      outside: 'callback',
      form: { fields: [], consent: '' },
      message: { is_offered: true, text: '' },
      texts: { en: english, pl: polish }[this.language].page,
      ...this.settings,
    };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://hub');
    this.asked.push(`${request.method} ${url.pathname}`);
    if (url.pathname === '/p/demo') return this.#document(response, 'call.html', this.config);
    if (url.pathname === '/w/demo/chat') {
      const { chat: texts } = { en: english, pl: polish }[this.language];
      return this.#document(response, 'chat.html', { ...this.config, call_page: '/p/demo', texts });
    }
    if (url.pathname === '/v1/visitor/half-hours') return this.#halfHours(url.searchParams, response);
    if (url.pathname === '/v1/visitor/orders') return this.#order(request, response);
    response.writeHead(404).end();
  }

  #document(response: ServerResponse, name: string, config: Record<string, unknown>): void {
    const body = built(name).replace('__CONFIG__', () => JSON.stringify(config).replaceAll('<', '\\u003c'));
    const extra = name === 'call.html' ? "; frame-src 'self'; frame-ancestors 'none'" : '';
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy(body) + extra };
    response.writeHead(200, headers).end(body);
  }

  #halfHours(query: URLSearchParams, response: ServerResponse): void {
    const from = Date.parse(query.get('from') ?? '');
    const days = Array.from({ length: Number(query.get('days')) }, (_, day) => {
      const date = new Date(from + day * 86_400_000).toISOString().slice(0, 10);
      return { date, half_hours: this.halfHours(date) };
    });
    if (days.some(({ half_hours }) => half_hours === undefined)) response.writeHead(503).end('{}');
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ zone: '', days }));
  }

  async #order(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const part of request) text += part;
    const order = JSON.parse(text) as Record<string, unknown>;
    this.orders.push(order);
    const answer = await this.answer(order);
    if (answer === 'cut') request.socket.destroy();
    else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  }
}

/** Times of day from one half-hour of the day to another: 16 is 08:00. */
export function steps(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, step) => {
    const minutes = (from + step) * 30;
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${minutes % 60 === 0 ? '00' : '30'}`;
  });
}

export const test = base.extend<{ hub: CallHub }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  hub: async ({}, use) => {
    const hub = await CallHub.start();
    await use(hub);
    await hub.stop();
  },
});

export { expect } from '@playwright/test';
