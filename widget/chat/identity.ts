/** Who the visitor is, as the page says it. */
import type { Shelf } from '../kit/shelf';
import type { IdentityClaim } from '../kit/wire';

/** Reads what a page handed over; a page may hand over anything, the hub wants texts. */
export function claimOf(json: string | undefined): IdentityClaim | undefined {
  const told: Partial<Record<string, unknown>> | null = json === undefined ? null : JSON.parse(json);
  if (told === null || typeof told !== 'object') return undefined;
  const attributes = Object.entries(told.attributes ?? {}).map(([name, value]) => [name, `${value}`]);
  const texts = ['name', 'email', 'signature'].filter((name) => typeof told[name] === 'string');
  return { attributes: Object.fromEntries(attributes), ...Object.fromEntries(texts.map((name) => [name, told[name]])) };
}

/** Is this somebody else than the one this browser knew? From now on it knows this one. */
export function isAnother(claim: IdentityClaim, shelf: Shelf): boolean {
  const email = claim.email?.trim().toLowerCase();
  const known = shelf.get('who');
  if (!email || email === known) return false;
  shelf.set('who', email);
  return known !== undefined;
}
