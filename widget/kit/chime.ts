/**
 * Two synthesised notes for an arriving message: no sound file, no request.
 * Browsers keep audio silent until a gesture, so `unlock` belongs into one.
 */

/** E6 and A6: a bright, short fourth that does not sound like an alarm. */
const NOTES_HZ = [1318.5, 1760];
const NOTE_SECONDS = 0.14;
/** A burst of messages is one sound. */
const BURST_MS = 1_500;

export class Chime {
  #audio: AudioContext | undefined;
  #lastPlayed = Number.NEGATIVE_INFINITY;

  /** Call it in a pointerdown or keydown handler. */
  unlock(): void {
    this.#audio ??= new AudioContext();
    if (this.#audio.state === 'suspended') void this.#audio.resume();
  }

  /** True when `play` would be heard. */
  get isUnlocked(): boolean {
    return this.#audio?.state === 'running';
  }

  /** Plays the two notes, `volume` from 0 to 1; silent before `unlock` and within a burst. */
  play(volume = 0.5): void {
    const audio = this.#audio;
    const now = performance.now();
    if (audio?.state !== 'running' || now - this.#lastPlayed < BURST_MS) return;
    this.#lastPlayed = now;
    NOTES_HZ.forEach((hertz, index) => {
      const start = audio.currentTime + index * NOTE_SECONDS;
      // A sine begins at zero and fades to nothing: no click at either end.
      const note = new OscillatorNode(audio, { frequency: hertz });
      const loudness = new GainNode(audio, { gain: 0.25 * volume });
      loudness.gain.setTargetAtTime(0, start, NOTE_SECONDS / 3);
      note.connect(loudness).connect(audio.destination);
      note.start(start);
      note.stop(start + NOTE_SECONDS * 2.5);
    });
  }
}
