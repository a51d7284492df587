/** What is asked of the CRM (HubSpot, objects API v3) and how its answer is read. Knows no hub: see crm.test.ts. */

import type { Context, HttpRequest, HttpResponse, Profile, Result, Visitor } from '../../sdk/typescript/types';
import { attribute, isOn, text } from '../../sdk/typescript/values';

export const HOST = 'api.hubapi.com';

/** What is shown about a contact, in this order: the name in the CRM and the one on the card. */
const SHOWN = [
  ['company', 'Company'],
  ['jobtitle', 'Position'],
  ['lifecyclestage', 'Stage'],
  ['hs_lead_status', 'Lead status'],
  ['num_associated_deals', 'Deals'],
] as const;

/** Longer values are cut: a card is read at a glance. */
const VALUE_CHARACTERS = 80;

type Properties = Record<string, string | null | undefined>;

const NOTHING: Profile = { name: null, attributes: [], tags: [] };

/** One search by e-mail address, if the visitor gave one. */
export function requests(context: Context, visitor: Visitor): HttpRequest[] {
  const email = visitor.email?.trim().toLowerCase();
  if (!email?.includes('@')) return [];
  const search = {
    filterGroups: [{ filters: [{ propertyName: 'email', operator: 'EQ', value: email }] }],
    properties: ['firstname', 'lastname', ...SHOWN.map(([property]) => property)],
    limit: 1,
  };
  const headers = [
    // The setting holds a placeholder; the hub puts the secret in on its way out.
    attribute('authorization', `Bearer ${text(context, 'token') ?? ''}`),
    attribute('content-type', 'application/json'),
  ];
  const body = bytes(JSON.stringify(search));
  return [{ method: 'POST', url: `https://${HOST}/crm/v3/objects/contacts/search`, headers, body }];
}

/** The first contact found, as a card; nothing if there is none or the CRM did not answer. */
export function enrich(context: Context, responses: Result<HttpResponse, string>[]): Profile {
  const answer = responses[0];
  if (answer?.tag !== 'ok' || answer.val.status !== 200) return NOTHING;
  const contact = firstContact(characters(answer.val.body));
  if (!contact) return NOTHING;
  const { id, properties } = contact;
  const name = [properties.firstname, properties.lastname].filter(Boolean).join(' ').slice(0, VALUE_CHARACTERS);
  const attributes = SHOWN.flatMap(([property, label]) => {
    const value = properties[property];
    return value ? [attribute(label, value.slice(0, VALUE_CHARACTERS))] : [];
  });
  const portal = text(context, 'portal');
  if (portal) attributes.push(attribute('Contact', `https://app.hubspot.com/contacts/${portal}/contact/${id}`));
  const isWorthy = properties.lifecyclestage === text(context, 'stage');
  return { name: name || null, attributes, tags: isWorthy && isOn(context, 'tagging') ? ['vip'] : [] };
}

/** Why there is no card, for the log; null if there is one or nothing was asked. */
export function complaint(responses: Result<HttpResponse, string>[]): string | null {
  const answer = responses[0];
  if (!answer) return null;
  if (answer.tag === 'err') return `no answer: ${answer.val}`;
  return answer.val.status === 200 ? null : `the CRM answered ${answer.val.status}`;
}

function firstContact(json: string): { id: string; properties: Properties } | null {
  try {
    const contact: unknown = JSON.parse(json)?.results?.[0];
    if (typeof contact !== 'object' || contact === null || !('id' in contact) || !('properties' in contact))
      return null;
    const { id, properties } = contact;
    if (typeof properties !== 'object' || properties === null) return null;
    const texts = Object.entries(properties).filter(([, value]) => typeof value === 'string');
    return { id: encodeURIComponent(String(id)), properties: Object.fromEntries(texts) };
  } catch {
    return null;
  }
}

/** UTF-8 by hand: QuickJS has no TextEncoder. */
function bytes(json: string): Uint8Array {
  const escaped = encodeURIComponent(json).replace(/%([0-9A-F]{2})/g, (_, hex) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return Uint8Array.from(escaped, (letter) => letter.charCodeAt(0));
}

/** Broken UTF-8 becomes an empty text, which is no JSON. */
function characters(utf8: Uint8Array | number[]): string {
  try {
    return decodeURIComponent(Array.from(utf8, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return '';
  }
}
