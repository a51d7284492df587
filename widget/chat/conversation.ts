/**
 * The visitor's side of a chat: what the visitor does goes to the hub, what must survive a reload is kept.
 * Components read its `view` and call its methods; nothing else touches the socket or the storage.
 */
import { effect, untracked } from '@preact/signals-core';
import { Chats } from '../kit/chats';
import { Outbox } from '../kit/outbox';
import type { Shelf } from '../kit/shelf';
import { HubSocket } from '../kit/socket';
import type { ChatId, Cid, FromVisitor, IdentityClaim, ToVisitor } from '../kit/wire';
import { browser, type World } from '../kit/world';
import { Answers } from './answers';
import { Attention } from './attention';
import { Earlier } from './earlier';
import { Hearing } from './hearing';
import { helloOf } from './hello';
import type { Host } from './host';
import { claimOf, isAnother } from './identity';
import { Letter } from './letter';
import { Typing } from './typing';
import { View } from './view';
import { Way } from './way';

export class Conversation {
  readonly #shelf: Shelf;
  readonly #socket: HubSocket<FromVisitor, ToVisitor>;
  readonly #outbox: Outbox;
  readonly #chats = new Chats();
  readonly #typing: Typing;
  readonly #earlier: Earlier;
  readonly #hearing: Hearing;
  readonly attention: Attention;
  readonly answers: Answers;
  readonly letter: Letter;

  readonly way: Way;

  /** What the screens show. */
  readonly view: View;

  constructor(key: string, shelf: Shelf, host: Host, world: World = browser) {
    this.#shelf = shelf;
    this.attention = new Attention(host);
    this.answers = new Answers(shelf);
    this.letter = new Letter(this, host);
    this.#earlier = new Earlier(key);
    this.#socket = new HubSocket<FromVisitor, ToVisitor>({
      address: '/v1/ws/visitor',
      hello: () =>
        helloOf(host.page, () => {
          const identity = claimOf(host.identity.value);
          return { pkg: key, tok: shelf.get('tok'), identity, resume: this.#chats.resume };
        }),
      frame: (frame) => this.#hearing.take(frame),
      renew: () => this.#becomeNew(),
      world,
    });
    this.#outbox = new Outbox({
      shelf,
      world,
      send: (frame) => this.#socket.send(frame.t === 'open' ? { ...frame, ...this.answers.filled } : { ...frame }),
      overdue: () => this.#socket.resume(),
    });
    this.view = new View(this.#chats, this.#outbox, host);
    this.way = new Way({ shelf, view: this.view, host, world, send: (frame) => this.#socket.send(frame) });
    this.#typing = new Typing(world, (draft) => this.#sendTyping(draft));
    this.#hearing = new Hearing({
      shelf,
      world,
      host,
      chats: this.#chats,
      outbox: this.#outbox,
      typing: this.#typing,
      view: this.view,
      attention: this.attention,
      answers: this.answers,
      letter: this.letter,
      way: this.way,
      send: (frame) => this.#socket.send(frame),
      resume: () => this.#socket.resume(),
      show: (chat) => this.#show(chat),
      write: (draft) => this.write(draft),
    });
    this.#remember();
    shelf.watch((name) => this.#changedElsewhere(name));
    effect(() => {
      const claim = claimOf(host.identity.value);
      if (claim !== undefined) untracked(() => this.#identified(claim));
    });
    effect(() => this.#tellSeen());
    effect(() => this.attention.tellHost(this.view.chat, this.view.hasCallsBeside));
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

  /** Goes on writing: answers an invitation to call. */
  notNow(): void {
    const { chatId, invitation, wantsCall } = this.view;
    wantsCall.value = false;
    if (chatId.value && invitation) this.#socket.send({ t: 'not_now', chat: chatId.value });
  }

  /** Closes the chat for good; a lost line does not keep it open. */
  close(): void {
    const id = this.view.chatId.value;
    if (id !== undefined && this.view.isRunning) {
      this.#shelf.set('closing', id);
      this.#hearing.sendClosing();
    }
    this.#outbox.clear(id);
    this.startAnew();
  }

  /** Leaves a finished chat, with what it refused. */
  startAnew(): void {
    const id = this.view.chatId.value;
    this.letter.leave();
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

  /** The page says who the visitor is. Another person than before finds nothing of the former one. */
  #identified(claim: IdentityClaim): void {
    if (!isAnother(claim, this.#shelf)) {
      this.#socket.send({ t: 'identify', ...claim });
      return;
    }
    for (const { cid } of this.#outbox.entries.value) this.#outbox.discard(cid);
    for (const name of ['tok', 'closing', 'draft']) this.#shelf.set(name, undefined);
    this.view.draft.value = '';
    this.answers.forget();
    this.startAnew();
    this.#socket.restart();
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
