// The voice of this tab: which call it has or wants, whether the hub knows, and when another tab took it over.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { KeptVoice } from '../../widget/kit/voice-memory';
import type { CallId, CallOffer, DeskCall } from '../../widget/kit/wire';
import type { CallPorts, VoiceProblem } from './call-ports';

export class OwnVoice {
  /** The own microphone is off. */
  readonly isMuted = signal(false);
  /** Why the last attempt had no microphone. */
  readonly problem = signal<VoiceProblem | null>(null);
  readonly #call = signal<CallId | null>(null);
  /** Every name this tab had; a lost line brings another one. */
  readonly #sids = new Set<string>();
  /** The microphone is open and the hub was told. */
  #isReady = false;
  /** The hub confirmed that the voice is in this tab. */
  #isSeated = false;
  /** Counts the attempts: what an old one brings is of no interest. */
  #attempt = 0;
  #view: DeskCall | undefined;
  readonly #ports: CallPorts;

  constructor(ports: CallPorts) {
    this.#ports = ports;
  }

  /** The call this tab has the voice of, or opens the microphone for. */
  get call(): ReadonlySignal<CallId | null> {
    return this.#call;
  }

  /** This tab has a name; `running` are the calls that are talked. */
  welcome(sid: string, running: readonly CallId[], kept: KeptVoice | undefined): void {
    this.#sids.add(sid);
    const call = this.#call.value;
    if (kept !== undefined && running.includes(kept.call)) void this.open(kept.call, kept.isMuted);
    else if (call !== null && !running.includes(call)) this.release(call);
    else if (call !== null && this.#isReady) this.#sayReady(call);
  }

  /** Opens the microphone and asks for the voice of a call. */
  async open(id: CallId, isMuted = false): Promise<void> {
    const { voice, send } = this.#ports;
    if (this.#call.value !== null) this.release(this.#call.value);
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#call.value = id;
    this.#view = undefined;
    this.problem.value = null;
    this.isMuted.value = isMuted;
    const problem = await voice.open((request) => send({ t: 'call', call: id, ...request }));
    // It ended, or went to another tab, while the browser asked for the microphone.
    if (attempt !== this.#attempt || this.#call.value !== id) return;
    if (problem === null) {
      this.#isReady = true;
      this.#sayReady(id);
      if (this.#view !== undefined) this.follow(this.#view);
      return;
    }
    this.release(id);
    this.problem.value = problem;
    send({ t: 'call', call: id, do: 'no_microphone' });
  }

  /** A call changed; another tab may have its voice now. */
  follow(call: DeskCall): void {
    if (call.id !== this.#call.value) return;
    this.#view = call;
    const isOurs = call.tab !== undefined && this.#sids.has(call.tab);
    if (isOurs && this.#isReady) this.#isSeated = true;
    if (this.#isSeated && call.tab !== undefined && !isOurs) this.release(call.id);
    else if (this.#isReady) {
      // Silence is no fault while the other side is muted or away.
      this.#ports.voice.expect((call.state === 'active' || call.lost === 'consultant') && !call.peer_muted);
    }
  }

  take(offer: CallOffer): void {
    if (offer.call === this.#call.value) this.#ports.voice.take(offer);
  }

  mute(isMuted: boolean): void {
    const call = this.#call.value;
    if (call === null) return;
    this.isMuted.value = isMuted;
    this.#ports.voice.mute(isMuted);
    this.#ports.send({ t: 'call', call, do: 'mute', on: isMuted });
  }

  /** This tab has the voice of the call no more. */
  release(id: CallId): void {
    if (this.#call.value !== id) return;
    this.#call.value = null;
    this.#isReady = false;
    this.#isSeated = false;
    this.#ports.voice.close();
  }

  /** The page goes, perhaps only to be loaded again. */
  leave(): void {
    const call = this.#call.value;
    if (call === null || !this.#isReady) return;
    this.#ports.keep({ call, isMuted: this.isMuted.value });
    this.#ports.send({ t: 'call', call, do: 'leaving' });
  }

  #sayReady(call: CallId): void {
    const { voice, send } = this.#ports;
    voice.mute(this.isMuted.value);
    send({ t: 'call', call, do: 'ready' });
    send({ t: 'call', call, do: 'mute', on: this.isMuted.value });
  }
}
