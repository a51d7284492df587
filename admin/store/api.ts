// The hub's HTTP answers: the one place that fetches, and the JSON door of everything that is not a frame.
import type { ChatId, Event, Face, Moment, Seq } from '../../widget/kit/wire';

/** The account this browser is signed in as. */
export interface Account {
  account: string;
  email: string;
  given_name: string;
  family_name: string;
  photo?: string;
  role: 'owner' | 'consultant';
  takes_calls: boolean;
  sends_transcripts: boolean;
  has_second_factor: boolean;
  language: Language;
  business: { id: string; name: string };
}

export type Language = 'pl' | 'en';

/** Why a request was refused: a stable code, and the field it speaks of. */
export interface Problem {
  /** `offline` when no answer came at all. */
  code: string;
  status: number;
  pointer?: string;
  retryMs?: number;
  /** What the hub says about it, for codes whose words only it knows. */
  detail?: string;
  /** Every field that is wrong, where there may be several. */
  errors?: readonly FieldError[];
}

/** What is wrong with one field. */
export interface FieldError {
  pointer: string;
  code: string;
  message: string;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** One page of a chat, oldest first. */
export interface EventsPage {
  events: Event[];
  faces: Face[];
  more: boolean;
}

/** A finished chat of a visitor. */
export interface PreviousChat {
  id: ChatId;
  opened_at: Moment;
  closed_at: Moment;
  messages: number;
  preview: string;
  consultants: Face[];
}

/** What the first owner fills in. */
export interface SetUpForm {
  token: string;
  business: string;
  given_name: string;
  family_name: string;
  email: string;
  password: string;
  language: Language;
}

/** Events asked for at once when an older page is loaded. */
const PAGE_EVENTS = 100;

/** An answer that takes longer counts as none. */
const PATIENCE_MS = 20_000;

export const api = {
  me: () => ask<Account>('GET', '/v1/me'),
  /** `code` is of the second factor, or a recovery code. */
  signIn: (email: string, password: string, code?: string) =>
    ask<Account>('POST', '/v1/sign-in', { email, password, ...(code === undefined ? {} : { code }) }),
  signOut: () => ask<void>('POST', '/v1/sign-out', {}),
  setUp: (form: SetUpForm) => ask<Account>('POST', '/v1/setup', form),
  setLanguage: (language: Language) => ask<Account>('PATCH', '/v1/me', { language }),
  ticket: () => ask<{ ticket: string }>('POST', '/v1/ticket', {}),
  previous: (chat: ChatId) => ask<{ chats: PreviousChat[] }>('GET', `/v1/chats/${chat}/previous`),
  events: (chat: ChatId, before?: Seq) =>
    ask<EventsPage>(
      'GET',
      `/v1/chats/${chat}/events?limit=${PAGE_EVENTS}${before === undefined ? '' : `&before=${before}`}`,
    ),
};

export type Api = typeof api;

/** Asks the hub; every other file asks through this. A file goes as it is, everything else as JSON. */
export async function ask<T>(
  method: string,
  path: string,
  body?: object | Blob,
  patienceMs = PATIENCE_MS,
): Promise<Answer<T>> {
  try {
    const answer = await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMs),
      ...(method === 'GET' ? {} : packed(body)),
    });
    const text = await answer.text();
    // The JSON door: the hub's answers are believed, they are described by its API.
    if (answer.ok) return { ok: true, value: (text === '' ? undefined : JSON.parse(text)) as T };
    return { ok: false, problem: problem(answer, text) };
  } catch {
    return { ok: false, problem: { code: 'offline', status: 0 } };
  }
}

/** A write names its type even without a body: a form of a foreign page cannot. */
function packed(body?: object | Blob): RequestInit {
  if (body === undefined) return { headers: { 'Content-Type': 'application/json' } };
  const [kind, text] = body instanceof Blob ? [fileType(body), body] : ['application/json', JSON.stringify(body)];
  return { headers: { 'Content-Type': kind }, body: text };
}

/** Images are known by their bytes; a plugin says what it is. */
function fileType(file: Blob): string {
  return file.type === 'application/wasm' ? file.type : 'application/octet-stream';
}

function problem(answer: Response, text: string): Problem {
  const said = read(text);
  const seconds = Number(answer.headers.get('Retry-After') ?? Number.NaN);
  const retryMs = typeof said.retry_after_ms === 'number' ? said.retry_after_ms : seconds * 1000;
  return {
    code: typeof said.code === 'string' ? said.code : 'failed',
    status: answer.status,
    ...(typeof said.pointer === 'string' ? { pointer: said.pointer } : {}),
    ...(Number.isFinite(retryMs) ? { retryMs } : {}),
    ...(typeof said.detail === 'string' ? { detail: said.detail } : {}),
    ...(Array.isArray(said.errors) ? { errors: said.errors.filter(isFieldError) } : {}),
  };
}

function isFieldError(one: unknown): one is FieldError {
  if (typeof one !== 'object' || one === null) return false;
  const { pointer, code, message } = { pointer: null, code: null, message: null, ...one };
  return [pointer, code, message].every((part) => typeof part === 'string');
}

function read(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // A proxy in between answers in its own words.
    return {};
  }
}
