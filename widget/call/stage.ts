/** Where a visitor is with a call. */
import type { CallId, CallReason, Code } from '../kit/wire';

/** The screens of a call; none while there is no call. */
export type Stage = 'check' | 'ringing' | 'talk' | 'elsewhere' | 'over';

/** A call that is over, or one the hub refused. */
export interface Over {
  readonly why: CallReason | Code;
  readonly call?: CallId | undefined;
  /** Who talked or was rung last. */
  readonly name: string;
  /** Without it nobody talked. */
  readonly seconds?: number | undefined;
}
