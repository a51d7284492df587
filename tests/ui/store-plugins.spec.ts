// The list of plugins without a browser: the order, uploads, deleting, and what each does now.
import { expect, test } from '@playwright/test';
import type { Answer, Problem } from '../../admin/store/api';
import type { PluginDetail } from '../../admin/store/api-plugins';
import { type ListApi, Plugins, stateOf } from '../../admin/store/plugins';
import { LANGUAGES, plugin, RULES, rulesTable } from './plugins-world';

const ok = <T>(value: T): Answer<T> => ({ ok: true, value });
const REFUSED: Problem = { code: 'plugin_refused', status: 422, detail: 'this is not WebAssembly' };

/** A hub that keeps what it is told, and what tests may have it refuse. */
class ListHub implements ListApi {
  kept: PluginDetail[] = [plugin(), rulesTable(), plugin({ id: '01HZ8VPQRS003', name: 'Third' })];
  readonly orders: (readonly string[])[] = [];
  refuse: Problem | null = null;
  uploaded: PluginDetail = plugin({ newest: 4 });
  asked = 0;

  async all() {
    this.asked += 1;
    return ok({ plugins: [...this.kept] });
  }

  async upload() {
    return this.#unless(this.uploaded);
  }

  async newTable(name: string) {
    return this.#unless(rulesTable({ id: '01HZ8VPQRS009', name }));
  }

  async remove() {
    return this.#unless<void>(undefined);
  }

  async order(order: readonly string[]) {
    this.orders.push(order);
    return this.#unless<void>(undefined);
  }

  async tryNow() {
    return this.#unless<void>(undefined);
  }

  async life(id: string, life: { live: number | null; shadow: number | null }) {
    return this.#unless({ ...plugin({ id }), ...life });
  }

  #unless<T>(value: T): Answer<T> {
    return this.refuse === null ? ok(value) : { ok: false, problem: this.refuse };
  }
}

async function listed(): Promise<{ plugins: Plugins; hub: ListHub; names: () => string[] }> {
  const hub = new ListHub();
  const plugins = new Plugins(hub);
  await plugins.load();
  return { plugins, hub, names: () => (plugins.list.value ?? []).map(({ name }) => name) };
}

function file(name: string): Blob & { name: string } {
  return Object.assign(new Blob(['\0asm']), { name });
}

test('a plugin moves at once, stays within the list, and the order is kept', async () => {
  const { plugins, hub, names } = await listed();

  expect(plugins.place(RULES, 0)).toBe(true);
  expect(names()).toEqual(['Our rules', 'By language', 'Third']);
  expect(plugins.place(RULES, -1)).toBe(false);
  expect(plugins.place(RULES, 99)).toBe(true);
  expect(names()).toEqual(['By language', 'Third', 'Our rules']);
  expect(await plugins.keepOrder()).toBeNull();

  expect(hub.orders).toEqual([[LANGUAGES, '01HZ8VPQRS003', RULES]]);
});

test('an order that is refused gives way to the one the hub has', async () => {
  const { plugins, hub, names } = await listed();
  plugins.place(RULES, 0);
  hub.refuse = { code: 'offline', status: 0 };

  expect(await plugins.keepOrder()).toMatchObject({ code: 'offline' });

  expect(names()).toEqual(['By language', 'Our rules', 'Third']);
});

test('an answer from before a move does not undo it', async () => {
  const { plugins, names } = await listed();

  const late = plugins.load();
  plugins.place(RULES, 0);
  await late;

  expect(names()).toEqual(['Our rules', 'By language', 'Third']);
});

test('a plugin that came before the list does not stand in its way', async () => {
  const hub = new ListHub();
  const plugins = new Plugins(hub);

  const late = plugins.load();
  plugins.renew(plugin());
  await late;

  expect(plugins.list.value).toHaveLength(3);
});

test('a file of a known plugin is a further version of it, an unknown one stands at the end', async () => {
  const { plugins, hub, names } = await listed();

  expect(await plugins.send(file('languages.wasm'))).toMatchObject({ isNew: false, plugin: { newest: 4 } });
  expect(plugins.get(LANGUAGES)?.newest).toBe(4);
  hub.uploaded = plugin({ id: '01HZ8VPQRS00A', name: 'Fresh' });
  expect(await plugins.send(file('fresh.wasm'))).toMatchObject({ isNew: true });

  expect(names().at(-1)).toBe('Fresh');
  expect(plugins.upload.value).toBeNull();
});

test('while a file is on its way no second one is sent; a refusal stands until it is put away', async () => {
  const { plugins, hub } = await listed();
  hub.refuse = REFUSED;

  const first = plugins.send(file('one.wasm'));
  expect(plugins.upload.value).toMatchObject({ file: 'one.wasm', bytes: 4, problem: null });
  plugins.dismiss();
  expect(plugins.upload.value).not.toBeNull();
  expect(await plugins.send(file('two.wasm'))).toBeNull();
  expect(plugins.upload.value?.file).toBe('one.wasm');
  expect(await first).toBeNull();

  expect(plugins.upload.value?.problem).toEqual(REFUSED);
  plugins.dismiss();
  expect(plugins.upload.value).toBeNull();
});

test('deleting twice is deleting once; any other refusal keeps it in the list', async () => {
  const { plugins, hub, names } = await listed();
  hub.refuse = { code: 'busy', status: 503 };
  expect(await plugins.remove(RULES)).toMatchObject({ code: 'busy' });
  expect(names()).toContain('Our rules');

  hub.refuse = { code: 'unknown_plugin', status: 404 };
  expect(await plugins.remove(RULES)).toBeNull();

  expect(names()).not.toContain('Our rules');
});

test('trying now puts the pause away, switching on shows at once', async () => {
  const { plugins, hub } = await listed();
  const off = plugin({ health: { ...plugin().health, off_for_seconds: 30 } });
  hub.kept = [off, rulesTable({ live: null })];
  await plugins.load();

  await plugins.tryNow(LANGUAGES);
  await plugins.life(RULES, { live: 1, shadow: null });

  expect(plugins.get(LANGUAGES)?.health.off_for_seconds).toBeNull();
  expect(plugins.get(RULES)?.live).toBe(1);
});

test('what a plugin does now: it decides, rests, is compared, or is a draft', () => {
  expect(stateOf(plugin({ live: 1, shadow: 2 }))).toBe('live');
  expect(stateOf(plugin({ live: null, off_reason: 'damaged', shadow: 2 }))).toBe('rests');
  expect(stateOf(plugin({ live: null, shadow: 2 }))).toBe('shadow');
  expect(stateOf(plugin({ live: null }))).toBe('draft');
});
