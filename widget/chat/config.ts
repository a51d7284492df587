/** What the hub puts into the document for one package, and the texts of its language. */
import { type Say, speak, type Texts } from '../kit/i18n';
import type { Form, Message, OutsideHours } from '../kit/settings';
import type english from '../locales/en.json';

/** Names of the texts of the chat window. */
export type TextKey = keyof (typeof english)['chat'];

export interface Config {
  /** Public key of the package. */
  readonly key: string;
  readonly company: string;
  readonly lang: string;
  /** Colors of the gradient. */
  readonly a: string;
  readonly b: string;
  /** Address of the logo on the hub. */
  readonly logo?: string;
  /** What a click on the button leads to; `both` asks here. */
  readonly mode: 'chat' | 'voice' | 'both';
  /** IANA name of the time zone the hours are meant in. */
  readonly zone: string;
  /** What is asked before the first message. */
  readonly form: Form;
  /** The message that can be left when nobody is there. */
  readonly message: Message;
  /** What is offered outside the hours. */
  readonly outside: OutsideHours;
  /** Path of the call page on the hub. */
  readonly call_page: string;
  readonly texts: Partial<Texts<TextKey>>;
}

/** The JSON door: the hub wrote it into this very document. */
export function readConfig(): Config {
  return JSON.parse(document.getElementById('config')?.textContent ?? '') as Config;
}

/** The texts in the package's language. */
export function textsOf(config: Config): Say<TextKey> {
  return speak(config.lang, config.texts);
}
