/** A consultant without a screen: signs in and answers chats over the desk socket, as the admin does. */
import { WebSocket } from 'ws';
import type { ChatId, Event, FromConsultant, Status, ToConsultant } from '../../widget/kit/wire';
import { PASSWORD } from './hub';

const PATIENCE_MS = 10_000;

export class Desk {
  readonly #socket: WebSocket;
  readonly #heard: ToConsultant[] = [];
  #checks: (() => void)[] = [];
  readonly #own = new Map<string, string>();
  #cid = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const told: ToConsultant | ToConsultant[] = JSON.parse(String(data));
      for (const frame of Array.isArray(told) ? told : [told]) this.#take(frame);
    });
  }

  /** Signs `name`@bakery.example in. */
  static async of(origin: string, name: 'anna' | 'ben'): Promise<Desk> {
    const cookie = await signIn(origin, name);
    const ticket = await fetch(`${origin}/v1/ticket`, { method: 'POST', headers: headers(origin, cookie), body: '{}' });
    const told: { ticket: string } = await ticket.json();
    const address = `${origin.replace('http', 'ws')}/v1/ws/desk`;
    const socket = new WebSocket(address, 'c2c.v1', { headers: { cookie, origin } });
    const desk = new Desk(socket);
    await new Promise((open, failed) => socket.once('open', open).once('error', failed));
    desk.send({ t: 'hello', v: 1, ticket: told.ticket });
    await desk.until((frame) => frame.t === 'welcome');
    return desk;
  }

  send(frame: FromConsultant): void {
    this.#socket.send(JSON.stringify(frame));
  }

  async be(status: Status): Promise<void> {
    this.send({ t: 'status', status });
  }

  /** Claims the chat whose visitor waits with this message. */
  async claim(preview: string): Promise<ChatId> {
    const waits = await this.until((frame) => this.#waiting(frame, preview) !== undefined);
    const chat = this.#waiting(waits, preview) ?? '';
    this.send({ t: 'claim', chat });
    await this.until((frame) => frame.t === 'chat' && frame.id === chat);
    return chat;
  }

  async say(chat: ChatId, body: string): Promise<void> {
    this.#cid += 1;
    const cid = `desk-${process.pid}-${Date.now()}-${this.#cid}`;
    this.#own.set(cid, body);
    this.send({ t: 'say', chat, cid, body });
    await this.until((frame) => frame.t === 'ack' && frame.cid === cid);
  }

  /** Waits for a frame, also among those heard before. */
  until(isIt: (frame: ToConsultant) => boolean): Promise<ToConsultant> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`not heard in time; last ${this.#last()}`)), PATIENCE_MS);
      const check = () => {
        const found = this.#heard.find(isIt);
        if (found === undefined) return;
        clearTimeout(late);
        this.#checks = this.#checks.filter((other) => other !== check);
        resolve(found);
      };
      this.#checks.push(check);
      check();
    });
  }

  /** The messages of a chat, as this desk was told them or had them acknowledged. */
  said(chat: ChatId): string[] {
    const told = new Map<number, string>();
    for (const frame of this.#heard) {
      if (frame.t === 'ack' && frame.chat === chat) told.set(frame.seq, this.#own.get(frame.cid) ?? '');
      for (const event of eventsOf(frame))
        if (event.k === 'said' && event.chat === chat) told.set(event.seq, event.body);
    }
    return [...told].sort(([a], [b]) => a - b).map(([, body]) => body);
  }

  leave(): void {
    this.#socket.close();
  }

  #take(frame: ToConsultant): void {
    if (frame.t === 'ping') this.send({ t: 'pong' });
    this.#heard.push(frame);
    for (const check of [...this.#checks]) check();
  }

  #waiting(frame: ToConsultant, preview: string): ChatId | undefined {
    if (frame.t === 'delta' && frame.change.what === 'waits') {
      return frame.change.visitor.preview.startsWith(preview) ? frame.change.visitor.chat : undefined;
    }
    const lists = frame.t === 'welcome' ? frame.lists : frame.t === 'lists' ? frame : undefined;
    return lists?.waiting.find((visitor) => visitor.preview.startsWith(preview))?.chat;
  }

  #last(): string {
    return JSON.stringify(this.#heard.at(-1));
  }
}

function eventsOf(frame: ToConsultant): readonly Event[] {
  switch (frame.t) {
    case 'ev':
      return [frame];
    case 'chat':
      return frame.events;
    case 'welcome':
      return frame.chats.flatMap((chat) => chat.events);
    default:
      return [];
  }
}

function headers(origin: string, cookie = ''): Record<string, string> {
  return { origin, cookie, 'content-type': 'application/json' };
}

async function signIn(origin: string, name: string): Promise<string> {
  const body = JSON.stringify({ email: `${name}@bakery.example`, password: PASSWORD });
  const answer = await fetch(`${origin}/v1/sign-in`, { method: 'POST', headers: headers(origin), body });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Error(`${name} could not sign in: ${answer.status} ${await answer.text()}`);
  return cookie;
}
