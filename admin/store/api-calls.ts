// The hub's answers about calls that are over or go on.
import type { AccountId, CallId, CallReason, ChatId, Face, Moment, VisitorId } from '../../widget/kit/wire';
import { type Answer, ask } from './api';
import type { Part } from './pages';

/** Whom a call rang, and how that went. */
export interface RungConsultant {
  account: AccountId;
  name: string;
  at: Moment;
  /** `stopped`: it was answered elsewhere, taken back, or the time ran out for everybody. */
  outcome: 'answered' | 'declined' | 'missed' | 'stopped';
}

/** One call of the business. */
export interface CallRecord {
  id: CallId;
  /** Name of the package. */
  package: string;
  visitor: VisitorId;
  visitor_name?: string;
  /** The chat beside it. */
  chat?: ChatId;
  /** Who talked last. */
  consultant?: Face;
  asked_at: Moment;
  answered_at?: Moment;
  talking_since?: Moment;
  /** Absent while it goes on. */
  ended_at?: Moment;
  reason?: CallReason;
  is_missed: boolean;
  /** How long both heard each other. */
  seconds: number;
  rings: readonly RungConsultant[];
  /** Ten times the mean opinion score of what each side heard. */
  visitor_mos10?: number;
  consultant_mos10?: number;
  /** Stars of the visitor, 1–5. */
  rating?: number;
}

/** Which calls are wanted. */
export type Wanted = 'all' | 'missed';

interface CallsPage {
  calls: CallRecord[];
  /** Where the next page begins; absent on the last one. */
  next?: CallId;
}

export const callsApi = {
  list: async (wanted: Wanted, before?: CallId): Promise<Answer<Part<CallRecord>>> => {
    const query = [
      ...(wanted === 'missed' ? ['missed=true'] : []),
      ...(before === undefined ? [] : [`before=${before}`]),
    ];
    const answer = await ask<CallsPage>('GET', `/v1/calls${query.length > 0 ? `?${query.join('&')}` : ''}`);
    if (!answer.ok) return answer;
    return { ok: true, value: { entries: answer.value.calls, more: answer.value.next !== undefined } };
  },
};
