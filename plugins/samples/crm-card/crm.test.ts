/** What is asked and how answers are read; plain Node, no hub. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context, HttpResponse, Result, Visitor } from '../../sdk/typescript/types';
import { complaint, enrich, requests } from './crm';

const context = {
  settings: [
    { key: 'token', value: { tag: 'text', val: '{{secret:token}}' } },
    { key: 'portal', value: { tag: 'text', val: '42' } },
    { key: 'tagging', value: { tag: 'toggle', val: true } },
    { key: 'stage', value: { tag: 'text', val: 'opportunity' } },
  ],
} as unknown as Context;

const visitor = (email: string | null) => ({ id: 'vera', email }) as Visitor;

function answer(body: string, status = 200): Result<HttpResponse, string>[] {
  return [{ tag: 'ok', val: { status, headers: [], body: new TextEncoder().encode(body) } }];
}

const found = (properties: object) => answer(JSON.stringify({ total: 1, results: [{ id: '7', properties }] }));

test('a visitor with an address is searched for, with the placeholder of the secret', () => {
  const [request] = requests(context, visitor(' Vera@Bakery.example '));

  assert.equal(request?.method, 'POST');
  assert.equal(request?.headers[0]?.value, 'Bearer {{secret:token}}');
  const body = JSON.parse(new TextDecoder().decode(request?.body));
  assert.equal(body.filterGroups[0].filters[0].value, 'vera@bakery.example');
});

test('an address with letters of any alphabet survives', () => {
  const [request] = requests(context, visitor('żółw@bakery.example'));

  assert.match(new TextDecoder().decode(request?.body), /żółw@bakery\.example/);
});

test('without an address nothing is asked', () => {
  assert.deepEqual(requests(context, visitor(null)), []);
  assert.deepEqual(requests(context, visitor('vera')), []);
});

test('a contact becomes a card', () => {
  const profile = enrich(
    context,
    found({ firstname: 'Zoë', lastname: 'Żak', company: 'Bakery', lifecyclestage: 'lead' }),
  );

  assert.equal(profile.name, 'Zoë Żak');
  assert.deepEqual(profile.attributes, [
    { key: 'Company', value: 'Bakery' },
    { key: 'Stage', value: 'lead' },
    { key: 'Contact', value: 'https://app.hubspot.com/contacts/42/contact/7' },
  ]);
  assert.deepEqual(profile.tags, []);
});

test('a contact of the chosen stage is tagged', () => {
  assert.deepEqual(enrich(context, found({ lifecyclestage: 'opportunity' })).tags, ['vip']);
});

test('a long value is cut and one that is no text left out', () => {
  const profile = enrich(context, found({ company: 'x'.repeat(500), jobtitle: 7 }));

  assert.equal(profile.attributes[0]?.value.length, 80);
  assert.equal(profile.attributes.length, 2);
});

test('no contact, no answer or nonsense is no card', () => {
  const nothing = { name: null, attributes: [], tags: [] };
  const silent: Result<HttpResponse, string>[][] = [
    [],
    [{ tag: 'err', val: 'timed out' }],
    answer('', 500),
    answer('<html>'),
    answer('null'),
    answer('{"results":[]}'),
    answer('{"results":[{"id":1,"properties":null}]}'),
    [{ tag: 'ok', val: { status: 200, headers: [], body: new Uint8Array([0xff, 0xfe]) } }],
  ];
  for (const responses of silent) {
    assert.deepEqual(enrich(context, responses), nothing);
  }
});

test('the log says why', () => {
  assert.equal(complaint([{ tag: 'err', val: 'timed out' }]), 'no answer: timed out');
  assert.equal(complaint(answer('', 401)), 'the CRM answered 401');
  assert.equal(complaint(found({})), null);
});
