/**
 * Firefox without a screen, in a place of its own: no page of its reaches 127.0.0.1 with voice. It is driven with
 * WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), of which this speaks what the tests need.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { expect } from './hub';
import type { Place } from './places';

const PROGRAM = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
/** In its own place nobody else has it. */
const PORT = 9222;
const START_MS = 60_000;
const ANSWER_MS = 90_000;
const SETTINGS = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'intl.accept_languages': 'en-GB',
  'app.update.enabled': false,
  'app.normandy.enabled': false,
  'browser.aboutwelcome.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,none',
  'toolkit.telemetry.enabled': false,
};

/** What stands in the way of Firefox on this machine; `undefined` when nothing does. */
export function whyNoFirefox(): string | undefined {
  return existsSync(PROGRAM) ? undefined : `there is no ${PROGRAM}`;
}

interface Answer {
  readonly id?: number;
  readonly type: 'success' | 'error' | 'event';
  readonly result?: Record<string, unknown>;
  readonly error?: string;
  readonly message?: string;
}

/** A node of the page, as BiDi names it. */
interface Remote {
  readonly type: string;
  readonly value?: unknown;
  readonly sharedId?: string;
}

export class Firefox {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #context = '';
  #id = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => {
      const answer: Answer = JSON.parse(String(data));
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  /** Starts it in this place, with a profile of its own. The place ends it. */
  static async at(place: Place): Promise<Firefox> {
    const profile = join(place.folder, 'firefox');
    mkdirSync(profile);
    const lines = Object.entries(SETTINGS).map(([name, value]) => `user_pref('${name}', ${JSON.stringify(value)});`);
    writeFileSync(join(profile, 'prefs.js'), lines.join('\n'));
    const words = ['--headless', '--no-remote', '--profile', profile, `--remote-debugging-port=${PORT}`];
    const environment = { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: '1', TZ: 'Europe/Warsaw' };
    const child = place.start(PROGRAM, words, environment);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text) => {
        said += text;
      });
    const door = join(place.folder, 'door');
    await place.pipe({ path: door }, { host: '127.0.0.1', port: PORT });
    const socket = await opened(`ws+unix:${door}:/session`).catch((error: unknown) => {
      throw new Error(`Firefox takes no commands: ${error}\n${said}`);
    });
    const firefox = new Firefox(socket);
    await firefox.#ask('session.new', { capabilities: {} });
    const { contexts } = await firefox.#ask<{ contexts: { context: string }[] }>('browsingContext.getTree', {});
    firefox.#context = contexts[0]?.context ?? '';
    return firefox;
  }

  /** Runs this in every page before anything of the page runs. */
  async before(work: () => void): Promise<void> {
    await this.#ask('script.addPreloadScript', { functionDeclaration: `${work}` });
  }

  async go(url: string): Promise<void> {
    await this.#ask('browsingContext.navigate', { context: this.#context, url, wait: 'complete' });
  }

  /** What `work` gives in the page, or in the frame whose address has `frame` in it; through JSON. */
  async run<Result>(work: () => Result | Promise<Result>, frame?: string): Promise<Result> {
    const source = `async () => JSON.stringify((await (${work})()) ?? null)`;
    const { value } = await this.#call(source, [], await this.#where(frame));
    return JSON.parse(String(value));
  }

  /** Clicks the middle of the first element that this selects, once it is there to be clicked. */
  async click(selector: string, frame?: string): Promise<void> {
    const context = await this.#where(frame);
    let found: Remote | undefined;
    const source = `(selector) => {
      const found = [...document.querySelectorAll(selector)].find((one) => one.checkVisibility() && !one.disabled);
      found?.scrollIntoView({ block: 'center' });
      return found;
    }`;
    await expect
      .poll(async () => {
        found = await this.#call(source, [{ type: 'string', value: selector }], context);
        return found.sharedId;
      }, `${selector} to click`)
      .toBeDefined();
    const origin = { type: 'element', element: { sharedId: found?.sharedId } };
    const actions = [
      { type: 'pointerMove', x: 0, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ];
    await this.#ask('input.performActions', { context, actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  /** Types into whatever has the focus; `\uE007` is Enter. */
  async type(text: string, frame?: string): Promise<void> {
    const strokes = [...text].flatMap((value) => [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]);
    const actions = [{ type: 'key', id: 'keys', actions: strokes }];
    await this.#ask('input.performActions', { context: await this.#where(frame), actions });
  }

  /** The text of the first element that this selects; empty while there is none. */
  async text(selector: string, frame?: string): Promise<string> {
    const source = '(selector) => document.querySelector(selector)?.textContent ?? ""';
    const context = await this.#where(frame);
    return String((await this.#call(source, [{ type: 'string', value: selector }], context)).value);
  }

  /** Says no more to it. */
  leave(): void {
    this.#socket.terminate();
  }

  async #call(source: string, words: object[], context: string): Promise<Remote> {
    const told = await this.#ask<{ result?: Remote; exceptionDetails?: { text: string } }>('script.callFunction', {
      functionDeclaration: source,
      arguments: words,
      target: { context },
      awaitPromise: true,
    });
    if (told.result === undefined) throw new Error(`Firefox: ${told.exceptionDetails?.text}`);
    return told.result;
  }

  /** The page itself, or the frame in it whose address has this in it. */
  async #where(frame?: string): Promise<string> {
    if (frame === undefined) return this.#context;
    let found: string | undefined;
    await expect
      .poll(async () => {
        const { contexts } = await this.#ask<{ contexts: Tree[] }>('browsingContext.getTree', { root: this.#context });
        found = contexts.flatMap(flat).find(({ url }) => url.includes(frame))?.context;
        return found;
      }, `a frame of ${frame}`)
      .toBeDefined();
    return found ?? '';
  }

  #ask<Result>(method: string, params: object): Promise<Result> {
    this.#id += 1;
    const id = this.#id;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`Firefox did not answer ${method} in time`)), ANSWER_MS);
      this.#waiting.set(id, ({ type, result, error, message }) => {
        clearTimeout(late);
        this.#waiting.delete(id);
        if (type === 'success') resolve(result as Result);
        else reject(new Error(`Firefox, ${method}: ${error}: ${message}`));
      });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}

interface Tree {
  readonly context: string;
  readonly url: string;
  readonly children?: Tree[] | null;
}

function flat(tree: Tree): Tree[] {
  return [tree, ...(tree.children ?? []).flatMap(flat)];
}

/** The socket, as soon as the browser is up and takes it. */
async function opened(address: string): Promise<WebSocket> {
  const last = Date.now() + START_MS;
  for (;;) {
    const socket = new WebSocket(address, { headers: { host: `127.0.0.1:${PORT}` } });
    try {
      await new Promise((open, failed) => socket.once('open', open).once('error', failed));
      return socket;
    } catch (error) {
      if (Date.now() > last) throw error;
      await new Promise((later) => setTimeout(later, 200));
    }
  }
}
