/**
 * The microphone of a call: opened by a click, changed while talking, closed at the end. It opens by itself only when
 * the one in use was pulled out.
 */
import { signal } from '@preact/signals-core';
import { Meter } from './voice-meter';
import { type MicrophoneProblem, problemOf } from './voice-rules';

/** A microphone or a speaker. */
export interface AudioDevice {
  readonly id: string;
  readonly name: string;
}

/** What makes a voice clear between two loudspeakers. */
const WISHES: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

export class Microphone {
  readonly #meter = new Meter();
  #stream: MediaStream | undefined;
  /** Counts the attempts: an answer to an old one is closed again. */
  #era = 0;
  #isWatching = false;
  readonly isOpen = signal(false);
  /** The browser is asking the person. */
  readonly isOpening = signal(false);
  readonly problem = signal<MicrophoneProblem | undefined>(undefined);
  readonly isMuted = signal(false);
  /** The id of the microphone in use. */
  readonly chosen = signal('');
  /** Known once the microphone was allowed. */
  readonly inputs = signal<readonly AudioDevice[]>([]);
  readonly outputs = signal<readonly AudioDevice[]>([]);
  /** Told of each track that takes the place of the one before. */
  changed: (track: MediaStreamTrack) => void = () => {};

  get track(): MediaStreamTrack | undefined {
    return this.#stream?.getAudioTracks()[0];
  }

  /** How loud it is now, 0 to 1. */
  get level(): number {
    return this.isMuted.value ? 0 : this.#meter.level;
  }

  /** Opens the microphone, or another one; false with `problem` set when there is none. */
  async open(id = this.chosen.value): Promise<boolean> {
    this.#era += 1;
    const era = this.#era;
    this.problem.value = undefined;
    this.isOpening.value = true;
    const found = await ask(id);
    if (era !== this.#era) {
      if (typeof found !== 'string') stop(found);
      return false;
    }
    this.isOpening.value = false;
    if (typeof found === 'string') {
      this.problem.value = found;
      return false;
    }
    this.#use(found);
    void this.#list();
    return true;
  }

  mute(isMuted: boolean): void {
    this.isMuted.value = isMuted;
    if (this.track !== undefined) this.track.enabled = !isMuted;
  }

  /** Lets go of it; the browser's sign that it listens goes out. */
  close(): void {
    this.#era += 1;
    if (this.#stream !== undefined) stop(this.#stream);
    this.#stream = undefined;
    this.#meter.close();
    this.isOpen.value = this.isOpening.value = this.isMuted.value = false;
    this.problem.value = undefined;
  }

  #use(stream: MediaStream): void {
    const before = this.#stream;
    this.#stream = stream;
    this.isOpen.value = true;
    this.mute(this.isMuted.value);
    this.#meter.listen(stream);
    const track = this.track;
    if (track !== undefined) {
      this.chosen.value = track.getSettings().deviceId ?? '';
      // It was pulled out: another one takes over, or the problem is said.
      track.addEventListener('ended', () => {
        if (this.track === track) void this.open('');
      });
      this.changed(track);
    }
    if (before !== undefined) stop(before);
  }

  async #list(): Promise<void> {
    const { mediaDevices } = navigator;
    if (!this.#isWatching) mediaDevices.addEventListener('devicechange', () => void this.#list());
    this.#isWatching = true;
    const all = await mediaDevices.enumerateDevices();
    const named = (kind: MediaDeviceKind) =>
      all
        .filter((each) => each.kind === kind && each.deviceId !== '' && each.label !== '')
        .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
    this.inputs.value = named('audioinput');
    this.outputs.value = named('audiooutput');
  }
}

/** A stream of the wanted microphone, else of any; or why there is none. */
async function ask(id: string): Promise<MediaStream | MicrophoneProblem> {
  // Browsers hide the whole interface from pages without https.
  if (navigator.mediaDevices === undefined) return 'insecure';
  try {
    const wanted = id === '' ? {} : { deviceId: { exact: id } };
    return await navigator.mediaDevices.getUserMedia({ audio: { ...WISHES, ...wanted } });
  } catch (error) {
    const problem = problemOf(error instanceof DOMException ? error.name : '');
    return problem === 'missing' && id !== '' ? ask('') : problem;
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
