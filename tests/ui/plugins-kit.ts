// What the specs of plugins share: an owner at her plugins, and files made from text.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Locator, type Page } from '@playwright/test';
import type { PluginDetail, PluginEntry } from '../../admin/store/api-plugins';
import type { Hub } from './hub';
import { asOwner } from './packages-kit';

const FAKES = process.env.FAKES_BINARY ?? fileURLToPath(new URL('../../target/debug/examples/fakes', import.meta.url));

/** A file as an upload takes it. */
export interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

let folder: string | undefined;

/** A plugin made from text, by the name that the example `fakes` gives it. */
export function fake(name: string): Upload {
  if (folder === undefined) {
    folder = mkdtempSync(join(tmpdir(), 'fakes-'));
    execFileSync(FAKES, [folder]);
  }
  return { name, mimeType: 'application/wasm', buffer: readFileSync(join(folder, name)) };
}

/** Signs olga in and opens her plugins, or another place of the desk. */
export async function atPlugins(page: Page, hub: Hub, hash = '#/plugins'): Promise<void> {
  await asOwner(page, hub);
  await page.goto(`${hub.origin}/admin/${hash}`);
  await page.reload();
  await expect(page.locator('main.page:not([aria-busy=true])')).toBeVisible();
}

/** Uploads a file by the button. */
export async function upload(page: Page, file: Upload): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(file);
}

export function row(page: Page, name: string): Locator {
  return page.locator('.plugin-row', { hasText: name });
}

/** The names in the list, from the top. */
export function names(page: Page): Locator {
  return page.locator('.plugin-row .plugin-words > b');
}

/** The row of a version in the tab Versions. */
export function version(page: Page, number: number): Locator {
  return page.locator(`.plugin-version[data-version="${number}"]`);
}

/** The plugins as the hub keeps them, in the order asked. */
export async function kept(page: Page, hub: Hub): Promise<PluginEntry[]> {
  const answer = await page.request.get(`${hub.origin}/v1/plugins`);
  expect(answer.status()).toBe(200);
  // The JSON door of the tests: what is wrong in it fails where it is compared.
  return ((await answer.json()) as { plugins: PluginEntry[] }).plugins;
}

/** One of them, by its name. */
export async function detail(page: Page, hub: Hub, name: string): Promise<PluginDetail> {
  const one = (await kept(page, hub)).find((entry) => entry.name === name);
  const answer = await page.request.get(`${hub.origin}/v1/plugins/${one?.id}`);
  expect(answer.status(), await answer.text()).toBe(200);
  return (await answer.json()) as PluginDetail;
}
