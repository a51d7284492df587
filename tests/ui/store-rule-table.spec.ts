// The rule table without a browser: what an owner can do to rows, what is wrong with them, sentences, and saving.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { PluginDetail } from '../../admin/store/api-plugins';
import {
  type Action,
  add,
  type Condition,
  changesOf,
  complete,
  copyName,
  hold,
  newAction,
  newCondition,
  newRow,
  place,
  type Row,
  remove,
  valuesOf,
} from '../../admin/store/rule-table';
import { problemsOf } from '../../admin/store/rule-table-checks';
import { RuleTableEditor, type TableApi } from '../../admin/store/rule-table-editor';
import type { Known } from '../../admin/store/rule-table-known';
import { sentence, wrongWords } from '../../admin/store/rule-table-words';
import { speakWith } from '../../admin/store/texts';

const ANNA = '0000000000ANN';
const SHOP = '0000000000SHP';
const KNOWN: Known = {
  people: [
    {
      ...{ id: ANNA, name: 'Anna Nowak', givenName: 'Anna', skills: ['sales'], languages: ['pl'] },
      ...{ mostChats: 3, takesCalls: true },
    },
  ],
  packages: [{ id: SHOP, name: 'Shop' }],
  skills: ['sales'],
};

function row(part: Partial<Row> = {}): Row {
  return { ...newRow('VIP'), ...part };
}

/** What a row does. */
function doing(action: Action): Pick<Row, 'then'> {
  // biome-ignore lint/suspicious/noThenProperty: the hub calls it so, and it is no function
  return { then: action };
}

function detail(rows: Row[], newest = 1): PluginDetail {
  return {
    ...{
      id: '0000000000TAB',
      kind: 'table',
      key: 'table',
      name: 'Rules',
      summary: '',
      live: null,
      shadow: null,
      newest,
    },
    ...{ packages: null, hooks: ['routing'], off_reason: null, author: '', homepage: null, hosts: [], fields: [] },
    ...{ settings: {}, versions: [], rows },
    health: {
      ...{ asked: 0, failed: 0, last_failure: null, last_failed_at: null, off_for_seconds: null, p50_us: 0, p99_us: 0 },
    },
  };
}

/** A hub that keeps what it is sent, or refuses it. */
class OneTable implements TableApi {
  sent: readonly Row[][] = [];
  refusal: { pointer: string; code: string; message: string }[] | null = null;

  async saveRows(_: string, rows: readonly Row[]) {
    if (this.refusal !== null) {
      return { ok: false, problem: { code: 'invalid_table', status: 422, errors: this.refusal } } as const;
    }
    this.sent = [...this.sent, [...rows]];
    return { ok: true, value: detail([...rows], this.sent.length + 1) } as const;
  }

  async life(_: string, { live, shadow }: { live: number | null; shadow: number | null }) {
    return { ok: true, value: { ...detail(this.sent.at(-1) ?? [], live ?? 1), live, shadow } } as const;
  }
}

const pointers = (rows: readonly Row[]) => problemsOf(rows).map(({ pointer, code }) => `${pointer} ${code}`);

test('rows move to any place, and nowhere past the ends', () => {
  const held = hold([row({ name: 'A' }), row({ name: 'B' }), row({ name: 'C' })]);
  const names = (rows: typeof held) => rows.map((one) => one.row.name).join('');

  expect(names(place(held, 0, 2))).toBe('BCA');
  expect(names(place(held, 2, 0))).toBe('CAB');
  expect(names(place(held, 1, 1))).toBe('ABC');
  expect(place(held, 0, -1)).toBe(held);
  expect(place(held, 2, 3)).toBe(held);
  expect(place(held, 9, 0)).toBe(held);
  expect(names(add(held, row({ name: 'N' }), 3, 0))).toBe('ANBC');
  expect(names(remove(held, 1))).toBe('AC');
});

test('changes are counted by rows, and an order alone is one', () => {
  const kept = [row({ name: 'A' }), row({ name: 'B' }), row({ name: 'C' })];
  const held = hold(kept);

  expect(changesOf(kept, held)).toBe(0);
  expect(changesOf(kept, place(held, 0, 2))).toBe(1);
  expect(changesOf(kept, remove(held, 0))).toBe(1);
  expect(changesOf(kept, add(held, row(), 3))).toBe(1);
  expect(changesOf(kept, place(remove(held, 0), 2, 0))).toBe(2);
});

test('a copy gets a free name that fits', () => {
  expect(copyName('VIP', 'copy', [])).toBe('VIP (copy)');
  expect(copyName('VIP', 'copy', ['VIP (copy)'])).toBe('VIP (copy 2)');
  expect([...copyName('x'.repeat(80), 'copy', [])]).toHaveLength(80);
});

test('what the hub leaves out is filled in, so that nothing counts as changed', () => {
  const bare: Row = JSON.parse(`{ "name": "Queue", "then": { "do": "queue", "queue": "${SHOP}" } }`);

  expect(complete(bare)).toEqual({ ...row({ name: 'Queue' }), ...doing(newAction('queue', SHOP)) });
  expect(changesOf([bare], hold([bare]))).toBe(0);
});

test('every fault has the pointer of its cell, as the hub would tell it', () => {
  const bad: Row[] = [
    row({ name: ' ', ...doing({ do: 'offer', steps: [] }) }),
    row({
      when: [
        newCondition('language'),
        { fact: 'waiting_seconds', at_least: null, at_most: null },
        { fact: 'visits', at_least: 5, at_most: 2 },
        { fact: 'hour_of_day', from: 24, to: 0 },
        { fact: 'hour_of_day', from: 9, to: 9 },
      ],
      ...doing({
        do: 'offer',
        steps: [
          { to: { skill: '' }, ring: 'one_by_one', patience_seconds: 4 },
          { to: { consultants: [] }, ring: 'one_by_one', patience_seconds: 0 },
          { to: 'everybody', ring: 'one_by_one', patience_seconds: Number.NaN },
        ],
      }),
    }),
    row({ ...doing({ do: 'queue', queue: '', priority: 1001, message: null, reconsider_seconds: 4 }) }),
    row({ ...doing({ do: 'refuse', message: '  ', offer_callback: false }) }),
  ];

  expect(pointers(bad)).toEqual([
    '/rows/0/name missing',
    '/rows/0/then/steps missing',
    '/rows/1/when/0/values missing',
    '/rows/1/when/1 no_bounds',
    '/rows/1/when/2 never',
    '/rows/1/when/3/from out_of_range',
    '/rows/1/when/3/to out_of_range',
    '/rows/1/when/4 no_hours',
    '/rows/1/then/steps/0/patience_seconds out_of_range',
    '/rows/1/then/steps/0/to/skill missing',
    '/rows/1/then/steps/1/to/consultants missing',
    '/rows/1/then/steps/2/patience_seconds out_of_range',
    '/rows/2/then/queue missing',
    '/rows/2/then/priority out_of_range',
    '/rows/2/then/reconsider_seconds out_of_range',
    '/rows/3/then/message missing',
  ]);
  expect(pointers([row()])).toEqual([]);
});

test('values are what stands between commas or on lines, each once', () => {
  expect(valuesOf(' pl, en ,,pl')).toEqual(['pl', 'en']);
  expect(valuesOf('/a,b\n\n/c ', /\n/)).toEqual(['/a,b', '/c']);
});

test('a rule reads as a sentence', () => {
  english();
  const when: Condition[] = [
    { fact: 'language', test: 'one_of', values: ['pl', 'de'] },
    { fact: 'waiting_seconds', at_least: 60, at_most: null },
  ];
  const steps = [
    { to: { skill: 'sales' }, ring: 'all_at_once', patience_seconds: 20 },
    { to: { consultants: [ANNA, 'GONE000000000'] }, ring: 'one_by_one', patience_seconds: 0 },
  ] as const;
  const offers = row({ when, ...doing({ do: 'offer', steps: structuredClone([...steps]) as never }) });

  expect(sentence(offers, KNOWN)).toBe(
    'When language is pl or de and waiting at least 60 s → offer to skill sales, all at once, 20 s; ' +
      'then to Anna Nowak and somebody who is gone, one by one, given at once',
  );
  expect(sentence(row({ ...doing(newAction('queue', SHOP)) }), KNOWN)).toBe('Always → wait in the queue of Shop');
  const hours = row({ when: [{ fact: 'hour_of_day', from: 22, to: 6 }], ...doing({ do: 'built_in' }) });
  expect(sentence(hours, KNOWN)).toBe("When it is between 22:00 and 06:00 → leave it to the hub's rule");
  const named = row({ when: [{ fact: 'package', test: 'none_of', values: [SHOP] }], ...doing({ do: 'built_in' }) });
  expect(sentence(named, KNOWN)).toContain('package is not Shop');
});

test('a save is refused here first, then by the hub, at the same cells', async () => {
  const hub = new OneTable();
  const editor = new RuleTableEditor(detail([row({ name: 'A' })]), hub);
  const key = editor.add('');

  expect(await editor.save()).toBe('wrong');
  expect(hub.sent).toHaveLength(0);
  expect(editor.wrong('/rows/1')?.pointer).toBe('/rows/1/name');

  editor.change(key, { name: 'B ', ...doing({ do: 'offer', steps: [{ ...step(), to: { skill: 'gone' } }] }) });
  hub.refusal = [{ pointer: '/rows/1/then/steps/0/to/skill', code: 'unknown', message: 'is unknown' }];
  expect(await editor.save()).toBe('wrong');
  english();
  expect(wrongWords(editor.wrong('/rows/1/then/steps/0/to'))).toBe('This is not in the business any more.');

  hub.refusal = null;
  editor.change(key, { ...doing({ do: 'built_in' }) });
  expect(editor.problems.value).toEqual([]);
  expect(await editor.save()).toMatchObject({ detail: { newest: 2 } });
  expect(hub.sent[0]?.map(({ name }) => name)).toEqual(['A', 'B']);
  expect(editor.changes.value).toBe(0);
  expect(await editor.save()).toBe('nothing');
});

test('the newest version goes live and is no shadow any more', async () => {
  const editor = new RuleTableEditor({ ...detail([row()], 3), live: 1, shadow: 3 }, new OneTable());

  expect(await editor.makeLive()).toMatchObject({ detail: { live: 3, shadow: null } });
});

test('what was deleted or undone comes back where it was', () => {
  const rows = [row({ name: 'A' }), row({ name: 'B' }), row({ name: 'C' })];
  const editor = new RuleTableEditor(detail(rows), new OneTable());
  const names = () => editor.held.value.map((one) => one.row.name).join('');

  const bringBack = editor.remove(1);
  expect(names()).toBe('AC');
  bringBack();
  expect(names()).toBe('ABC');
  expect(editor.changes.value).toBe(0);

  editor.place(2, 0);
  const redo = editor.revert();
  expect(names()).toBe('ABC');
  redo();
  expect(names()).toBe('CAB');
});

function step() {
  return { to: 'everybody' as const, ring: 'all_at_once' as const, patience_seconds: 20 };
}

function english(): void {
  const texts = readFileSync(new URL('../../admin/settings/plugins/locales/en.json', import.meta.url), 'utf8');
  speakWith('en', JSON.parse(texts));
}
