// The desk of one signed-in account: its socket, chats, calls, drafts and alerts, from sign-in to sign-out.
import { computed, type Signal, signal } from '@preact/signals';
import { Chime } from '../../widget/kit/chime';
import { Shelf } from '../../widget/kit/shelf';
import { HubSocket } from '../../widget/kit/socket';
import type { ChatId, FromConsultant, Status, ToConsultant } from '../../widget/kit/wire';
import { browser } from '../../widget/kit/world';
import { go, place } from '../routes';
import { Alerts } from './alerts';
import { type Account, api, type Language, type Problem } from './api';
import { type ProfileChange, profileApi } from './api-accounts';
import { messagesApi, ordersApi } from './api-orders';
import { Calling } from './calling';
import { Desk } from './desk';
import { Drafts } from './drafts';
import { Fresh } from './fresh';
import { ringOffers } from './offering';
import { attentive, notify, permission } from './page';
import type { News } from './ports';
import type { Prefs } from './prefs';
import { learn, t } from './texts';
import type { Toasts } from './toasts';
import { nameOf, newsWords } from './words';

/** The protocol this desk speaks. */
const VERSION = 1;

export class SignedIn {
  readonly account: Signal<Account>;
  readonly desk: Desk;
  readonly drafts: Drafts;
  readonly alerts: Alerts;
  readonly fresh: Fresh;
  readonly calling: Calling;
  readonly #offering: { stop: () => void };
  readonly socket: HubSocket<FromConsultant, ToConsultant>;
  /** The chat whose field should take the focus; the field takes it and makes this null. */
  readonly composing = signal<ChatId | null>(null);
  readonly #leave = () => {
    this.desk.leave();
    this.calling.leave();
  };
  readonly #touch = () => {
    this.alerts.touch();
    this.calling.touch();
  };
  readonly #toasts: Toasts;
  readonly #signedOut: () => void;

  constructor(account: Account, prefs: Prefs, toasts: Toasts, signedOut: () => void) {
    this.account = signal(account);
    this.#toasts = toasts;
    this.#signedOut = signedOut;
    const shelf = new Shelf(`c2c.desk.${account.account}`, undefined, true);
    this.drafts = new Drafts(shelf);
    this.socket = new HubSocket<FromConsultant, ToConsultant>({
      address: '/v1/ws/desk',
      hello: () => this.#hello(),
      frame: (frame) => this.#take(frame),
    });
    const line = { send: (frame: FromConsultant) => this.socket.send(frame), resume: () => this.socket.resume() };
    this.desk = new Desk({ line, api, shelf, news: (news) => this.#hear(news) });
    shelf.watch((name) => this.desk.outbox.changed(name));
    const chime = new Chime();
    this.alerts = this.#makeAlerts(prefs, chime);
    this.fresh = new Fresh({ orders: ordersApi.count, messages: messagesApi.count, changes: this.desk.room.orders });
    this.calling = new Calling({ socket: this.socket, desk: this.desk, alerts: this.alerts, prefs, toasts, shelf });
    const isOnline = () => this.socket.line.value === 'online';
    this.#offering = ringOffers({
      desk: this.desk,
      calls: this.calling.calls,
      chime,
      alerts: this.alerts,
      prefs,
      isOnline,
    });
    // Before the socket's own, which closes it: a call is told that its page goes.
    addEventListener('pagehide', this.#leave);
    addEventListener('pointerdown', this.#touch);
    addEventListener('keydown', this.#touch);
    this.socket.start();
  }

  /** Ends this desk; texts nobody sent stay in the browser for the next sign-in. */
  stop(): void {
    this.desk.leave();
    this.calling.stop();
    this.#offering.stop();
    this.socket.stop();
    this.alerts.stop();
    this.fresh.stop();
    removeEventListener('pagehide', this.#leave);
    removeEventListener('pointerdown', this.#touch);
    removeEventListener('keydown', this.#touch);
  }

  /** Speaks another language from now on, here and wherever this account signs in. */
  async speak(language: Language): Promise<void> {
    await learn(language);
    const answer = await api.setLanguage(language);
    if (answer.ok) this.account.value = answer.value;
    else this.#toasts.say(t('language.not_kept'));
  }

  /** Changes names or photo of the own account. */
  async changeMe(change: ProfileChange): Promise<Problem | null> {
    const answer = await profileApi.change(change);
    if (!answer.ok) return answer.problem;
    this.account.value = answer.value;
    return null;
  }

  /** Asks again what the account is, after it was changed. */
  async refresh(): Promise<void> {
    const answer = await api.me();
    if (!answer.ok) return;
    this.account.value = answer.value;
    await learn(answer.value.language);
  }

  /** A chat was chosen by hand: its field takes the focus, but on a touch screen that would open a keyboard. */
  choose(chat: ChatId): void {
    if (!matchMedia('(pointer: coarse)').matches) this.composing.value = chat;
  }

  /** Sets the status; becoming available is also the click that lets the page sound and notify. */
  setStatus(status: Status): void {
    this.desk.setStatus(status);
    if (status === 'available') void this.alerts.unlock();
  }

  /** Can the visitor of a chat be invited to a call? Whether the package has voice the hub alone knows. */
  mayAskCall(chat: ChatId): boolean {
    const isOpen = this.desk.visit(chat)?.chat.state.value === 'open';
    return isOpen && this.account.value.takes_calls && this.calling.calls.live.value?.caller.chat !== chat;
  }

  /** Invites the visitor of a chat to a call. */
  askCall(chat: ChatId): void {
    if (!this.socket.send({ t: 'ask_call', chat })) this.#toasts.say(t('call.offline'));
  }

  /** Closes a chat and offers to take that back. */
  close(chat: string): void {
    const visit = this.desk.visit(chat);
    if (visit === undefined) return;
    const wasOpen = visit.chat.state.value !== 'closed';
    this.desk.close(chat);
    this.#leavePlace(chat);
    this.drafts.keep(chat, wasOpen ? this.drafts.of(chat) : '');
    if (!wasOpen) return;
    this.#toasts.say(t('chat.closed_toast', { name: nameOf(visit.visitor.value) }), {
      action: t('undo'),
      shownMs: 5_000,
      act: () => {
        if (this.desk.keepOpen(chat)) go({ at: 'chat', chat });
      },
    });
  }

  #take(frame: ToConsultant): void {
    const { calls } = this.calling;
    switch (frame.t) {
      case 'call':
      case 'call.offer':
      case 'call.quality':
        calls.take(frame);
        return;
      case 'err':
        if (frame.call === undefined) break;
        calls.refused(frame);
        return;
    }
    // The desk first: a welcome brings the hub's clock, by which calls are told.
    this.desk.take(frame);
    if (frame.t === 'welcome') calls.welcome(frame);
  }

  async #hello(): Promise<FromConsultant | undefined> {
    const answer = await api.ticket();
    if (answer.ok) {
      const resume = this.desk.chats.resume;
      return { t: 'hello', v: VERSION, ticket: answer.value.ticket, ...(resume ? { resume } : {}) };
    }
    if (answer.problem.status !== 401) throw new Error(answer.problem.code);
    this.#signedOut();
    return undefined;
  }

  #makeAlerts(prefs: Prefs, chime: Chime): Alerts {
    const { desk } = this;
    const ports = {
      chime,
      notify,
      permission,
      ask: async () => {
        await Notification.requestPermission();
      },
      attentive: () => attentive.value,
      words: newsWords,
      go: (news: News) => {
        window.focus();
        if (news.what === 'waits') go({ at: 'waiting' });
        if (news.what === 'said' || news.what === 'given') go({ at: 'chat', chat: news.visit.chat.id });
      },
      world: browser,
    };
    return new Alerts(ports, prefs, {
      status: computed(() => desk.me.value?.status ?? 'away'),
      waiting: computed(() => desk.offers.open.value.length),
      isOpen: (chat) => desk.offers.isOpen(chat),
      shown: computed(() =>
        place.value.at === 'chat' ? place.value.chat : place.value.at === 'waiting' ? 'waiting' : null,
      ),
    });
  }

  #hear(news: News): void {
    this.alerts.hear(news);
    switch (news.what) {
      case 'waits':
      case 'said':
        return;
      case 'accepted':
        go({ at: 'chat', chat: news.visit.chat.id });
        this.composing.value = news.visit.chat.id;
        return;
      case 'given': {
        const { id: chat } = news.visit.chat;
        this.#toasts.say(newsWords(news).title, { action: t('offer.open'), act: () => go({ at: 'chat', chat }) });
        return;
      }
      case 'refused':
      case 'offer_over':
      case 'stays':
        this.#toasts.say(newsWords(news).title);
        return;
      case 'lost': {
        const unsent = news.unsent.join('\n');
        if (unsent !== '') this.drafts.keep(news.chat, [unsent, this.drafts.of(news.chat)].filter(Boolean).join('\n'));
        this.#leavePlace(news.chat);
        this.#toasts.say(newsWords(news).title);
        return;
      }
      default:
        news satisfies never;
    }
  }

  #leavePlace(chat: string): void {
    if (place.value.at === 'chat' && place.value.chat === chat) go({ at: 'list' }, 'replace');
  }
}
