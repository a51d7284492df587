// Decisions in words, and questions of the playground, without a browser.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { isSubject, subjectOf } from '../../admin/store/decisions';
import { answerWords, differenceWords, retold, stageWords, verdictWords } from '../../admin/store/decisions-words';
import { Playground, readQuestion } from '../../admin/store/playground';
import { example, free, wait } from '../../admin/store/playground-question';
import type { Known } from '../../admin/store/rule-table-known';
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
const PRESENT = { now: Date.UTC(2026, 10, 23, 9, 30), zone: 'UTC', language: 'pl' };

test('sentences of the hub are said in the words of the desk, with names', () => {
  english();
  const names = new Map([[ANNA, 'Anna Nowak']]);

  expect(retold(`offers ${ANNA}, Ben (one by one, 20 s), then Carl (all at once, 0 s)`, names)).toBe(
    'offered to Anna Nowak, Ben (one by one, 20 s); then Carl (given at once)',
  );
  expect(retold('queue shop, priority -3, asks again after 30 s', names)).toBe(
    'waits in the queue, asked again after 30 s',
  );
  expect(retold('refuses and offers a callback: Later?', names)).toBe('is refused and offered a callback: “Later?”');
  expect(retold('does something new', names)).toBe('does something new');
});

test('each row says why it did not decide', () => {
  english();
  const said = (verdict: string, text: string) => verdictWords({ row: 1, name: 'VIP', verdict, text });

  expect(said('missed', 'page address is https://a.example/is it')).toBe('page address is https://a.example/is it');
  expect(said('missed', 'country is not known')).toBe('country is not known');
  expect(said('impossible', 'this package has no such queue')).toBe('this package has no such queue');
  expect(said('not_reached', 'not reached')).toBe('not reached: a rule above decided');
});

test('an example question has the consultants of the business, and its fields change it', () => {
  const question = example(KNOWN, null, PRESENT);
  const { request } = question;

  expect(request.consultants.map(({ name }) => name)).toEqual(['Anna']);
  expect(question.ctx.package_id).toBe(SHOP);
  wait(request, 61);
  expect(request.stage).toEqual({ Waiting: 61 });
  expect(request.facts).toEqual([{ key: 'waiting-seconds', value: '61' }]);
  free(request, ANNA, false);
  expect(request.consultants[0]?.presence).toBe('Away');
  const busy = request.consultants[0];
  if (busy) busy.active_chats = 3;
  free(request, ANNA, true);
  expect(request.consultants[0]).toMatchObject({ presence: 'Available', active_chats: 0, in_call: false });
});

test('a question that is no JSON says where', () => {
  expect(readQuestion('{\n  "hook": "route"\n  "ctx": {}\n}')).toMatchObject({ flaw: { what: 'json', line: 3 } });
  expect(readQuestion('{\n  "hook": route\n}')).toMatchObject({ flaw: { what: 'json', line: null } });
  expect(readQuestion('[]')).toEqual({ flaw: { what: 'shape' } });
  expect(readQuestion('{"hook":"route"}')).toEqual({ question: { hook: 'route' } });
});

test('an answer is told from its JSON, and from the words of the hub where that is strange', () => {
  english();
  const names = new Map([[ANNA, 'Anna Nowak']]);
  const offer = { Offer: [{ consultants: [ANNA], ring: 'LeastBusy', patience: 20 }] };
  const answer = { hook: 'route', answer: { decision: offer, reason: '', tags: [] } };

  expect(answerWords(answer, null, names)).toBe('offered to Anna Nowak (least busy first, 20 s)');
  expect(answerWords(answer.answer, null, names)).toBe('offered to Anna Nowak (least busy first, 20 s)');
  expect(answerWords({ decision: 'Inherit' }, null, names)).toBe('leaves it to the next rule');
  expect(answerWords({ decision: { Shrug: 1 } }, 'shrugs', names)).toBe('shrugs');
  expect(answerWords({ hook: 'plan-days', answer: [] }, null, names)).toBe('answered');
  expect(answerWords(null, 'leaves it to the next rule', names)).toBe('leaves it to the next rule');
});

test('stages and differences are sentences', () => {
  english();
  const names = new Map([[ANNA, 'Anna Nowak']]);

  expect(stageWords({ stage: { Unanswered: 0 } }, names)).toBe('nobody took the visitor in step 1.');
  expect(stageWords({ stage: { Abandoned: ANNA } }, names)).toBe('Anna Nowak went away while talking.');
  expect(differenceWords({ at: '/tags/0', before: null, after: 'vip' }, names)).toBe('tags: also vip');
  const [before, after] = [`offers ${ANNA} (all at once, 20 s)`, 'leaves it to the next rule'];
  expect(differenceWords({ at: '', before, after }, names)).toBe(
    'leaves it to the next rule instead of offered to Anna Nowak (all at once, 20 s)',
  );
});

test('an id is taken from an address of the desk, too', () => {
  expect(subjectOf(' https://hub.example/admin/#/chat/0000000000shp ')).toBe(SHOP);
  expect(isSubject(SHOP)).toBe(true);
  expect(isSubject('')).toBe(true);
  expect(isSubject('SHOP')).toBe(false);
});

test('an answer is old once the question differs', async () => {
  const step = {
    who: '',
    plugin: null,
    version: '1',
    mode: 'active',
    sentence: null,
    differs: [],
    reason: '',
  } as const;
  const said = { ...step, differs: [], answer: null, notes: [], failure: null, cost: null, rows: [], logs: [] };
  const asked: object[] = [];
  const playground = new Playground({
    play: async (_id, _version, question) => {
      asked.push(question);
      return { ok: true, value: said };
    },
  });
  playground.text.value = 'nothing';
  await playground.run('T', 1);
  expect(asked).toEqual([]);

  playground.put(example(KNOWN, null, PRESENT));
  await playground.run('T', 1);
  expect(asked).toHaveLength(1);
  expect(playground.isOld.value).toBe(false);

  playground.edit((question) => wait(question.request, 5));
  expect(playground.isOld.value).toBe(true);
  expect(playground.route.value?.request.stage).toEqual({ Waiting: 5 });
});

function english(): void {
  const texts = readFileSync(new URL('../../admin/settings/plugins/locales/en.json', import.meta.url), 'utf8');
  speakWith('en', JSON.parse(texts));
}
