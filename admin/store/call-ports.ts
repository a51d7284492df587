// What calls ask of the world around them, and what they tell.
import type { ReadonlySignal } from '@preact/signals';
import type { KeptVoice } from '../../widget/kit/voice-memory';
import type { MicrophoneProblem } from '../../widget/kit/voice-rules';
import type {
  CallOffer,
  CallReason,
  CallRequest,
  DeskCall,
  FromConsultant,
  Moment,
  Refusal,
  ToConsultant,
} from '../../widget/kit/wire';

/** The frames that are about calls alone. */
export type CallFrame = Extract<ToConsultant, { t: 'call' | 'call.offer' | 'call.quality' }>;

/** Where the voice of a call is, as seen from this tab: here, in another tab, or in none so far. */
export type Seat = 'here' | 'elsewhere' | 'nowhere';

/** Why this tab has no voice; `unloaded` is a part of the program that did not arrive. */
export type VoiceProblem = MicrophoneProblem | 'unloaded';

/** Something about calls a consultant should hear of. */
export type CallNews =
  /** It rang here, and the visitor will not be answered any more. */
  | { what: 'missed'; call: DeskCall; reason: CallReason }
  /** Somebody else was faster, or another tab of this consultant. */
  | { what: 'late'; call: DeskCall; isMine: boolean }
  /** A call that was talked is over; without a reason that happened while the line was down. */
  | { what: 'over'; call: DeskCall; reason: CallReason | null; seconds: number }
  | { what: 'refused'; refusal: Refusal }
  /** Nothing could be said to the hub. */
  | { what: 'offline' };

/** Microphone and connection of this tab. */
export interface VoiceDoor {
  /** Fetches what a call needs, so that answering is quick. */
  prepare: () => void;
  /** Opens the microphone for a call; null when it is open. */
  open: (send: (request: CallRequest) => void) => Promise<VoiceProblem | null>;
  take: (offer: CallOffer) => void;
  /** Whether voice of the other side is to be expected. */
  expect: (isExpected: boolean) => void;
  mute: (isMuted: boolean) => void;
  close: () => void;
}

export interface CallPorts {
  /** False when nobody would get it. */
  send: (frame: FromConsultant) => boolean;
  isOnline: ReadonlySignal<boolean>;
  voice: VoiceDoor;
  news: (news: CallNews) => void;
  /** The hub's clock. */
  now: () => Moment;
  /** What this tab had before it was loaded again; told once. */
  kept: () => KeptVoice | undefined;
  keep: (kept: KeptVoice) => void;
}
