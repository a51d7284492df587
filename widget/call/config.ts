/** What the hub puts into the document for one package, and how it is asked again when the owner saves. */
import type { Texts } from '../kit/i18n';
import type { Form, Message, OutsideHours } from '../kit/settings';
import type { Hours } from '../kit/wire';
import type english from '../locales/en.json';

/** Names of the texts of the call page. */
export type TextKey = keyof (typeof english)['page'];

export interface Config {
  /** Public key of the package. */
  readonly key: string;
  readonly company: string;
  /** Empty without one. */
  readonly web_address: string;
  readonly lang: string;
  /** Colors of the gradient. */
  readonly a: string;
  readonly b: string;
  readonly logo?: string | null;
  /** IANA name; all hours are meant in it. */
  readonly zone: string;
  readonly hours: Hours;
  /** Both empty where the texts of the language stand in. */
  readonly heading: string;
  readonly subheading: string;
  readonly has_chat: boolean;
  /** What visitors can do: in `chat` there is no voice. */
  readonly mode: 'chat' | 'voice' | 'both';
  readonly form: Pick<Form, 'consent'>;
  /** What is offered outside the hours. */
  readonly outside: OutsideHours;
  readonly message: Pick<Message, 'is_offered'>;
  readonly texts: Partial<Texts<TextKey>>;
}

/** The hub escapes every `<` in the settings, so the first one ends them. */
const BLOCK = /<script type="application\/json" id="config">([^<]*)</;

/** The JSON door: the hub wrote it into this very document. */
export function readConfig(): Config {
  return JSON.parse(document.getElementById('config')?.textContent ?? '') as Config;
}

/** The settings as they are now; nothing when they cannot be had. */
export async function askConfig(): Promise<Config | undefined> {
  try {
    const answer = await fetch(location.pathname);
    const block = answer.ok ? BLOCK.exec(await answer.text())?.[1] : undefined;
    return block === undefined ? undefined : (JSON.parse(block) as Config);
  } catch {
    return undefined;
  }
}
