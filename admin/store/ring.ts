// The sound of a call that rings: a warbling phrase made of the notes of the chime, so that no file is fetched.

/** E6 and A6 of the chime, an octave lower, where a bell rings. */
const NOTES_HZ = [659.3, 880];
const NOTE_SECONDS = 0.09;
/** Strokes of one phrase: ten make the second a telephone rings. */
const STROKES = 10;

export class Ring {
  #audio: AudioContext | undefined;
  #gain: GainNode | undefined;

  /** Call it in a pointerdown or keydown handler. */
  unlock(): void {
    this.#audio ??= typeof AudioContext === 'undefined' ? undefined : new AudioContext();
    if (this.#audio?.state === 'suspended') void this.#audio.resume();
  }

  /** True when `play` would be heard. */
  get isUnlocked(): boolean {
    return this.#audio?.state === 'running';
  }

  /** Plays one phrase, `volume` from 0 to 1; silent before `unlock`. */
  play(volume: number): void {
    const audio = this.#audio;
    if (audio === undefined || audio.state !== 'running') return;
    this.stop();
    const gain = new GainNode(audio, { gain: 0.22 * volume });
    gain.connect(audio.destination);
    this.#gain = gain;
    for (let stroke = 0; stroke < STROKES; stroke += 1) {
      const start = audio.currentTime + stroke * NOTE_SECONDS;
      const note = new OscillatorNode(audio, { type: 'triangle', frequency: NOTES_HZ[stroke % 2] ?? 0 });
      // Each stroke fades before the next one: a bell, not a siren.
      const stroked = new GainNode(audio, { gain: 0 });
      stroked.gain.setValueAtTime(1, start);
      stroked.gain.setTargetAtTime(0.15, start, NOTE_SECONDS / 2);
      note.connect(stroked).connect(gain);
      note.start(start);
      note.stop(start + NOTE_SECONDS);
    }
  }

  /** Silent in the middle of a phrase: somebody answered. */
  stop(): void {
    this.#gain?.disconnect();
    this.#gain = undefined;
  }
}
