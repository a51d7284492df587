/**
 * Places with a network of their own: namespaces of Linux, each joined with the hub's side by links that a test can cut.
 * A page there has the same address as everywhere, on 127.0.0.1, where browsers give microphones without HTTPS: a pipe
 * carries it over the links. The voice goes over the links as it is.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Processes that run at the same time have networks and names of their own. */
const NET = `10.${64 + (Math.floor(process.pid / 256) % 128)}.${process.pid % 256}`;
const TAG = `c2c${process.pid}`;
/** Each link has four addresses; the first four are left to the hub. */
const MOST_LINKS = 63;

/** Where a hub listens that places shall reach. */
export const HUB_ADDRESS = `${NET}.1`;

let links = 0;

/** What stands in the way of places on this machine; `undefined` when nothing does. */
export function whyNoPlaces(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'network namespaces need Linux and root';
  try {
    sweep();
    ip('netns', 'add', `${TAG}try`);
    ip('netns', 'delete', `${TAG}try`);
    return undefined;
  } catch (error) {
    return `network namespaces cannot be made here: ${error instanceof Error ? error.message.trim() : error}`;
  }
}

export class Place {
  readonly #name: string;
  /** For whatever lives there; removed with the place. */
  readonly folder = mkdtempSync(join(tmpdir(), 'place-'));
  readonly #children: ChildProcess[] = [];
  readonly #servers: Server[] = [];
  readonly #links: { readonly outside: string; readonly address: string }[] = [];

  /** Its links are taken in their order: the next one only when those before it are down. */
  constructor(name: string, count: number) {
    this.#name = `${TAG}${name}`;
    ip('netns', 'add', this.#name);
    this.#ip('link', 'set', 'lo', 'up');
    for (let inside = 0; inside < count; inside += 1) this.#join(inside);
  }

  /** The address the place has on this link, counted from 0. */
  address(link: number): string {
    return this.#links[link]?.address ?? '';
  }

  /** The place sees that the link is gone, as when a Wi-Fi is out of reach. */
  cut(link: number): void {
    this.#ip('link', 'set', `link${link}`, 'down');
  }

  /** Leads 127.0.0.1 of the place to 127.0.0.1 of the hub, on the hub's port. */
  async lead(origin: string): Promise<void> {
    const port = Number(new URL(origin).port);
    const gate = createServer((inner) => {
      const outer = connect(port, '127.0.0.1');
      inner.pipe(outer).pipe(inner);
      inner.on('error', () => inner.destroy()).on('close', () => outer.destroy());
      outer.on('error', () => outer.destroy()).on('close', () => inner.destroy());
    });
    this.#servers.push(gate);
    const { port: gatePort } = await listening(gate);
    await this.pipe({ host: '127.0.0.1', port }, { host: HUB_ADDRESS, port: gatePort });
  }

  /** Whoever connects to `from` in this place is connected with `to`; a path reaches from outside. */
  async pipe(from: object, to: object): Promise<void> {
    const script = `
      const { connect, createServer } = require('node:net');
      createServer((inner) => {
        const outer = connect(${JSON.stringify(to)});
        inner.pipe(outer).pipe(inner);
        inner.on('error', () => inner.destroy()).on('close', () => outer.destroy());
        outer.on('error', () => outer.destroy()).on('close', () => inner.destroy());
      }).listen(${JSON.stringify(from)}, () => console.log('listening'));`;
    const child = this.start(process.execPath, ['-e', script]);
    let said = '';
    child.stderr?.on('data', (text) => {
      said += text;
    });
    await new Promise((resolve, reject) => {
      child.stdout?.once('data', resolve);
      child.once('exit', (code) => reject(new Error(`a pipe of ${this.#name} ended with ${code}\n${said}`)));
    });
  }

  /** Starts a program that lives in this place until the place ends; what it says is the caller's to read. */
  start(program: string, words: readonly string[], environment: NodeJS.ProcessEnv = process.env): ChildProcess {
    const child = spawn('ip', ['netns', 'exec', this.#name, program, ...words], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.push(child);
    return child;
  }

  /** A program that runs `program` in this place, for those who start it themselves. */
  program(program: string): string {
    const path = join(this.folder, 'run');
    writeFileSync(path, `#!/bin/sh\nexec ip netns exec ${this.#name} '${program}' "$@"\n`);
    chmodSync(path, 0o700);
    return path;
  }

  /** Ends what runs there, and removes links and place. */
  async end(): Promise<void> {
    for (const child of this.#children) await ended(child);
    for (const server of this.#servers) server.close();
    // A place that something still lives in outlasts its name; its links do not.
    for (const { outside } of this.#links) ip('link', 'delete', outside);
    ip('netns', 'delete', this.#name);
    // Processes of a browser that was ended may still write for a moment.
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  #join(inside: number): void {
    links += 1;
    if (links > MOST_LINKS) throw new Error(`more than ${MOST_LINKS} links in one process`);
    const [outside, name] = [`${TAG}l${links}`, `link${inside}`];
    const [gate, address] = [`${NET}.${4 * links + 1}`, `${NET}.${4 * links + 2}`];
    ip('link', 'add', outside, 'type', 'veth', 'peer', 'name', name, 'netns', this.#name);
    this.#links.push({ outside, address });
    ip('address', 'add', `${gate}/30`, 'dev', outside);
    // Every link has it, so that it is there as long as any of them.
    ip('address', 'add', `${HUB_ADDRESS}/32`, 'dev', outside);
    ip('link', 'set', outside, 'up');
    this.#ip('address', 'add', `${address}/30`, 'dev', name);
    this.#ip('link', 'set', name, 'up');
    const table = String(100 + inside);
    this.#ip('route', 'add', 'default', 'via', gate, 'dev', name, 'metric', table);
    // What has the address of a link leaves by that link or not at all: no other network would carry it.
    this.#ip('route', 'add', 'default', 'via', gate, 'dev', name, 'table', table);
    this.#ip('route', 'add', 'unreachable', 'default', 'metric', '1000', 'table', table);
    this.#ip('rule', 'add', 'from', address, 'table', table);
  }

  #ip(...words: string[]): void {
    ip('-netns', this.#name, ...words);
  }
}

function ip(...words: string[]): string {
  return execFileSync('ip', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Removes what a process left that was killed. */
function sweep(): void {
  const names = ip('netns', 'list').split('\n');
  for (const [name, pid] of names.flatMap((line) => [/^c2c(\d+)[a-z]+/.exec(line) ?? []]))
    if (name !== undefined && !existsSync(`/proc/${pid}`)) ip('netns', 'delete', name);
}

async function listening(server: Server): Promise<{ port: number }> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, HUB_ADDRESS, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((gone) => {
    child.once('exit', gone);
    child.kill('SIGKILL');
  });
}
