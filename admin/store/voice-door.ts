// The door to microphone and connection: they are fetched when a call rings first, so nobody else pays for them.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Voice } from '../../widget/kit/voice';
import type { Microphone } from '../../widget/kit/voice-microphone';
import type { CallOffer, CallRequest } from '../../widget/kit/wire';
import type { VoiceDoor, VoiceProblem } from './call-ports';

/** Once fetched, the same microphone serves every call of this page. */
interface Parts {
  microphone: Microphone;
  begin: (microphone: Microphone, send: (request: CallRequest) => void) => Voice;
}

export class LazyVoice implements VoiceDoor {
  readonly #microphone = signal<Microphone | null>(null);
  readonly #voice = signal<Voice | null>(null);
  #parts: Promise<Parts> | undefined;
  /** Counts the attempts: what an old one brings is of no interest. */
  #era = 0;

  /** Null until a call was rung. */
  get microphone(): ReadonlySignal<Microphone | null> {
    return this.#microphone;
  }

  /** Of the call this tab talks in. */
  get voice(): ReadonlySignal<Voice | null> {
    return this.#voice;
  }

  prepare(): void {
    // What fails here is asked for again by the answer, which can say so.
    this.#load().catch(() => {});
  }

  async open(send: (request: CallRequest) => void): Promise<VoiceProblem | null> {
    this.#era += 1;
    const era = this.#era;
    const parts = await this.#load().catch(() => undefined);
    if (parts === undefined) return 'unloaded';
    const isOpen = await parts.microphone.open();
    if (era !== this.#era) return null;
    if (!isOpen) return parts.microphone.problem.value ?? 'busy';
    this.#voice.value = parts.begin(parts.microphone, send);
    return null;
  }

  /** Opens the microphone and lets go of it again: does it work by now? */
  async try(): Promise<VoiceProblem | null> {
    if (this.#voice.value !== null) return null;
    const parts = await this.#load().catch(() => undefined);
    if (parts === undefined) return 'unloaded';
    const { microphone } = parts;
    const problem = (await microphone.open()) ? null : (microphone.problem.value ?? 'busy');
    if (this.#voice.value === null) microphone.close();
    return problem;
  }

  take(offer: CallOffer): void {
    this.#voice.value?.take(offer);
  }

  expect(isExpected: boolean): void {
    this.#voice.value?.expect(isExpected);
  }

  mute(isMuted: boolean): void {
    this.#microphone.value?.mute(isMuted);
  }

  close(): void {
    this.#era += 1;
    this.#voice.value?.close();
    this.#voice.value = null;
    this.#microphone.value?.close();
  }

  #load(): Promise<Parts> {
    this.#parts ??= this.#fetch().catch((error: unknown) => {
      this.#parts = undefined;
      throw error;
    });
    return this.#parts;
  }

  async #fetch(): Promise<Parts> {
    const [{ Voice }, { Microphone }] = await Promise.all([
      import('../../widget/kit/voice'),
      import('../../widget/kit/voice-microphone'),
    ]);
    const microphone = new Microphone();
    this.#microphone.value = microphone;
    return { microphone, begin: (open, send) => new Voice(open, send) };
  }
}
