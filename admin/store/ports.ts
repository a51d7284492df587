// What the desk asks of the world around it, and what it tells.
import type { Shelf } from '../../widget/kit/shelf';
import type { ChatId, FromConsultant, Limits, Refusal, WaitingVisitor } from '../../widget/kit/wire';
import type { World } from '../../widget/kit/world';
import type { Api } from './api';
import type { OfferEnd } from './offers';
import type { Visit } from './visit';

/** Something a consultant should hear of. */
export type News =
  | { what: 'waits'; visitor: WaitingVisitor }
  | { what: 'said'; visit: Visit; body: string }
  | { what: 'accepted'; visit: Visit }
  /** The rules gave this desk a chat without asking. */
  | { what: 'given'; visit: Visit }
  /** An offer to this consultant ended without an answer of this window. */
  | { what: 'offer_over'; visitor: WaitingVisitor; why: OfferEnd }
  | { what: 'refused'; refusal: Refusal }
  /** The chat is no longer answered here; `unsent` was not delivered. */
  | { what: 'lost'; chat: ChatId; unsent: readonly string[] }
  /** The visitor wrote while the chat was about to close. */
  | { what: 'stays'; visit: Visit };

/** The socket, as far as the desk needs it. */
export interface DeskLine {
  /** False when nobody would get it. */
  send: (frame: FromConsultant) => boolean;
  /** Reconnects, which resumes every chat. */
  resume: () => void;
}

export interface DeskPorts {
  line: DeskLine;
  api: Api;
  /** Belongs to the account: another one at this browser sends nothing of it. */
  shelf: Shelf;
  news: (news: News) => void;
  world?: World;
}

/** The limits until the hub tells its own. */
export const LIMITS: Limits = { body_chars: 4_000, messages_per_second: 10, burst: 20, unacked: 32 };
