/** Olga, the owner of the Bakery, at the REST interface: packages are what a test wants them to be. */
import type { PackageSettings } from '../../widget/kit/settings';
import { PASSWORD } from './hub';

export interface Kept {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly version: number;
  readonly settings: PackageSettings;
}

/** Some of the settings, sections too. */
export type Change = {
  readonly [Name in keyof PackageSettings]?: PackageSettings[Name] extends readonly unknown[] | null | string
    ? PackageSettings[Name]
    : Partial<PackageSettings[Name]>;
};

export class Owner {
  readonly #origin: string;
  readonly #cookie: string;

  private constructor(origin: string, cookie: string) {
    this.#origin = origin;
    this.#cookie = cookie;
  }

  static async at(origin: string): Promise<Owner> {
    const answer = await fetch(`${origin}/v1/sign-in`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'olga@bakery.example', password: PASSWORD }),
    });
    if (!answer.ok) throw new Error(`olga cannot sign in: ${answer.status}`);
    return new Owner(origin, answer.headers.getSetCookie()[0]?.split(';')[0] ?? '');
  }

  /** A package of its own, so that tests do not meet. */
  async create(name: string, change: Change = {}): Promise<Kept> {
    const created: Kept = await this.#ask('POST', '/v1/packages', { name });
    return this.save(created, change);
  }

  /** Saves the package with some settings changed. */
  async save(kept: Kept, change: Change): Promise<Kept> {
    const settings = merged(kept.settings, change);
    return this.#ask('PUT', `/v1/packages/${kept.id}`, { name: kept.name, version: kept.version, settings });
  }

  /** The settings of the button as the hub would bake them, without saving. */
  async bake(kept: Kept, change: Change, isOpen = true): Promise<unknown> {
    const settings = merged(kept.settings, change);
    const body = { settings, is_open: isOpen };
    const { button } = await this.#ask<{ button: unknown }>('POST', `/v1/packages/${kept.id}/preview`, body);
    return button;
  }

  /** The secret of signed identities. */
  async secret(kept: Kept): Promise<string> {
    const { secret } = await this.#ask<{ secret: string }>('POST', `/v1/packages/${kept.id}/identity-secret`, {});
    return secret;
  }

  /** The messages visitors left, newest first. */
  async messages(): Promise<unknown[]> {
    const { messages } = await this.#ask<{ messages: unknown[] }>('GET', '/v1/messages');
    return messages;
  }

  async #ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(this.#origin + path, {
      method,
      headers: { origin: this.#origin, cookie: this.#cookie, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}

function merged(settings: PackageSettings, change: Change): PackageSettings {
  const { button, page, form, message, hours, ...rest } = change;
  return {
    ...settings,
    ...rest,
    button: { ...settings.button, ...button },
    page: { ...settings.page, ...page },
    form: { ...settings.form, ...form },
    message: { ...settings.message, ...message },
    hours: { ...settings.hours, ...hours },
  };
}
