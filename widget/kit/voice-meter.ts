/** How loud a stream is, as a number between 0 and 1 that can be asked for at any time. */
import { loudness } from './voice-rules';

/** 21 ms of sound: short enough to follow a voice. */
const WINDOW_SAMPLES = 1_024;

export class Meter {
  #audio: AudioContext | undefined;
  #source: MediaStreamAudioSourceNode | undefined;
  #analyser: AnalyserNode | undefined;
  readonly #samples = new Float32Array(WINDOW_SAMPLES);

  /** Listens to this stream in place of the one before. */
  listen(stream: MediaStream): void {
    if (typeof AudioContext === 'undefined') return;
    this.#audio ??= new AudioContext();
    // Without a gesture on this page it stays silent, and the meter at zero.
    void this.#audio.resume().catch(() => {});
    this.#analyser ??= new AnalyserNode(this.#audio, { fftSize: WINDOW_SAMPLES });
    this.#source?.disconnect();
    this.#source = this.#audio.createMediaStreamSource(stream);
    this.#source.connect(this.#analyser);
  }

  get level(): number {
    if (this.#analyser === undefined) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return loudness(this.#samples);
  }

  close(): void {
    this.#source?.disconnect();
    void this.#audio?.close().catch(() => {});
    this.#audio = this.#source = this.#analyser = undefined;
  }
}
