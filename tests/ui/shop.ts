/** A business's web site on an origin of its own, with whatever page a test needs. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeHub } from './fake-hub';
import { test as base } from './hub';

export class Shop {
  /** Pages by path; headers by name. */
  readonly pages = new Map<string, { html: string; headers?: Record<string, string> }>();
  readonly #server = createServer((request, response) => {
    const page = this.pages.get(request.url ?? '/');
    response.writeHead(page === undefined ? 404 : 200, {
      'content-type': 'text/html; charset=utf-8',
      ...page?.headers,
    });
    response.end(page?.html);
  });

  async start(): Promise<void> {
    await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  get origin(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Puts up a page and returns its address. */
  page(path: string, head: string, body: string, headers?: Record<string, string>): string {
    const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bakery</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
    this.pages.set(path, headers === undefined ? { html } : { html, headers });
    return this.origin + path;
  }
}

/** The line a business pastes. */
export function snippet(origin: string, key = 'demo-en'): string {
  return `<script async src="${origin}/w/${key}.js"></script>`;
}

export const test = base.extend<{ shop: Shop; fake: FakeHub }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  shop: async ({}, use) => {
    const shop = new Shop();
    await shop.start();
    await use(shop);
    await shop.stop();
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  fake: async ({}, use) => {
    const hub = await FakeHub.start();
    await use(hub);
    await hub.stop();
  },
});

export { expect } from '@playwright/test';
