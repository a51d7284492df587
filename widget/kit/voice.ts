/**
 * The voice of one call in this tab: answers the hub's offers, plays what comes, notices when nothing comes.
 * The hub always offers, no candidates travel beside the descriptions, and the microphone is somebody else's.
 */
import { signal } from '@preact/signals-core';
import { Meter } from './voice-meter';
import type { Microphone } from './voice-microphone';
import { type Counted, count, measure, Watch } from './voice-rules';
import type { CallOffer, CallRequest } from './wire';

export { isAnswered } from './voice-answered';

declare global {
  interface Navigator {
    /** Chromium tells when the computer moves to another network. */
    readonly connection?: EventTarget;
  }
}

/** Can another speaker be chosen in this browser? */
export function canChooseSpeaker(): boolean {
  return 'setSinkId' in HTMLMediaElement.prototype;
}

/** Often enough to notice silence in time. */
const LOOK_MS = 500;
/** The hub wants to hear of the quality every five seconds. */
const LOOKS_A_REPORT = 10;

export class Voice {
  readonly #microphone: Microphone;
  readonly #send: (request: CallRequest) => void;
  readonly #audio = new Audio();
  readonly #meter = new Meter();
  readonly #watch = new Watch(() => performance.now());
  readonly #timer = window.setInterval(() => void this.#look(), LOOK_MS);
  #looks = 0;
  #peer: RTCPeerConnection | undefined;
  #generation = -1;
  /** Offers are applied one after the other. */
  #turn: Promise<void> = Promise.resolve();
  #counted: Counted = count([]);
  #isClosed = false;
  /** Does the connection to the hub stand? */
  readonly isConnected = signal(false);
  /** The browser plays nothing before a click: `play` belongs into one. */
  readonly isBlocked = signal(false);
  /** The id of the speaker in use; empty for the browser's own choice. */
  readonly speaker = signal('');

  /** `send` says a request of this call to the hub. The microphone should be open; the caller closes it. */
  constructor(microphone: Microphone, send: (request: CallRequest) => void) {
    this.#microphone = microphone;
    this.#send = send;
    this.#audio.autoplay = true;
    microphone.changed = (track) => void this.#sender?.replaceTrack(track);
    addEventListener('online', this.#networkChanged);
    navigator.connection?.addEventListener('change', this.#networkChanged);
  }

  /** How loud the other side is now, 0 to 1. */
  get level(): number {
    return this.#meter.level;
  }

  /** The hub's offer; an older one than the last is dropped. */
  take(offer: CallOffer): void {
    if (offer.g < this.#generation || this.#isClosed) return;
    this.#generation = offer.g;
    this.#turn = this.#turn.then(() => this.#apply(offer));
  }

  /** Is voice to be expected? False while the other side is muted or away: then silence is no fault. */
  expect(isExpecting: boolean): void {
    this.#watch.expect(isExpecting);
  }

  /** Plays, from a click where the browser wanted one. */
  async play(): Promise<void> {
    try {
      await this.#audio.play();
      this.isBlocked.value = false;
    } catch (error) {
      // A new source interrupts the playing of the old one; only a refusal needs the person.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.isBlocked.value = true;
    }
  }

  /** Plays on another speaker. */
  async choose(speaker: string): Promise<void> {
    try {
      await this.#audio.setSinkId(speaker);
      this.speaker.value = speaker;
    } catch {
      // It is gone, or not allowed: the sound stays where it is.
    }
  }

  close(): void {
    this.#isClosed = true;
    removeEventListener('online', this.#networkChanged);
    navigator.connection?.removeEventListener('change', this.#networkChanged);
    clearInterval(this.#timer);
    this.#drop();
    this.#audio.pause();
    this.#audio.srcObject = null;
    this.#meter.close();
  }

  get #sender(): RTCRtpSender | undefined {
    return this.#transceiver?.sender;
  }

  get #transceiver(): RTCRtpTransceiver | undefined {
    return this.#peer?.getTransceivers().find(({ receiver }) => receiver.track.kind === 'audio');
  }

  readonly #networkChanged = (): void => {
    if (this.#peer !== undefined) this.#mend();
  };

  async #apply(offer: CallOffer): Promise<void> {
    // A newer one came while this one waited, and says all there is to say.
    if (offer.g < this.#generation || this.#isClosed) return;
    if (offer.fresh) this.#open();
    const peer = this.#peer;
    if (peer === undefined) {
      // Nothing here to be mended: begin anew.
      this.#send({ do: 'ready' });
      return;
    }
    try {
      // Also for the mending: the credentials of before may have run out.
      peer.setConfiguration({ ...peer.getConfiguration(), iceServers: offer.ice_servers });
      await peer.setRemoteDescription({ type: 'offer', sdp: offer.sdp });
      const transceiver = this.#transceiver;
      if (transceiver !== undefined) {
        transceiver.direction = 'sendrecv';
        await transceiver.sender.replaceTrack(this.#microphone.track ?? null);
      }
      await peer.setLocalDescription();
      if (peer !== this.#peer) return;
      this.#send({ do: 'answer', g: offer.g, sdp: peer.localDescription?.sdp ?? '' });
    } catch {
      // The description does not fit the connection; the hub makes another one.
      if (peer === this.#peer) this.#mend();
    }
  }

  #open(): void {
    this.#drop();
    const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    this.#peer = peer;
    this.#watch.renew();
    peer.addEventListener('track', ({ track }) => {
      const stream = new MediaStream([track]);
      this.#audio.srcObject = stream;
      this.#meter.listen(stream);
      void this.play();
    });
    peer.addEventListener('iceconnectionstatechange', () => {
      if (peer === this.#peer) this.#judge(peer.iceConnectionState);
    });
  }

  #judge(state: RTCIceConnectionState): void {
    this.isConnected.value = state === 'connected' || state === 'completed';
    if (state === 'disconnected' || state === 'failed') this.#mend();
  }

  /** Looks after the connection: does it stand, does voice arrive, how well? */
  async #look(): Promise<void> {
    const peer = this.#peer;
    if (peer === undefined) return;
    this.#judge(peer.iceConnectionState);
    if (!this.isConnected.value) return;
    const now = count((await peer.getStats()).values());
    if (peer !== this.#peer) return;
    if (this.#watch.packets(now.received)) this.#refresh();
    this.#looks += 1;
    if (this.#looks % LOOKS_A_REPORT > 0) return;
    this.#send({ do: 'stats', ...measure(this.#counted, now) });
    this.#counted = now;
  }

  #mend(): void {
    if (this.#watch.trouble()) this.#refresh();
  }

  #refresh(): void {
    this.#send({ do: 'refresh', g: this.#generation });
  }

  #drop(): void {
    this.#peer?.close();
    this.#peer = undefined;
    this.isConnected.value = false;
  }
}
