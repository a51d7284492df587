/**
 * The real hub with its demo business, on ports of its own and a data folder of its own.
 * It can be killed and started again on the same port.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';

export const PASSWORD = 'crumbs-and-crust-42';
const BINARY = process.env.HUB_BINARY ?? fileURLToPath(new URL('../../target/debug/hub', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 20_000;

export class Hub {
  readonly #data = mkdtempSync(join(tmpdir(), 'hub-ui-'));
  readonly #settings: Record<string, string>;
  #process: ChildProcess | undefined;
  #log = '';
  #bind = '127.0.0.1:0';
  /** Where it listens, e.g. `http://127.0.0.1:12345`. */
  origin = '';

  /** `settings` are environment variables that differ from those of every other test. */
  constructor(settings: Record<string, string> = {}) {
    this.#settings = settings;
  }

  async start(): Promise<void> {
    const started = spawn(
      BINARY,
      [
        ...['serve', '--demo', '--data', this.#data, '--bind', this.#bind],
        ...['--ops-bind', '127.0.0.1:0', '--media-bind', this.#settings.HUB_MEDIA__BIND ?? '127.0.0.1:0'],
      ],
      {
        cwd: ROOT,
        env: {
          ...process.env,
          HUB_DEMO_PASSWORD: PASSWORD,
          // Every page of a test comes from one address; the limits have tests of their own.
          HUB_LIMITS__MESSAGES_PER_SECOND: '10000',
          HUB_LIMITS__BURST: '10000',
          HUB_LIMITS__CHATS_PER_MINUTE_PER_PREFIX: '10000',
          HUB_LIMITS__CHATS_PER_MINUTE_PER_PACKAGE: '10000',
          HUB_LIMITS__SIGN_INS_PER_ACCOUNT: '10000',
          HUB_LIMITS__SIGN_INS_PER_PREFIX: '10000',
          HUB_CHAT__VISITOR_GRACE_SECONDS: '5',
          HUB_CHAT__CONSULTANT_GRACE_SECONDS: '5',
          HUB_DRAIN__SPREAD_MS: '200',
          ...this.#settings,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    this.#process = started;
    started.stderr?.on('data', (text) => {
      this.#log += text;
    });
    this.origin = await this.#listening(started);
    this.#bind = this.origin.replace('http://', '');
  }

  /** As a power cut: nothing is said, nothing is flushed. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks it to end, as for an update: it sends its browsers away first. */
  async drain(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** Kills it and starts it again at the same address. */
  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  async stop(): Promise<void> {
    await this.#end('SIGKILL');
    rmSync(this.#data, { recursive: true, force: true });
  }

  #listening(started: ChildProcess): Promise<string> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the hub did not listen in time\n${this.#log}`)), START_MS);
      started.once('exit', (code) => reject(new Error(`the hub ended with ${code}\n${this.#log}`)));
      if (started.stdout === null) return;
      createInterface(started.stdout).on('line', (line) => {
        const origin = /^listening on (http:\S+)$/.exec(line)?.[1];
        if (origin === undefined) return;
        clearTimeout(late);
        resolve(origin);
      });
    });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const ending = this.#process;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    await new Promise((ended) => {
      ending.once('exit', ended);
      ending.kill(signal);
    });
  }
}

/** One hub per worker process; a test that kills it starts one of its own. */
export const test = base.extend<object, { hub: Hub }>({
  hub: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const hub = new Hub();
      await hub.start();
      await use(hub);
      await hub.stop();
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
