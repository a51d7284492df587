// Plugins as tests make them up: one with every kind of field, a rule table, and a hub that keeps them in memory.
import type { Page, Route } from '@playwright/test';
import type { FieldError } from '../../admin/store/api';
import type { Life, PluginChange, PluginDetail, PluginVersion } from '../../admin/store/api-plugins';
import type { Field, FieldKind } from '../../admin/store/plugin-form';

export const LANGUAGES = '01HZ8VPQRS001';
export const RULES = '01HZ8VPQRS002';
const AT = Date.UTC(2026, 10, 3, 9, 30);

export function field(key: string, label: string, kind: FieldKind, more: Partial<Field> = {}): Field {
  const english = (text: string) => (text === '' ? [] : [{ language: 'en', text }]);
  return {
    key,
    label: english(label),
    help: [],
    section: null,
    kind,
    required: false,
    default: null,
    visible_when: null,
    ...more,
  };
}

const help = (text: string) => ({ help: [{ language: 'en', text }] });
const option = (value: string, text: string) => ({ value, label: [{ language: 'en', text }] });

/** One of every kind. */
export const FIELDS: readonly Field[] = [
  field(
    'how',
    'How it routes',
    { Choice: [option('language', 'By language'), option('least', 'Least busy'), option('turns', 'In turns')] },
    { required: true, default: { key: 'how', value: { Text: 'language' } }, ...help('Who gets the next visitor.') },
  ),
  field(
    'languages',
    'Languages of the team',
    { Choices: [option('pl', 'Polish'), option('en', 'English'), option('de', 'German'), option('uk', 'Ukrainian')] },
    {
      default: { key: 'languages', value: { Texts: ['pl', 'en'] } },
      visible_when: { key: 'how', one_of: ['language'] },
    },
  ),
  field(
    'most',
    'Chats for each consultant',
    { Integer: { min: 1, max: 10, step: 1, unit: null } },
    { default: { key: 'most', value: { Integer: 4 } }, ...help('With more than this, visitors wait.') },
  ),
  field('anyone', 'If nobody speaks it, take anyone', 'Toggle', {
    default: { key: 'anyone', value: { Toggle: true } },
  }),
  field('url', 'Tell this address', 'Url', help('A POST after each decision.')),
  field('token', 'Token', 'Secret', { section: 'Your CRM', ...help('It stands in the header of each request.') }),
  field('mail', 'Mail', 'Email', { section: 'Your CRM' }),
  field('phone', 'Phone', 'Phone', { section: 'Your CRM' }),
  field('note', 'Note', { Text: { max_length: 200, multiline: true, pattern: null } }, { section: 'Your CRM' }),
  field('night', 'Night shift begins', 'TimeOfDay', { section: 'When' }),
  field('until', 'Until', 'Date', { section: 'When' }),
  field('wait', 'Patience', 'Duration', {
    section: 'When',
    required: true,
    default: { key: 'wait', value: { Integer: 90 } },
  }),
  field('share', 'Share', { Number: { min: 0, max: 1 } }, { section: 'When' }),
  field('color', 'Color', 'Colour', { section: 'Who' }),
  field('tongue', 'Language', 'Language', { section: 'Who' }),
  field('chief', 'Who is asked first', 'Consultant', { section: 'Who' }),
  field('team', 'Night team', 'Consultants', { section: 'Who' }),
  field('queue', 'Queue', 'Queue', { section: 'Who' }),
  field('skill', 'Skill', 'Skill', { section: 'Who' }),
  field(
    'holidays',
    'Holidays',
    {
      Table: [
        { key: 'name', label: [{ language: 'en', text: 'Name' }], kind: 'Text' },
        { key: 'day', label: [{ language: 'en', text: 'Day' }], kind: 'Date' },
        { key: 'shut', label: [{ language: 'en', text: 'Closed' }], kind: 'Toggle' },
        {
          key: 'how',
          label: [{ language: 'en', text: 'Greeting' }],
          kind: { Choice: [option('warm', 'Warm'), option('short', 'Short')] },
        },
      ],
    },
    { section: 'Who', default: { key: 'holidays', value: { Rows: [['Christmas', '2026-12-25', 'true', 'warm']] } } },
  ),
];

export function version(number: number, more: Partial<PluginVersion> = {}): PluginVersion {
  return {
    version: number,
    label: `1.${number - 1}.0`,
    digest: `${number}0a3f9c2b7d41e8`.repeat(5).slice(0, 64),
    hooks: ['routing'],
    uploaded_at: AT + number * 86_400_000,
    uploaded_by: 'Olga Owner',
    went_live_at: null,
    ...more,
  };
}

export function plugin(more: Partial<PluginDetail> = {}): PluginDetail {
  return {
    id: LANGUAGES,
    kind: 'wasm',
    key: 'example.languages',
    name: 'By language',
    summary: 'Who speaks the language of the visitor gets them.',
    live: 2,
    shadow: null,
    newest: 3,
    packages: null,
    hooks: ['routing'],
    off_reason: null,
    health: {
      asked: 1204,
      failed: 0,
      last_failure: null,
      last_failed_at: null,
      off_for_seconds: null,
      p50_us: 310,
      p99_us: 2400,
    },
    author: 'Bakery Tools',
    homepage: 'https://tools.bakery.example/languages',
    hosts: ['crm.bakery.example'],
    fields: [...FIELDS],
    settings: { token: '{{secret:token}}' },
    versions: [version(3), version(2, { went_live_at: AT + 9e8 }), version(1, { went_live_at: AT + 1e8 })],
    rows: null,
    ...more,
  };
}

export function rulesTable(more: Partial<PluginDetail> = {}): PluginDetail {
  return plugin({
    id: RULES,
    kind: 'table',
    key: 'rule-table-1',
    name: 'Our rules',
    summary: '',
    live: null,
    newest: 1,
    author: '',
    homepage: null,
    hosts: [],
    fields: [],
    settings: {},
    versions: [version(1, { label: '' })],
    rows: [],
    ...more,
  });
}

/** The routes of plugins, kept in memory; everything else is the real hub's. */
export class PluginsWorld {
  kept: PluginDetail[];
  /** What was sent, as method, path and body. */
  readonly sent: { method: string; path: string; body: unknown }[] = [];
  /** What the next change of settings is refused with. */
  flaws: FieldError[] = [];
  /** What the next upload is refused with. */
  refusal: string | null = null;

  constructor(kept: PluginDetail[]) {
    this.kept = kept;
  }

  async serve(page: Page): Promise<void> {
    await page.route(/\/v1\/plugins(\/|$)/, (route) => this.#answer(route));
  }

  #answer(route: Route): Promise<void> {
    const request = route.request();
    const path = new URL(request.url()).pathname.replace('/v1/plugins', '');
    const isJson = request.headers()['content-type']?.includes('json') ?? false;
    const body = isJson && request.postData() ? JSON.parse(request.postData() ?? '') : null;
    const method = request.method();
    if (method !== 'GET') this.sent.push({ method, path, body });
    const [, id, what] = path.split('/');
    if (path === '' && method === 'GET') return route.fulfill({ json: { plugins: this.kept } });
    if (path === '' && method === 'POST') return this.#upload(route);
    if (path === '/order') {
      this.kept = body.order.map((one: string) => this.kept.find((kept) => kept.id === one));
      return route.fulfill({ status: 204 });
    }
    if (path === '/tables') return this.#keep(route, rulesTable({ name: body.name }), 201);
    const one = this.kept.find((kept) => kept.id === id);
    if (one === undefined) return route.fulfill({ status: 404, json: { code: 'unknown_plugin' } });
    if (method === 'GET') return route.fulfill({ json: one });
    if (method === 'DELETE') {
      this.kept = this.kept.filter((kept) => kept.id !== id);
      return route.fulfill({ status: 204 });
    }
    if (what === 'try') return route.fulfill({ status: 204 });
    if (what === 'life') {
      const life: Life = body;
      return this.#keep(route, { ...one, ...life, off_reason: null });
    }
    return this.#change(route, one, body);
  }

  #change(route: Route, one: PluginDetail, change: PluginChange): Promise<void> {
    if (this.flaws.length > 0) {
      const errors = this.flaws.splice(0);
      return route.fulfill({ status: 422, json: { code: 'invalid_settings', errors } });
    }
    const { token: _, ...settings } = change.settings ?? one.settings;
    return this.#keep(route, { ...one, ...change, settings: { ...settings, token: '{{secret:token}}' } });
  }

  #upload(route: Route): Promise<void> {
    if (this.refusal !== null) {
      return route.fulfill({ status: 422, json: { code: 'plugin_refused', detail: this.refusal } });
    }
    return this.#keep(route, plugin({ live: null }), 201);
  }

  #keep(route: Route, one: PluginDetail, status = 200): Promise<void> {
    const at = this.kept.findIndex((kept) => kept.id === one.id);
    this.kept = at < 0 ? [...this.kept, one] : this.kept.with(at, one);
    return route.fulfill({ status, json: one });
  }
}
