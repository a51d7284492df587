/**
 * A hub of a few lines for what a real one does rarely: refusals, estimates, chats that take nothing more.
 * It serves the built files as the hub does and leaves every answer to the test.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type {
  Event,
  Face,
  Fact,
  FromVisitor,
  HoursNow,
  TeamMember,
  ToVisitor,
  VisitorCall,
  VisitorChat,
} from '../../widget/kit/wire';
import english from '../../widget/locales/en.json' with { type: 'json' };
import polish from '../../widget/locales/pl.json' with { type: 'json' };
import { type Baked, bake } from './fake-button';

export const ANNA: Face = { id: 'anna', name: 'Anna' };
export const TEAM: TeamMember[] = [
  { ...ANNA, status: 'available' },
  { id: 'ben', name: 'Ben', status: 'busy' },
  { id: 'olga', name: 'Olga', status: 'away' },
];
const CHAT = 'chat1';

interface Served {
  readonly body?: string;
  readonly type: string;
  readonly status?: number;
  readonly headers?: Record<string, string>;
}

export class FakeHub {
  readonly #server: Server;
  readonly #sockets = new Set<WebSocket>();
  /** Everything browsers said. */
  readonly heard: FromVisitor[] = [];
  readonly events: Event[] = [];
  /** Answers a frame in place of the usual answer; false leaves it to the usual one. */
  answer: (frame: FromVisitor, say: (frame: ToVisitor) => void) => boolean = () => false;
  open = true;
  hours: HoursNow = { is_open: true };
  team = TEAM;
  /** The visitor's call, when one goes on. */
  call: VisitorCall | undefined;
  place: number | undefined = 2;
  estimateSeconds: number | undefined = 180;
  language: 'en' | 'pl' = 'en';
  /** Of the button, as the hub bakes them. */
  button: Partial<Baked> = {};
  /** Of the chat window. */
  settings: Record<string, unknown> = {};
  /** The messages visitors left. */
  readonly letters: Record<string, unknown>[] = [];
  /** Refuses a message that is left. */
  refuse: { status: number; code: string; pointer?: string } | undefined;
  /** What stands around the snippet. */
  page = (snippet: string) =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Bakery</title></head><body><main><h1>Bakery</h1><p>Bread.</p></main>${snippet}</body></html>`;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<FakeHub> {
    const server = createServer();
    const hub = new FakeHub(server);
    const sockets = new WebSocketServer({ server, handleProtocols: () => 'c2c.v1' });
    sockets.on('connection', (socket) => hub.#greet(socket));
    server.on('request', async (request, response) => {
      const { body, type, status, headers } =
        request.url === '/v1/visitor/messages' ? await hub.#keep(request) : hub.#serve(request.url ?? '/');
      response.writeHead(status ?? (body === undefined ? 404 : 200), { 'content-type': type, ...headers });
      response.end(body);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return hub;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  get origin(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Sends to every browser. */
  tell(frame: ToVisitor): void {
    for (const socket of this.#sockets) socket.send(JSON.stringify(frame));
  }

  /** Cuts every socket, as a lost network does. */
  cut(code = 4000): void {
    for (const socket of this.#sockets) socket.close(code);
  }

  join(face: Face = ANNA): void {
    this.#add({ k: 'joined', consultant: face, from: { by: 'consultant', account: face.id } });
  }

  say(body: string, face: Face = ANNA): void {
    this.#add({ k: 'said', cid: `c${this.events.length}`, body, from: { by: 'consultant', account: face.id } });
  }

  /** The consultant is gone; the visitor waits again. */
  giveBack(): void {
    this.#add({ k: 'returned', from: { by: 'hub' } });
  }

  close(): void {
    this.#add({ k: 'closed', from: { by: 'consultant', account: ANNA.id } });
  }

  /** The consultant asks for a call. */
  invite(face: Face = ANNA): void {
    this.#add({ k: 'invited', consultant: face, from: { by: 'consultant', account: face.id } });
  }

  /** The hub itself keeps a fact. */
  happen(fact: Fact): void {
    this.#add({ ...fact, from: { by: 'hub' } });
  }

  #add(fact: Omit<Extract<Event, { k: 'said' }>, 'chat' | 'seq' | 'at'> | object): Event {
    const event = { chat: CHAT, seq: this.events.length + 1, at: Date.now(), ...fact } as Event;
    this.events.push(event);
    if (event.from.by !== 'visitor') this.tell({ t: 'ev', ...event });
    return event;
  }

  #greet(socket: WebSocket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as FromVisitor;
      this.heard.push(frame);
      const say = (answer: ToVisitor) => socket.send(JSON.stringify(answer));
      if (!this.answer(frame, say)) this.#usual(frame, say);
    });
  }

  #usual(frame: FromVisitor, say: (frame: ToVisitor) => void): void {
    switch (frame.t) {
      case 'hello':
        say({
          t: 'welcome',
          sid: '1',
          tok: 'token',
          epoch: 'one',
          now: Date.now(),
          limits: { body_chars: 4000, messages_per_second: 10, burst: 20, unacked: 32 },
          open: this.open,
          hours: this.hours,
          team: this.team,
          chats: this.#chats(frame.resume?.chats[CHAT]),
          ...(this.call && { call: this.call }),
        });
        return;
      case 'open':
      case 'say': {
        const kept = this.events.find((event) => event.k === 'said' && event.cid === frame.cid);
        const event = kept ?? this.#add({ k: 'said', cid: frame.cid, body: frame.body, from: { by: 'visitor' } });
        say({ t: 'ack', cid: frame.cid, chat: CHAT, seq: event.seq, at: event.at });
        if (frame.t === 'open' && this.place !== undefined) {
          const estimate = this.estimateSeconds === undefined ? {} : { estimate_seconds: this.estimateSeconds };
          say({ t: 'waiting', chat: CHAT, place: this.place, ...estimate });
        }
        return;
      }
      case 'close':
        this.tell({ t: 'ev', ...this.#add({ k: 'closed', from: { by: 'visitor' } }) });
    }
  }

  #chats(last = 0): VisitorChat[] {
    if (this.events.length === 0) return [];
    const isClosed = this.events.some((event) => event.k === 'closed');
    const joined = this.events.find((event) => event.k === 'joined');
    return [
      {
        id: CHAT,
        seq: this.events.length,
        state: isClosed ? 'closed' : joined === undefined ? 'waiting' : 'open',
        faces: joined?.k === 'joined' ? [joined.consultant] : [],
        seen: { visitor: 0, consultant: 0 },
        events: this.events.slice(last),
        reset: false,
      },
    ];
  }

  async #keep(request: IncomingMessage): Promise<Served> {
    let text = '';
    for await (const part of request) text += part;
    if (this.refuse !== undefined) {
      return { type: 'application/problem+json', status: this.refuse.status, body: JSON.stringify(this.refuse) };
    }
    this.letters.push(JSON.parse(text));
    return { type: 'application/json', status: 201, body: '{"id":"1"}' };
  }

  #serve(address: string): Served {
    const path = address.split('?')[0] ?? '';
    const button = JSON.stringify(bake(this.origin, this.language, this.button));
    if (path === '/w/demo.js') {
      return { type: 'text/javascript', body: built('loader.js').replace('__CONFIG__', () => button) };
    }
    if (path === '/w/demo.json') return { type: 'application/json', body: button };
    if (path.startsWith('/p/demo')) return { type: 'text/html', body: '<title>Call page</title>' };
    if (path === '/w/demo/chat') {
      const config = JSON.stringify({
        key: 'demo',
        company: 'Bakery',
        lang: this.language,
        a: '#1763e0',
        b: '#1b49c4',
        mode: 'chat',
        zone: 'Europe/Warsaw',
        form: { fields: [], consent: '' },
        message: { is_offered: false, text: '' },
        outside: 'hide',
        call_page: '/p/demo',
        texts: { en: english, pl: polish }[this.language].chat,
        ...this.settings,
      }).replaceAll('<', '\\u003c');
      const body = built('chat.html').replace('__CONFIG__', () => config);
      return { type: 'text/html; charset=utf-8', body, headers: { 'content-security-policy': policy(body) } };
    }
    if (!path.includes('.') && !path.startsWith('/w/')) {
      return {
        type: 'text/html; charset=utf-8',
        body: this.page(`<script async src="${this.origin}/w/demo.js"></script>`),
      };
    }
    return { type: 'text/plain' };
  }
}

export function built(name: string): string {
  return readFileSync(new URL(`../../widget/dist/${name}`, import.meta.url), 'utf8');
}

/** The chat document's policy: only what is inside it, named by hash. */
export function policy(page: string): string {
  const hash = (part: RegExp) =>
    `'sha256-${createHash('sha256')
      .update(page.match(part)?.[1] ?? '')
      .digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src ${hash(/<script type="module">([\s\S]*?)<\/script>/)}`,
    `style-src ${hash(/<style>([\s\S]*?)<\/style>/)}`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
