// What the specs of offers share: a live rule table of the owner, consultants by name, visitors by name, the parts on screen.
import type { Browser, Page } from '@playwright/test';
import { DESKTOP, setStatus, signIn } from './admin-kit';
import { type Hub, PASSWORD } from './hub';
import { Visitor } from './visitor';

/** Who is asked, and for how long; 0 seconds gives without asking. */
export type Step = readonly [names: readonly string[], seconds: number];

/** Olga, who writes the rules. */
export class Rules {
  readonly #origin: string;
  readonly #cookie: string;
  #ids: ReadonlyMap<string, string> = new Map();
  #table = '';

  private constructor(origin: string, cookie: string) {
    this.#origin = origin;
    this.#cookie = cookie;
  }

  static async at({ origin }: Hub): Promise<Rules> {
    const signedIn = await fetch(`${origin}/v1/sign-in`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'olga@bakery.example', password: PASSWORD }),
    });
    const rules = new Rules(origin, signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '');
    const { accounts } = await rules.#ask<{ accounts: { id: string; given_name: string }[] }>('GET', '/v1/accounts');
    rules.#ids = new Map(accounts.map(({ id, given_name }) => [given_name.toLowerCase(), id]));
    const table = await rules.#ask<{ id: string }>('POST', '/v1/plugins/tables', { name: 'Who answers' });
    rules.#table = table.id;
    return rules;
  }

  /** From now on every visitor is offered to these, step after step. */
  async offer(...steps: Step[]): Promise<void> {
    const written = steps.map(([names, seconds]) => ({
      to: { consultants: names.map((name) => this.#ids.get(name) ?? '') },
      ring: 'all_at_once',
      patience_seconds: seconds,
    }));
    await this.#live({ do: 'offer', steps: written });
  }

  /** From now on every visitor waits for anybody, and is told this. */
  async say(message: string): Promise<void> {
    const { packages } = await this.#ask<{ packages: { id: string; key: string }[] }>('GET', '/v1/packages');
    const queue = packages.find(({ key }) => key === 'demo-en')?.id;
    await this.#live({ do: 'queue', queue, message });
  }

  async #live(then: object): Promise<void> {
    const rows = [{ name: 'all', is_on: true, when: [], then, tags: [] }];
    const { newest } = await this.#ask<{ newest: number }>('PUT', `/v1/plugins/${this.#table}/table`, { rows });
    await this.#ask('PUT', `/v1/plugins/${this.#table}/life`, { live: newest, shadow: null });
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

/** The desk of somebody who is available, in a browser of their own. */
export async function deskOf(browser: Browser, hub: Hub, name: 'anna' | 'ben', options = {}): Promise<Page> {
  const context = await browser.newContext({ ...DESKTOP, bypassCSP: true, locale: 'en-GB', ...options });
  const page = await context.newPage();
  await signIn(page, hub, name);
  await setStatus(page, 'Available');
  return page;
}

/** Somebody writes and waits. */
export async function comes(hub: Hub, name: string, text: string): Promise<Visitor> {
  const visitor = await Visitor.at(hub.origin, {
    identity: { name, attributes: {} },
    page: { url: 'https://www.bakery.example/cakes/' },
  });
  await visitor.open(text);
  return visitor;
}

export function card(page: Page) {
  return page.locator('.offer-card');
}

export function row(page: Page, name: string) {
  return page.locator('.waiting-row', { hasText: name });
}

export function toast(page: Page) {
  return page.locator('.toast');
}
