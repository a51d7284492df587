// A visitor without a screen: opens a chat over the visitor socket and says what a test wants said.
import { WebSocket } from 'ws';
import type { ChatId, Event, FromVisitor, IdentityClaim, Page, ToVisitor } from '../../widget/kit/wire';

const PATIENCE_MS = 10_000;

/** What a test may choose of a visitor. */
export interface Visit {
  pkg?: string;
  page?: Page;
  agent?: string;
  /** The token of an earlier visit: the same person again. */
  token?: string;
  /** Who the page says this is. */
  identity?: IdentityClaim;
}

export class Visitor {
  readonly heard: ToVisitor[] = [];
  readonly #socket: WebSocket;
  #wakes: (() => void)[] = [];
  #cid = 0;
  /** The chat opened last. */
  chat: ChatId = '';
  token = '';

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const told: ToVisitor | ToVisitor[] = JSON.parse(String(data));
      for (const frame of Array.isArray(told) ? told : [told]) this.#take(frame);
    });
  }

  static async at(origin: string, visit: Visit = {}): Promise<Visitor> {
    const {
      pkg = 'demo-en',
      page = {},
      agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    } = visit;
    const address = `${origin.replace('http', 'ws')}/v1/ws/visitor`;
    const socket = new WebSocket(address, 'c2c.v1', { headers: { origin, 'user-agent': agent } });
    const visitor = new Visitor(socket);
    await new Promise((open, failed) => socket.once('open', open).once('error', failed));
    const { token, identity } = visit;
    visitor.send({ t: 'hello', v: 1, pkg, page, ...(token ? { tok: token } : {}), ...(identity ? { identity } : {}) });
    await visitor.until((frame) => frame.t === 'welcome');
    return visitor;
  }

  send(frame: FromVisitor): void {
    this.#socket.send(JSON.stringify(frame));
  }

  /** Opens a chat; it waits from then on. */
  async open(body: string, answers: Record<string, string> = {}): Promise<void> {
    const cid = this.#next();
    this.send({ t: 'open', cid, body, answers, consented: false });
    const ack = await this.until((frame) => frame.t === 'ack' && frame.cid === cid);
    if (ack.t === 'ack') this.chat = ack.chat;
  }

  async say(body: string): Promise<void> {
    const cid = this.#next();
    this.send({ t: 'say', chat: this.chat, cid, body });
    await this.until((frame) => frame.t === 'ack' && frame.cid === cid);
  }

  /** Waits for an event of the open chat. */
  async event(kind: Event['k']): Promise<void> {
    await this.until((frame) => frame.t === 'ev' && frame.k === kind && frame.chat === this.chat);
  }

  /** Waits for a frame, also among those heard before. */
  until(isIt: (frame: ToVisitor) => boolean): Promise<ToVisitor> {
    return new Promise((resolve, reject) => {
      const last = () => JSON.stringify(this.heard.at(-1));
      const late = setTimeout(() => reject(new Error(`not heard in time; last ${last()}`)), PATIENCE_MS);
      const wake = () => {
        const found = this.heard.find(isIt);
        if (found === undefined) return;
        clearTimeout(late);
        this.#wakes = this.#wakes.filter((other) => other !== wake);
        resolve(found);
      };
      this.#wakes.push(wake);
      wake();
    });
  }

  leave(): void {
    this.#socket.close();
  }

  #next(): string {
    this.#cid += 1;
    return `visitor-${process.pid}-${Date.now()}-${this.#cid}`;
  }

  #take(frame: ToVisitor): void {
    if (frame.t === 'ping') this.send({ t: 'pong' });
    if (frame.t === 'welcome') this.token = frame.tok;
    this.heard.push(frame);
    for (const wake of [...this.#wakes]) wake();
  }
}
