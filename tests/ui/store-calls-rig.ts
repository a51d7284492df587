/** Calls of a desk whose microphone and line do what a test says. */
import { signal } from '@preact/signals';
import type { CallNews, VoiceProblem } from '../../admin/store/call-ports';
import { Calls } from '../../admin/store/calls';
import type { KeptVoice } from '../../widget/kit/voice-memory';
import type { CallReason, CallRequest, DeskCall, FromConsultant } from '../../widget/kit/wire';

export const CALL = '00000000CA001';
export const OTHER = '00000000CA002';

/** Calls whose microphone and line do what a test says. */
export class Rig {
  readonly sent: FromConsultant[] = [];
  readonly news: CallNews[] = [];
  readonly kept: KeptVoice[] = [];
  /** What the voice was asked, in order. */
  readonly voice: string[] = [];
  readonly isOnline = signal(true);
  problem: VoiceProblem | null = null;
  now = 100_000;
  /** Speaks for the connection of the voice. */
  request: (request: CallRequest) => void = () => {};
  /** Set, the microphone opens only when the test says so. */
  gate: Promise<void> = Promise.resolve();
  readonly calls: Calls;

  constructor(kept?: KeptVoice, calls: DeskCall[] = []) {
    this.calls = new Calls({
      send: (frame) => {
        if (this.isOnline.value) this.sent.push(frame);
        return this.isOnline.value;
      },
      isOnline: this.isOnline,
      voice: {
        prepare: () => this.voice.push('prepare'),
        open: async (send) => {
          this.voice.push('open');
          this.request = send;
          await this.gate;
          return this.problem;
        },
        take: (offer) => this.voice.push(`offer ${offer.g}`),
        expect: (isExpected) => this.voice.push(isExpected ? 'expects' : 'expects nothing'),
        mute: (isMuted) => this.voice.push(isMuted ? 'mute' : 'unmute'),
        close: () => this.voice.push('close'),
      },
      news: (news) => this.news.push(news),
      now: () => this.now,
      kept: () => kept,
      keep: (one) => this.kept.push(one),
    });
    this.calls.welcome({ sid: 'tab1', calls });
  }

  hear(call: DeskCall): void {
    this.calls.take({ t: 'call', ...call });
  }

  /** What was said about calls, in short. */
  get said(): string[] {
    return this.sent.map((frame) => (frame.t === 'call' ? frame.do : frame.t));
  }
}

export function ring(more: Partial<DeskCall> = {}): DeskCall {
  const caller = { visitor: '000000000VERA', name: 'Vera', package: 'Shop' };
  return { id: CALL, state: 'ringing', since: 1_000, peer_muted: false, caller, ...more };
}

export function ended(reason?: CallReason): DeskCall {
  return ring({ state: 'ended', ...(reason === undefined ? {} : { reason }) });
}

/** Lets what was promised happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

/** A call answered in this tab and talked. */
export async function talking(rig = new Rig()): Promise<Rig> {
  rig.hear(ring());
  rig.calls.answer(CALL);
  await settle();
  rig.hear(ring({ state: 'active', tab: 'tab1', talking_since: 40_000 }));
  return rig;
}
