/** Every reason a call ends for, and how far it had come. */
import type { CallReason } from '../../widget/kit/wire';

/** Nobody was rung; it rang; it was answered, but nobody heard anybody; both talked. */
type Reached = 'nobody' | 'ring' | 'answer' | 'talk';

/** A new reason does not compile without its line. */
export const ENDS = {
  visitor_hangup: 'talk',
  consultant_hangup: 'talk',
  transferred: 'talk',
  peer_lost: 'talk',
  time_limit: 'talk',
  server_shutdown: 'talk',
  error: 'talk',
  connect_failed: 'answer',
  mic_denied: 'answer',
  cancelled: 'ring',
  declined: 'ring',
  no_answer: 'ring',
  busy: 'nobody',
  outside_hours: 'nobody',
} as const satisfies Record<CallReason, Reached>;

export const REASONS = Object.keys(ENDS) as CallReason[];

/** Whoever declined is told nothing more, nor is a desk that never rang; the list of calls has them all. */
export function isTold(reason: CallReason): boolean {
  return ENDS[reason] !== 'nobody' && reason !== 'declined';
}
