/**
 * The visitor's side of a chat: takes the hub's frames, sends the visitor's, keeps what must survive a reload.
 * Components read its `view` and call its methods; nothing else touches the socket or the storage.
 */
import { effect } from '@preact/signals-core';
import { Chats } from '../kit/chats';
import { Outbox } from '../kit/outbox';
import type { Shelf } from '../kit/shelf';
import { HubSocket } from '../kit/socket';
import type { Ack, ChatId, Cid, Event, FromVisitor, Refusal, ToVisitor } from '../kit/wire';
import { browser, type Cancel, type World } from '../kit/world';
import { Attention } from './attention';
import { Earlier } from './earlier';
import { helloOf } from './hello';
import type { Host } from './host';
import { Typing } from './typing';
import { View } from './view';

/** A line that overtook another one waits this long for it before everything is asked for again. */
const HOLE_MS = 1_000;
/** The end of writing may get lost on its way. */
const WRITING_MS = 12_000;

export class Conversation {
  readonly #shelf: Shelf;
  readonly #world: World;
  readonly #socket: HubSocket<FromVisitor, ToVisitor>;
  readonly #outbox: Outbox;
  readonly #chats = new Chats();
  readonly #typing: Typing;
  readonly #earlier: Earlier;
  readonly attention: Attention;
  #cancelWriting: Cancel = () => {};

  /** What the screens show. */
  readonly view: View;

  constructor(key: string, shelf: Shelf, host: Host, world: World = browser) {
    this.#shelf = shelf;
    this.#world = world;
    this.attention = new Attention(host);
    this.#earlier = new Earlier(key);
    this.#socket = new HubSocket<FromVisitor, ToVisitor>({
      address: '/v1/ws/visitor',
      hello: () => helloOf(key, host.page, shelf.get('tok'), this.#chats.resume),
      frame: (frame) => this.#take(frame),
      renew: () => this.#becomeNew(),
      world,
    });
    this.#outbox = new Outbox({
      shelf,
      world,
      send: (frame) => this.#socket.send({ ...frame }),
      overdue: () => this.#socket.resume(),
    });
    this.view = new View(this.#chats, this.#outbox);
    this.#typing = new Typing(world, (draft) => this.#sendTyping(draft));
    this.#remember();
    shelf.watch((name) => this.#changedElsewhere(name));
    effect(() => this.#tellSeen());
    effect(() => this.attention.tellHost(this.view.chat));
  }

  /** How the line to the hub stands. */
  get socket(): Pick<HubSocket<FromVisitor, ToVisitor>, 'line' | 'stopCode'> {
    return this.#socket;
  }

  /** Connects; called when the visitor opens the window or has a chat to go on with. */
  start(): void {
    this.#socket.start();
  }

  /** True when an earlier page left a chat or something to send. */
  get hasBefore(): boolean {
    return this.view.chatId.value !== undefined || this.#outbox.entries.value.length > 0;
  }

  write(draft: string): void {
    this.#shelf.keep();
    this.view.draft.value = draft;
    this.#shelf.set('draft', draft === '' ? undefined : draft);
    this.#typing.write(draft);
  }

  /** Sends what was written. */
  say(): void {
    const body = this.view.draft.value.trim();
    if (body === '' || Array.from(body).length > this.view.bodyChars.value) return;
    this.write('');
    this.view.hasEmoji.value = false;
    this.#outbox.add(body, this.view.chatId.value);
  }

  /** Tries a refused message again; in a chat that takes nothing more it begins a new one. */
  retry(cid: Cid): void {
    const { isOver, chatId } = this.view;
    this.#outbox.retry(cid, isOver ? undefined : chatId.value);
    if (isOver) this.startAnew();
  }

  discard(cid: Cid): void {
    this.#outbox.discard(cid);
  }

  /** Closes the chat for good; a lost line does not keep it open. */
  close(): void {
    const id = this.view.chatId.value;
    if (id !== undefined && this.view.isRunning) {
      this.#shelf.set('closing', id);
      this.#sendClosing();
    }
    this.#outbox.clear(id);
    this.startAnew();
  }

  /** Leaves a finished chat, with what it refused. */
  startAnew(): void {
    const id = this.view.chatId.value;
    this.#show(undefined);
    if (id === undefined) return;
    this.#outbox.clear(id);
    this.#chats.drop(id);
  }

  /** Loads a page of lines before the first one here. */
  async loadEarlier(): Promise<void> {
    const chat = this.view.chat;
    const token = this.#shelf.get('tok');
    if (chat === undefined || token === undefined || !this.view.hasEarlier) return;
    const isThere = await this.#earlier.load(chat, token);
    this.view.isEarlierLost.value = !isThere;
  }

  #remember(): void {
    const chat = this.#shelf.get('chat');
    const epoch = this.#shelf.get('epoch');
    this.view.draft.value = this.#shelf.get('draft') ?? '';
    if (chat === undefined || epoch === undefined) return;
    this.#chats.expect(epoch, chat);
    this.view.chatId.value = chat;
  }

  /** The hub does not know the token: what was not kept goes into a new chat. */
  #becomeNew(): void {
    this.#shelf.set('tok', undefined);
    this.#outbox.unbind();
    this.startAnew();
  }

  #show(id: ChatId | undefined): void {
    this.view.show(id);
    this.#shelf.set('chat', id);
    this.#shelf.set('epoch', id === undefined ? undefined : this.#chats.epoch);
  }

  #take(frame: ToVisitor): void {
    switch (frame.t) {
      case 'welcome':
        this.#welcome(frame);
        return;
      case 'ack':
        this.#acked(frame);
        return;
      case 'ev':
        this.#told(frame);
        return;
      case 'typing':
        if (frame.chat === this.view.chatId.value) this.#writing(frame.writing);
        return;
      case 'seen':
        this.#chats.get(frame.chat)?.mark('consultant', frame.seq);
        return;
      case 'presence':
        this.view.isOpen.value = frame.open;
        this.view.team.value = frame.team;
        return;
      case 'waiting':
        this.view.wait.value = frame;
        return;
      case 'err':
        this.#refused(frame);
        return;
      case 'goaway':
      case 'ping':
        return;
      default:
        frame satisfies never;
    }
  }

  #welcome(frame: ToVisitor & { t: 'welcome' }): void {
    this.#shelf.set('tok', frame.tok);
    this.view.bodyChars.value = frame.limits.body_chars;
    this.view.isOpen.value = frame.open;
    this.view.team.value = frame.team;
    this.#chats.welcome(frame.epoch, frame.chats);
    for (const event of frame.chats.flatMap((chat) => chat.events)) this.#settle(event);
    this.view.isWelcomed.value = true;
    this.#writing(false);
    const closing = this.#sendClosing();
    const known = this.#chats.get(this.view.chatId.value);
    const running = frame.chats.findLast((chat) => chat.state !== 'closed' && chat.id !== closing);
    this.#show((known ?? running)?.id);
    const here = frame.chats.find((chat) => chat.id === this.view.chatId.value);
    if (here?.place !== undefined) this.view.wait.value = { chat: here.id, place: here.place };
    this.#outbox.welcomed();
    this.#typing.repeat();
  }

  /** Says again that a chat is to be closed, until the hub has it so. */
  #sendClosing(): ChatId | undefined {
    const chat = this.#shelf.get('closing');
    if (chat !== undefined) this.#socket.send({ t: 'close', chat });
    return chat;
  }

  #acked(ack: Ack): void {
    const entry = this.#outbox.acked(ack);
    if (entry === undefined) return;
    const { chat, seq, at, cid } = ack;
    if (this.#chats.get(chat) === undefined) this.#chats.open(chat);
    if (this.view.chatId.value === undefined) this.#show(chat);
    this.#told({ chat, seq, at, cid, k: 'said', from: { by: 'visitor' }, body: entry.body });
  }

  #told(event: Event): void {
    if (event.seq === 1 && this.#chats.get(event.chat) === undefined) this.#chats.open(event.chat);
    const outcome = this.#chats.take(event);
    this.#settle(event);
    if (event.k === 'closed' && event.chat === this.#shelf.get('closing')) this.#shelf.set('closing', undefined);
    if (outcome === 'gap') this.#world.after(HOLE_MS, () => this.#fillHole(event.chat));
    if (outcome === 'unknown_chat' && event.k !== 'closed') this.#socket.resume();
    if (outcome !== 'added') return;
    if (this.view.chatId.value === undefined && event.seq === 1) this.#show(event.chat);
    if (event.chat === this.view.chatId.value && event.from.by !== 'visitor') this.#hear(event);
  }

  #fillHole(chat: ChatId): void {
    if (this.#chats.get(chat)?.hasHole === true) this.#socket.resume();
  }

  #hear(event: Event): void {
    this.#writing(false);
    if (event.k !== 'said' && event.k !== 'joined') return;
    if (event.k === 'said' && event.from.by === 'consultant') {
      const face = this.#chats.get(event.chat)?.faces.value.get(event.from.account);
      this.view.heard.value = `${face?.name ?? ''}: ${event.body}`;
    }
    this.attention.call();
  }

  #settle(event: Event): void {
    if (event.k === 'said' && event.from.by === 'visitor') this.#outbox.settled(event.cid);
  }

  #writing(isWriting: boolean): void {
    this.#cancelWriting();
    this.view.isConsultantWriting.value = isWriting;
    if (isWriting) {
      this.#cancelWriting = this.#world.after(WRITING_MS, () => {
        this.view.isConsultantWriting.value = false;
      });
    }
  }

  #refused(refusal: Refusal): void {
    this.#outbox.refused(refusal);
    const gone = refusal.code === 'unknown_chat' || refusal.code === 'chat_closed';
    if (gone && refusal.chat === this.#shelf.get('closing')) this.#shelf.set('closing', undefined);
    const here = refusal.chat === undefined || refusal.chat === this.view.chatId.value;
    if (refusal.code === 'chat_unavailable' && here) this.view.isUnavailable.value = true;
  }

  #sendTyping(draft: string): void {
    const chat = this.view.chatId.value;
    if (chat === undefined) return;
    this.#socket.send(draft === '' ? { t: 'typing', chat } : { t: 'typing', chat, draft });
  }

  /** Lines count as seen only while the window is open and its page in front. */
  #tellSeen(): void {
    const chat = this.view.chat;
    if (chat === undefined || this.#socket.line.value !== 'online') return;
    const seq = this.attention.newlySeen(chat);
    if (seq !== undefined && this.#socket.send({ t: 'seen', chat: chat.id, seq })) chat.mark('visitor', seq);
  }

  #changedElsewhere(name: string): void {
    this.#outbox.changed(name);
    const text = this.#shelf.get(name);
    if (name === 'draft' && !document.hasFocus()) this.view.draft.value = text ?? '';
    if (name === 'tok' && text !== undefined && this.view.chatId.value === undefined) this.#socket.resume();
    if (name === 'chat' && text !== this.view.chatId.value) {
      if (text !== undefined && this.#chats.get(text) === undefined) this.#chats.open(text);
      this.#show(text);
      if (text !== undefined) this.#socket.resume();
    }
  }
}
