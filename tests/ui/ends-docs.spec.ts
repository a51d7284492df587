/** What the guide says of the ends of a call is what the screens say. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import desk from '../../admin/locales/en.json' with { type: 'json' };
import type { CallReason } from '../../widget/kit/wire';
import english from '../../widget/locales/en.json' with { type: 'json' };
import { ENDS, isTold, REASONS } from './ends';

const GUIDE = readFileSync(new URL('../../docs/using/calls.md', import.meta.url), 'utf8');
const visitor = english.page;
const HEAD = '| reason | the list says | Vera, the visitor, reads | you read | what can be done next |';

/** The cells of a row by the reason it begins with. */
function rows(): Map<string, string[]> {
  const table = GUIDE.slice(GUIDE.indexOf(HEAD)).split('\n\n')[0] ?? '';
  const cells = table
    .split('\n')
    .slice(2)
    .map((row) => row.split('|').map((cell) => cell.trim()));
  return new Map(cells.map(([, reason = '', ...rest]) => [reason.replaceAll('`', ''), rest.slice(0, -1)]));
}

/** The text under this name; none is an empty one. */
function text(texts: object, key: string, slots: Record<string, string> = {}): string {
  const found: unknown = Reflect.get(texts, key);
  return typeof found === 'string' ? found.replace(/\{(\w+)\}/g, (_, slot) => slots[slot] ?? '') : '';
}

function expected(reason: CallReason): [list: string, visitor: string, consultant: string] {
  // The call goes on: neither the list nor the visitor sees an end.
  if (reason === 'transferred') {
    const handed = text(desk, 'call.end_handed', { name: 'Vera', colleague: 'Ben' });
    return [text(desk, 'call.goes_on'), 'the talk goes on with Ben', handed];
  }
  const how = text(desk, `call.how_${reason}`);
  const isMissed = ENDS[reason] === 'ring' || ENDS[reason] === 'nobody';
  const said = ['', '_text'].map((more) => text(visitor, `over.${reason}${more}`, { name: 'Anna' }));
  return [
    isMissed ? text(desk, 'call.missed_how', { how }) : how,
    said.filter(Boolean).join(' · '),
    isTold(reason) ? text(desk, `call.end_${reason}`, { name: 'Vera' }) : '–',
  ];
}

test('the guide has every end of a call, in the words of the screens', () => {
  const told = rows();

  expect([...told.keys()]).toEqual(REASONS);
  for (const reason of REASONS) {
    const [list, seen, heard, next] = told.get(reason) ?? [];
    expect([list, seen, heard], reason).toEqual(expected(reason));
    expect(next, reason).toMatch(/\w/);
  }
});
