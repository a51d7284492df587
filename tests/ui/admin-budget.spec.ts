// What the admin weighs and asks for: exact numbers of the built files, so a library that creeps in is seen.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { DESKTOP, expect, signIn, test } from './admin-kit';

const ASSETS = new URL('../../admin/dist/assets/', import.meta.url);

/** First load, gzipped: scripts and styles. */
const SCRIPT_BYTES = 60_000;
const STYLE_BYTES = 10_000;
/** Each part that is loaded later, gzipped. */
const LATER_BYTES = 30_000;

test.use(DESKTOP);

function weight(file: string): number {
  return gzipSync(readFileSync(new URL(file, ASSETS)), { level: 9 }).length;
}

function sum(files: readonly string[]): number {
  return files.reduce((total, file) => total + weight(file), 0);
}

test('the first load and every later part stay within their budgets', async ({ page, hub }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await signIn(page, hub, 'anna');

  const first = asked.filter((path) => path.startsWith('/admin/assets/')).map((path) => path.split('/').at(-1) ?? '');
  const scripts = first.filter((file) => file.endsWith('.js'));
  const styles = first.filter((file) => file.endsWith('.css'));
  const later = readdirSync(ASSETS).filter((file) => /\.(js|css)$/.test(file) && !first.includes(file));

  expect(scripts.length).toBeGreaterThan(0);
  expect(sum(scripts)).toBeLessThanOrEqual(SCRIPT_BYTES);
  expect(sum(styles)).toBeLessThanOrEqual(STYLE_BYTES);
  expect(later.length).toBeGreaterThan(0);
  for (const file of later) expect(weight(file), file).toBeLessThanOrEqual(LATER_BYTES);
});

test('one language is loaded, and nothing comes from elsewhere', async ({ page, hub }) => {
  const asked: URL[] = [];
  page.on('request', (request) => asked.push(new URL(request.url())));
  await signIn(page, hub, 'anna');

  expect(asked.filter((url) => url.origin !== hub.origin)).toEqual([]);
  expect(asked.filter((url) => /\/(en|pl)-[\w-]+\.js$/.test(url.pathname))).toHaveLength(1);
});

test('every asset has its packed siblings and is served immutable', async ({ request, hub }) => {
  const files = readdirSync(ASSETS).filter((file) => /\.(js|css|svg)$/.test(file));
  for (const file of files) {
    expect(existsSync(new URL(`${file}.br`, ASSETS)), file).toBe(true);
    expect(existsSync(new URL(`${file}.gz`, ASSETS)), file).toBe(true);
  }

  const answer = await request.get(`${hub.origin}/admin/assets/${files[0]}`, { headers: { 'accept-encoding': 'br' } });

  expect(answer.headers()['cache-control']).toContain('immutable');
  expect(answer.headers()['content-encoding']).toBe('br');
});
