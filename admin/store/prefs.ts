// What this browser remembers for whoever sits at it: look, sounds, keys, language.
import { type Signal, signal } from '@preact/signals';
import { Shelf } from '../../widget/kit/shelf';

export type Look = 'auto' | 'light' | 'dark';

/** Switches that are on until somebody turns them off. */
export type Switchable = 'sound' | 'notifications' | 'letters';

export class Prefs {
  readonly look: Signal<Look>;
  /** A sound for whoever waits and writes. */
  readonly sound: Signal<boolean>;
  /** Desktop notifications while the desk is not on screen. */
  readonly notifications: Signal<boolean>;
  /** Shortcuts of one letter; people who dictate turn them off (WCAG 2.1.4). */
  readonly letters: Signal<boolean>;
  readonly #shelf: Shelf;

  constructor(shelf: Shelf = new Shelf('c2c.desk', undefined, true)) {
    this.#shelf = shelf;
    const look = shelf.get('look');
    this.look = signal(look === 'light' || look === 'dark' ? look : 'auto');
    this.sound = signal(shelf.get('sound') !== 'off');
    this.notifications = signal(shelf.get('notifications') !== 'off');
    this.letters = signal(shelf.get('letters') !== 'off');
  }

  /** The language chosen in this browser before anybody signed in. */
  get language(): string | undefined {
    return this.#shelf.get('language');
  }

  rememberLanguage(language: string) {
    this.#shelf.set('language', language);
  }

  setLook(look: Look) {
    this.look.value = look;
    this.#shelf.set('look', look);
  }

  turn(which: Switchable, isOn: boolean) {
    this[which].value = isOn;
    this.#shelf.set(which, isOn ? undefined : 'off');
  }
}
