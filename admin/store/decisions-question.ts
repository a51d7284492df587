// What the hub asked about a visitor, read from the recorded JSON; what a newer hub tells otherwise is left out.
import type { Question } from './api-decisions';

export type Stage =
  | 'Arrived'
  | { Unanswered: number }
  | { Waiting: number }
  | { Transferred: string }
  | { Abandoned: string };

export interface Attribute {
  key: string;
  value: string;
}

export interface AskedConsultant {
  id: string;
  name: string;
  presence: 'Available' | 'Busy' | 'Away';
  presence_for: number;
  languages: string[];
  skills: string[];
  active_chats: number;
  max_chats: number;
  in_call: boolean;
  last_assigned: number | null;
  facts: Attribute[];
}

export interface AskedVisitor {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  language: string;
  country: string | null;
  page_url: string;
  referrer: string | null;
  browser: string;
  os: string;
  visits: number;
  previous_chats: number;
  last_consultant: string | null;
  attributes: Attribute[];
  tags: string[];
}

export interface RouteRequest {
  medium: 'Chat' | 'Call';
  stage: Stage;
  attempts: number;
  visitor: AskedVisitor;
  wished: string | null;
  topic: string | null;
  first_message: string | null;
  consultants: AskedConsultant[];
  queues: { id: string; name: string; waiting: number; longest_wait: number; members: string[]; facts: Attribute[] }[];
  facts: Attribute[];
}

export interface RouteContext {
  now: number;
  local: {
    date: { year: number; month: number; day: number };
    weekday: string;
    minute: number;
    utc_offset_minutes: number;
    zone: string;
  };
  package_id: string;
  package_name: string;
  open: boolean;
  settings: unknown[];
  seed: number;
  facts: Attribute[];
}

export interface RouteQuestion {
  hook: 'route';
  ctx: RouteContext;
  request: RouteRequest;
}

/** No limit, as the hub tells it. */
export const NO_LIMIT = 4_294_967_295;

/** The fact that says how long the visitor waits. */
export const WAITING_FACT = 'waiting-seconds';

/** The question when it is one about who gets a visitor and has all parts. */
export function routeOf(question: unknown): RouteQuestion | null {
  if (!isObject(question) || question.hook !== 'route') return null;
  const { ctx, request } = question;
  if (!isObject(ctx) || !isObject(ctx.local) || !isObject(request) || !isObject(request.visitor)) return null;
  const hasLists = [request.consultants, request.queues, request.facts].every(Array.isArray);
  // The JSON door: the hub wrote it, or an owner edited it and the hub reads it again.
  return hasLists ? (question as unknown as RouteQuestion) : null;
}

/** Can this consultant take one more visitor? As the hub sees it. */
export function isFree(one: AskedConsultant, medium: RouteRequest['medium']): boolean {
  const hasRoom = medium === 'Call' || one.active_chats < one.max_chats;
  return one.presence === 'Available' && !one.in_call && hasRoom;
}

export function waitedSeconds({ stage, facts }: Pick<RouteRequest, 'stage' | 'facts'>): number {
  if (typeof stage === 'object' && 'Waiting' in stage) return stage.Waiting;
  return Number(facts.find(({ key }) => key === WAITING_FACT)?.value ?? 0) || 0;
}

/** Names of the consultants in a question, by id. */
export function namesIn(question: Question): ReadonlyMap<string, string> {
  return new Map(routeOf(question)?.request.consultants.map(({ id, name }) => [id, name]));
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
