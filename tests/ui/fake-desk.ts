/**
 * A hub of a few lines for the admin: it serves the built files under the hub's policy, signs anna in, and lets calls
 * ring, be answered and end as a test wants. What rings is told to every desk; the first answer wins.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Account } from '../../admin/store/api';
import type { CallRecord } from '../../admin/store/api-calls';
import type {
  CallReason,
  ChatView,
  Colleague,
  DeskCall,
  Event,
  FromConsultant,
  ToConsultant,
} from '../../widget/kit/wire';
import { ANNA, BEN, CALL, CHAT, serveFile, VERA } from './fake-desk-parts';

/** A frame and the name of the tab that sent it. */
export interface Heard {
  sid: string;
  frame: FromConsultant;
}

export class DeskHub {
  readonly #server: Server;
  readonly #tabs = new Map<string, WebSocket>();
  #names = 0;
  #ver = 1;
  readonly heard: Heard[] = [];
  readonly calls = new Map<string, DeskCall>();
  readonly chats: ChatView[] = [];
  /** The list of calls over HTTP, newest first. */
  records: CallRecord[] = [];
  /** Calls on one page of that list. */
  pageSize = 50;
  /** The events of a chat that is read over HTTP. */
  read: Event[] = [];
  /** What desks asked for over HTTP. */
  readonly asked: string[] = [];
  language: 'en' | 'pl' = 'en';
  takesCalls = true;
  team: Colleague[] = [
    { id: ANNA, name: 'Anna', status: 'available' },
    { id: BEN, name: 'Ben', status: 'available' },
    { id: '000000000PETE', name: 'Pete', status: 'away' },
  ];
  /** Answers nothing about calls any more: the test does. */
  isSilent = false;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<DeskHub> {
    const server = createServer();
    const hub = new DeskHub(server);
    const sockets = new WebSocketServer({ server, handleProtocols: () => 'c2c.v1' });
    sockets.on('connection', (socket) => hub.#greet(socket));
    server.on('request', (request, response) => hub.#serve(request, response));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return hub;
  }

  async stop(): Promise<void> {
    for (const socket of this.#tabs.values()) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  get address(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/admin/`;
  }

  /** Tells every tab, or one. */
  tell(frame: ToConsultant, sid?: string): void {
    for (const [name, socket] of this.#tabs) {
      if (sid === undefined || name === sid) socket.send(JSON.stringify(frame));
    }
  }

  /** Cuts every line, as a lost network does. */
  cut(): void {
    for (const socket of this.#tabs.values()) socket.close(4000);
  }

  /** A visitor rings. */
  ring(more: Partial<DeskCall> = {}): DeskCall {
    const caller = {
      visitor: VERA,
      name: 'Vera Visitor',
      package: 'Shop',
      page: 'https://www.shop.example/rye/',
      system: 'Android 16',
      browser: 'Chrome 145',
    };
    return this.change({ id: CALL, state: 'ringing', since: Date.now(), peer_muted: false, caller, ...more });
  }

  /** Takes over a new view of a call and tells it. */
  change(call: DeskCall): DeskCall {
    this.calls.set(call.id, call);
    this.tell({ t: 'call', ...call });
    return call;
  }

  /** Changes some of a call. */
  update(id: string, more: Partial<DeskCall>): void {
    const call = this.calls.get(id);
    if (call !== undefined) this.change({ ...call, ...more });
  }

  /** The call is over, or rings elsewhere. */
  end(id = CALL, reason?: CallReason): void {
    const call = this.calls.get(id);
    if (call === undefined) return;
    this.calls.delete(id);
    this.tell({ t: 'call', ...call, state: 'ended', ...(reason === undefined ? {} : { reason }) });
    this.#delta({ what: 'calls' });
  }

  /** The status of anna as everybody sees it. */
  see(status: Colleague['status']): void {
    this.team = this.team.map((one) => (one.id === ANNA ? { ...one, status } : one));
    this.#delta({ what: 'team', colleague: { id: ANNA, name: 'Anna', status } });
  }

  event(event: Event): void {
    this.tell({ t: 'ev', ...event });
  }

  /** Everything a call was asked, in short: `accept`, `ready`, `mute on`. */
  said(): string[] {
    return this.heard.flatMap(({ frame }) => {
      switch (frame.t) {
        case 'call':
          return [frame.do === 'mute' ? `mute ${frame.on ? 'on' : 'off'}` : frame.do];
        case 'call.accept':
        case 'call.decline':
          return [frame.t.slice('call.'.length)];
        case 'call.transfer':
          return [`transfer ${frame.to ?? 'back'}`];
        case 'ask_call':
          return [frame.t];
        default:
          return [];
      }
    });
  }

  #delta(change: Extract<ToConsultant, { t: 'delta' }>['change']): void {
    this.#ver += 1;
    this.tell({ t: 'delta', ver: this.#ver, change });
  }

  #greet(socket: WebSocket): void {
    this.#names += 1;
    const sid = `tab${this.#names}`;
    socket.on('close', () => this.#tabs.delete(sid));
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as FromConsultant;
      this.heard.push({ sid, frame });
      if (frame.t === 'hello') {
        this.#tabs.set(sid, socket);
        this.tell(this.#welcome(sid), sid);
      } else if (!this.isSilent) this.#answer(sid, frame);
    });
  }

  #welcome(sid: string): ToConsultant {
    const status = this.team.find((one) => one.id === ANNA)?.status ?? 'available';
    return {
      t: 'welcome',
      sid,
      epoch: 'one',
      now: Date.now(),
      limits: { body_chars: 4000, messages_per_second: 10, burst: 20, unacked: 32 },
      me: { id: ANNA, name: 'Anna', status },
      lists: { ver: this.#ver, waiting: [], team: this.team },
      chats: this.chats,
      calls: [...this.calls.values()],
    };
  }

  #answer(sid: string, frame: FromConsultant): void {
    switch (frame.t) {
      case 'call.accept':
        if (this.calls.get(frame.call)?.state === 'ringing') this.update(frame.call, { state: 'connecting' });
        else this.tell({ t: 'err', code: 'unknown_call', call: frame.call }, sid);
        return;
      case 'call.decline':
        this.end(frame.call, 'declined');
        return;
      case 'call.transfer': {
        const to = this.team.find((one) => one.id === frame.to);
        const { transfer_to: _, ...call } = this.calls.get(frame.call) ?? this.ring();
        this.change(to === undefined ? call : { ...call, transfer_to: { id: to.id, name: to.name } });
        return;
      }
      case 'call':
        this.#request(sid, frame);
        return;
      case 'ask_call': {
        const from = { by: 'consultant', account: ANNA } as const;
        const seq = (this.chats[0]?.seq ?? 0) + 1;
        const consultant = { id: ANNA, name: 'Anna' };
        this.event({ chat: frame.chat, seq, at: Date.now(), from, k: 'invited', consultant });
      }
    }
  }

  #request(sid: string, frame: Extract<FromConsultant, { t: 'call' }>): void {
    switch (frame.do) {
      case 'ready': {
        const since = this.calls.get(frame.call)?.talking_since ?? Date.now();
        const { lost: _, ...call } = this.calls.get(frame.call) ?? this.ring();
        this.change({ ...call, state: 'active', tab: sid, talking_since: since });
        return;
      }
      case 'hangup':
        this.end(frame.call, 'consultant_hangup');
        return;
      case 'no_microphone':
        this.end(frame.call, 'mic_denied');
        return;
      case 'leaving':
        this.update(frame.call, { state: 'reconnecting', lost: 'consultant' });
    }
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://hub');
    if (!url.pathname.startsWith('/v1/')) {
      serveFile(url.pathname, response);
      return;
    }
    this.asked.push(`${request.method} ${url.pathname}${url.search}`);
    const body = this.#rest(url);
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { code: 'not_found' }));
  }

  #rest({ pathname, searchParams }: URL): object | undefined {
    switch (pathname) {
      case '/v1/me':
        return this.#account();
      case '/v1/ticket':
        return { ticket: 'ticket' };
      case '/v1/orders':
        return { orders: [], more: false, new: 0 };
      case '/v1/messages':
        return { messages: [], more: false, new: 0 };
      case '/v1/calls':
        return this.#list(searchParams);
      case `/v1/chats/${CHAT}/events`:
        return { events: this.read, faces: [{ id: ANNA, name: 'Anna' }], more: false };
      case '/v1/accounts':
        return { accounts: [] };
      default:
        return undefined;
    }
  }

  #account(): Account {
    return {
      account: ANNA,
      email: 'anna@bakery.example',
      given_name: 'Anna',
      family_name: 'Baker',
      role: 'consultant',
      takes_calls: this.takesCalls,
      sends_transcripts: false,
      has_second_factor: false,
      language: this.language,
      business: { id: '00000000BAKER', name: 'Bakery' },
    };
  }

  #list(query: URLSearchParams): object {
    const wanted = query.has('missed') ? this.records.filter((call) => call.is_missed) : this.records;
    const after = wanted.findIndex((call) => call.id === query.get('before'));
    const calls = wanted.slice(after + 1, after + 1 + this.pageSize);
    const isLast = after + 1 + this.pageSize >= wanted.length;
    return { calls, ...(isLast ? {} : { next: calls.at(-1)?.id }) };
  }
}
