/** What the hub says, taken over into the chats and onto the screen, frame by frame. */
import type { Chats } from '../kit/chats';
import type { Outbox } from '../kit/outbox';
import type { Shelf } from '../kit/shelf';
import type { Ack, ChatId, Event, FromVisitor, Refusal, ToVisitor } from '../kit/wire';
import type { World } from '../kit/world';
import type { Answers } from './answers';
import { type Attention, spoken } from './attention';
import type { Host } from './host';
import type { Letter } from './letter';
import { config } from './speech';
import type { Typing } from './typing';
import type { View } from './view';
import type { Way } from './way';
import { Writing } from './writing';

/** A line that overtook another one waits this long for it before everything is asked for again. */
const HOLE_MS = 1_000;
/** A change of the settings reaches every open page at once; they must not all ask for them in one moment. */
const SETTINGS_MS = 1_000;
/** What the hub calls the answers to the form in its refusals. */
const ANSWER = 'answers/';
const CONSENT = 'consented';

/** What the socket takes itself, and the voice, which is the call page's. */
type OfOthers = Extract<ToVisitor, { t: 'goaway' | 'ping' | 'call.started' | 'call.offer' | 'call.quality' }>;

interface Parts {
  readonly shelf: Shelf;
  readonly world: World;
  readonly host: Host;
  readonly chats: Chats;
  readonly outbox: Outbox;
  readonly typing: Typing;
  readonly view: View;
  readonly attention: Attention;
  readonly answers: Answers;
  readonly letter: Letter;
  readonly way: Way;
  readonly send: (frame: FromVisitor) => boolean;
  readonly resume: () => void;
  /** Brings a chat on screen, and keeps that it is there. */
  readonly show: (chat: ChatId | undefined) => void;
  readonly write: (draft: string) => void;
}

export class Hearing {
  readonly #parts: Parts;
  readonly #writing: Writing;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#writing = new Writing(parts.world, parts.view.isConsultantWriting);
  }

  take(frame: ToVisitor): void {
    const { view, chats, world, host, way } = this.#parts;
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
        if (frame.chat === view.chatId.value) this.#writing.tell(frame.writing);
        return;
      case 'seen':
        chats.get(frame.chat)?.mark('consultant', frame.seq);
        return;
      case 'presence':
        view.present(frame);
        return;
      case 'settings':
        world.after(world.random() * SETTINGS_MS, () => void host.bringSettings());
        return;
      case 'waiting':
        view.wait.value = frame;
        return;
      case 'call':
        view.isCalling.value = frame.state !== 'ended';
        return;
      case 'handover':
        way.take(frame.code);
        return;
      case 'err':
        this.#refused(frame);
        return;
      default:
        frame satisfies OfOthers;
    }
  }

  /** Says again that a chat is to be closed, until the hub has it so. */
  sendClosing(): ChatId | undefined {
    const chat = this.#parts.shelf.get('closing');
    if (chat !== undefined) this.#parts.send({ t: 'close', chat });
    return chat;
  }

  #welcome(frame: ToVisitor & { t: 'welcome' }): void {
    const { shelf, view, chats, outbox, typing, show } = this.#parts;
    shelf.set('tok', frame.tok);
    view.bodyChars.value = frame.limits.body_chars;
    view.present(frame);
    view.isCalling.value = frame.call !== undefined;
    chats.welcome(frame.epoch, frame.chats);
    for (const event of frame.chats.flatMap((chat) => chat.events)) this.#settle(event);
    view.isWelcomed.value = true;
    this.#writing.tell(false);
    const closing = this.sendClosing();
    const known = chats.get(view.chatId.value);
    const running = frame.chats.findLast((chat) => chat.state !== 'closed' && chat.id !== closing);
    show((known ?? running)?.id);
    const here = frame.chats.find((chat) => chat.id === view.chatId.value);
    if (here?.place !== undefined) view.wait.value = { chat: here.id, place: here.place };
    outbox.welcomed();
    typing.repeat();
  }

  #acked(ack: Ack): void {
    const { view, chats, outbox, host, answers, show } = this.#parts;
    const entry = outbox.acked(ack);
    if (entry === undefined) return;
    const { chat, seq, at, cid } = ack;
    if (chats.get(chat) === undefined) chats.open(chat);
    if (view.chatId.value === undefined) show(chat);
    if (entry.chat === undefined) {
      answers.used();
      host.tell({ c2c: 'chat', state: 'started' });
    }
    this.#told({ chat, seq, at, cid, k: 'said', from: { by: 'visitor' }, body: entry.body });
  }

  #told(event: Event): void {
    const { view, chats, world, resume, show } = this.#parts;
    if (event.seq === 1 && chats.get(event.chat) === undefined) chats.open(event.chat);
    const outcome = chats.take(event);
    this.#settle(event);
    if (event.k === 'closed') this.#closed(event.chat, outcome === 'added');
    if (outcome === 'gap') world.after(HOLE_MS, () => this.#fillHole(event.chat));
    if (outcome === 'unknown_chat' && event.k !== 'closed') resume();
    if (outcome !== 'added') return;
    if (view.chatId.value === undefined && event.seq === 1) show(event.chat);
    if (event.chat === view.chatId.value && event.from.by !== 'visitor') this.#hear(event);
  }

  #closed(chat: ChatId, isNews: boolean): void {
    const { shelf, host } = this.#parts;
    const byVisitor = chat === shelf.get('closing');
    if (byVisitor) shelf.set('closing', undefined);
    if (byVisitor || isNews) host.tell({ c2c: 'chat', state: 'closed' });
  }

  #fillHole(chat: ChatId): void {
    if (this.#parts.chats.get(chat)?.hasHole === true) this.#parts.resume();
  }

  #hear(event: Event): void {
    const { view, attention, letter } = this.#parts;
    this.#writing.tell(false);
    const words = spoken(event);
    if (words === undefined && event.k !== 'joined') return;
    // Somebody is here now: what was to be left as a message is the draft of the chat.
    if (event.k === 'joined') letter.leave();
    if (words !== undefined) {
      // What the hub says has nobody's name.
      const name = view.consultant?.name;
      view.heard.value = name ? `${name}: ${words}` : words;
    }
    attention.call();
  }

  #settle(event: Event): void {
    if (event.k === 'said' && event.from.by === 'visitor') this.#parts.outbox.settled(event.cid);
  }

  #refused(refusal: Refusal): void {
    const { shelf, view, outbox } = this.#parts;
    const { field = '', code, chat } = refusal;
    if (field === CONSENT || field.startsWith(ANSWER)) this.#askAgain(refusal, field.slice(ANSWER.length));
    outbox.refused(refusal);
    const gone = code === 'unknown_chat' || code === 'chat_closed';
    if (gone && chat === shelf.get('closing')) shelf.set('closing', undefined);
    const here = chat === undefined || chat === view.chatId.value;
    if (code === 'chat_unavailable' && here) view.isUnavailable.value = true;
  }

  /** The hub does not take an answer: the message goes back into the field, beside the form. */
  #askAgain({ cid }: Refusal, id: string): void {
    const { outbox, view, write } = this.#parts;
    const entry = outbox.entries.value.find((each) => each.cid === cid);
    if (entry === undefined || entry.chat !== undefined) return;
    write(entry.body);
    outbox.discard(entry.cid);
    view.wrong.value = id;
    // A form this document does not know is in the next one.
    if (!config.form.fields.some((each) => each.id === id)) location.reload();
  }
}
