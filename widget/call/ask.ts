/** What the call page asks of the hub: half-hours that can be ordered, and an order. */

/** The times of day of one date at which a call can be ordered. */
export interface HalfHours {
  readonly date: string;
  readonly half_hours: readonly string[];
}

/** What an order says; without a name, note or consultant the fields are left out. */
export interface NewOrder {
  /** Under the same name it may be asked again, and is one order. */
  readonly cid: string;
  readonly package: string;
  readonly phone: string;
  readonly email: string;
  readonly date: string;
  readonly time: string;
  readonly name?: string;
  readonly note?: string;
  readonly consultant?: string;
  readonly consented?: boolean;
}

/** What was ordered. */
export interface Ordered {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly date: string;
  readonly time: string;
  readonly zone: string;
}

/** Why it was not: a field by its JSON pointer, too many, or the hub cannot now. */
export interface Refused {
  readonly code: string;
  readonly pointer?: string;
  readonly retry_after_ms?: number;
}

/** The line was lost: nobody knows whether the hub heard it. */
export const LOST = 'lost';
/** There was no line to begin with. */
export const OFFLINE = 'offline';

const PATIENCE_MS = 20_000;

/** The half-hours of some days from a date on; nothing when they cannot be had now. */
export async function askHalfHours(key: string, from: string, days: number): Promise<readonly HalfHours[] | undefined> {
  const query = new URLSearchParams({ package: key, from, days: `${days}` });
  try {
    const answer = await fetch(`/v1/visitor/half-hours?${query}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!answer.ok) return undefined;
    const { days: found } = (await answer.json()) as { days: HalfHours[] };
    return found;
  } catch {
    return undefined;
  }
}

/** Orders a call. */
export async function askOrder(order: NewOrder): Promise<Ordered | Refused> {
  if (!navigator.onLine) return { code: OFFLINE };
  try {
    const answer = await fetch('/v1/visitor/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(order),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return (await answer.json()) as Ordered | Refused;
  } catch {
    return { code: LOST };
  }
}
