// Alerts that cannot be missed and do not nag: what sounds, what notifies, what the title says, and when it repeats.
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { ChatId, Status } from '../../widget/kit/wire';
import type { Cancel, World } from '../../widget/kit/world';
import type { News } from './ports';
import type { Prefs } from './prefs';

/** A waiting visitor is announced again this often until somebody takes them. */
export const REPEAT_MS = 20_000;

/** Until then the rules have said whom a new visitor is offered to; nobody else is called. */
export const ROUTED_MS = 350;

/** Works, turned off by the consultant, not allowed by the browser so far, forbidden, or unknown to this browser. */
export type Way = 'on' | 'off' | 'blocked' | 'denied' | 'missing';

/** A desktop notification. */
export interface Notice {
  /** Notices of one tag replace each other. */
  tag: string;
  title: string;
  body: string;
  /** It stays until somebody clicks it or it is taken away. */
  stays?: boolean;
  open: () => void;
}

/** What alerts need of the browser. */
export interface AlertPorts {
  chime: { readonly isUnlocked: boolean; unlock: () => void; play: (volume?: number) => void };
  notify: (notice: Notice) => void;
  permission: () => 'granted' | 'denied' | 'default' | 'missing';
  ask: () => Promise<void>;
  /** The page is on screen and has the focus. */
  attentive: () => boolean;
  words: (news: News) => { title: string; body: string };
  go: (news: News) => void;
  world: World;
}

/** What alerts read of the desk. */
export interface Watched {
  status: ReadonlySignal<Status>;
  /** How many wait for anybody, so for this consultant as well. */
  waiting: ReadonlySignal<number>;
  /** Does this visitor wait for anybody? */
  isOpen: (chat: ChatId) => boolean;
  /** The chat or place on screen. */
  shown: ReadonlySignal<ChatId | 'waiting' | null>;
}

const LOUD = 0.9;
const SOFT = 0.5;

export class Alerts {
  readonly sound = signal<Way>('off');
  readonly notifications = signal<Way>('off');
  readonly #ports: AlertPorts;
  readonly #prefs: Prefs;
  readonly #watched: Watched;
  readonly #stop: () => void;
  #cancelRepeat: Cancel = () => {};
  #isRepeating = false;

  constructor(ports: AlertPorts, prefs: Prefs, watched: Watched) {
    this.#ports = ports;
    this.#prefs = prefs;
    this.#watched = watched;
    this.#stop = effect(() => this.#watch(watched.waiting.value > 0 && watched.status.value === 'available'));
    this.look();
  }

  /** Reads again what the browser allows; nothing tells when that changes. */
  look(): void {
    this.sound.value = !this.#prefs.sound.value ? 'off' : this.#ports.chime.isUnlocked ? 'on' : 'blocked';
    this.notifications.value = this.#allowed();
  }

  /** Belongs into every click: browsers keep a page silent until somebody touches it. */
  touch(): void {
    if (this.sound.value === 'blocked') this.#ports.chime.unlock();
  }

  /** Belongs into a click meant for it: unlocks the sound and asks for notifications. */
  async unlock(): Promise<void> {
    this.#ports.chime.unlock();
    if (this.#prefs.notifications.value && this.#ports.permission() === 'default') await this.#ports.ask();
    this.look();
  }

  /** Lets the consultant hear and see what an alert is like. */
  async test(news: News): Promise<void> {
    await this.unlock();
    if (this.#prefs.sound.value) this.#ports.chime.play(LOUD);
    if (this.notifications.value === 'on') this.#notify(news, 'test');
  }

  hear(news: News): void {
    switch (news.what) {
      case 'waits':
        this.#ports.world.after(ROUTED_MS, () => {
          const { chat } = news.visitor;
          if (this.#watched.status.peek() === 'available' && this.#watched.isOpen(chat)) this.#call(news, chat);
        });
        return;
      case 'given':
        this.#call(news, news.visit.chat.id);
        return;
      case 'said': {
        const chat = news.visit.chat.id;
        const isOnScreen = this.#ports.attentive() && this.#watched.shown.peek() === chat;
        if (isOnScreen) return;
        this.#sound(SOFT);
        if (!this.#ports.attentive()) this.#notify(news, `said:${chat}`);
        return;
      }
      case 'accepted':
      case 'refused':
      case 'lost':
      case 'stays':
      case 'offer_over':
        return;
      default:
        news satisfies never;
    }
  }

  stop(): void {
    this.#stop();
    this.#cancelRepeat();
  }

  /** Somebody waits: for anybody, or for this consultant alone. */
  #call(news: News, chat: ChatId): void {
    this.#sound(LOUD);
    if (!this.#ports.attentive()) this.#notify(news, `waits:${chat}`);
  }

  #watch(isNeeded: boolean): void {
    if (isNeeded === this.#isRepeating) return;
    this.#isRepeating = isNeeded;
    this.#cancelRepeat();
    if (isNeeded) this.#repeat();
  }

  #repeat(): void {
    this.#cancelRepeat = this.#ports.world.after(REPEAT_MS, () => {
      this.#sound(LOUD);
      this.#repeat();
    });
  }

  #sound(volume: number): void {
    // The chime itself makes one sound of a burst.
    if (this.#prefs.sound.value) this.#ports.chime.play(volume);
  }

  #notify(news: News, tag: string): void {
    if (this.#allowed() !== 'on') return;
    this.#ports.notify({ tag, ...this.#ports.words(news), open: () => this.#ports.go(news) });
  }

  #allowed(): Way {
    const permission = this.#ports.permission();
    if (permission === 'missing') return 'missing';
    if (!this.#prefs.notifications.value) return 'off';
    return permission === 'granted' ? 'on' : permission === 'denied' ? 'denied' : 'blocked';
  }
}

/** The title of the page: how much is waiting for this consultant, then its name. */
export function pageTitle(count: number, name: string): string {
  return count > 0 ? `(${count}) ${name}` : name;
}
