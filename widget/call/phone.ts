/**
 * The visitor's call on this page: asks for it, follows what the hub says of it, and has the voice in this tab. The
 * microphone opens only by a click, and by itself after a reload in the middle of a call.
 */
import { signal } from '@preact/signals-core';
import { mint } from '../kit/outbox';
import type { Shelf } from '../kit/shelf';
import { isAnswered, Voice } from '../kit/voice';
import { type KeptVoice, keepVoice, takeVoice } from '../kit/voice-memory';
import { Microphone } from '../kit/voice-microphone';
import type {
  CallId,
  CallReason,
  CallRequest,
  CallStart,
  Code,
  ToVisitor,
  VisitorCall,
  VisitorWelcome,
} from '../kit/wire';
import type { Live } from './live';
import type { Place } from './place';
import { Pulse } from './pulse';
import type { Over, Stage } from './stage';

/** The browser asks before the page is left. */
function guard(event: Event): void {
  event.preventDefault();
}

export class Phone {
  readonly #live: Live;
  readonly #shelf: Shelf;
  readonly #place: Place;
  readonly microphone = new Microphone();
  /** Here while this tab has the voice. */
  readonly voice = signal<Voice | undefined>(undefined);
  /** What the hub said last of the call that is not over. */
  readonly view = signal<VisitorCall | undefined>(undefined);
  /** Asked for, and not yet answered by the hub. */
  readonly asked = signal<CallStart | undefined>(undefined);
  readonly over = signal<Over | undefined>(undefined);
  readonly stars = signal(0);
  /** The id of the chosen speaker, also before the call; empty for the browser's own choice. */
  readonly speaker = signal('');
  /** Ten times the mean opinion score of what is heard here; unknown at first. */
  readonly quality = signal<number | undefined>(undefined);
  readonly #pulse: Pulse;
  readonly isChecking = signal(false);
  /** Who was rung before and did not answer. */
  readonly before = signal('');
  /** All names this page's sockets had: what one of them did, this tab did. */
  readonly #sids = new Set<string>();
  /** The hub has not heard yet that the voice is here, so what it says of tabs is old. */
  #isClaiming = false;
  #kept = takeVoice();
  /** Ended here, whatever the hub still says of it: calls, and names under which they were asked for. */
  readonly #gone = new Set<string | undefined>();

  constructor(live: Live, shelf: Shelf, place: Place) {
    this.#live = live;
    this.#shelf = shelf;
    this.#place = place;
    this.#pulse = new Pulse(live, this);
    live.heard = (frame) => this.#hear(frame);
    // Before the socket's own listener, which closes the line.
    addEventListener('pagehide', () => {
      const call = this.voice.value && this.view.value;
      if (call === undefined) return;
      keepVoice({ call: call.id, isMuted: this.microphone.isMuted.value });
      this.#say(call.id, { do: 'leaving' });
    });
  }

  /** How long both have heard each other. */
  get seconds(): number {
    return this.#pulse.seconds.value;
  }

  get stage(): Stage | undefined {
    const view = this.view.value;
    const isHere = this.voice.value !== undefined || this.asked.value !== undefined;
    if (view !== undefined && !isHere) return 'elsewhere';
    if (view !== undefined && view.state !== 'ringing') return 'talk';
    if (isHere) return 'ringing';
    if (this.over.value !== undefined) return 'over';
    return this.isChecking.value ? 'check' : undefined;
  }

  /** The visitor wants to call: the microphone first, and the first time a look at it. */
  async call(): Promise<void> {
    this.over.value = undefined;
    this.isChecking.value = true;
    this.#place.move();
    this.#pulse.start();
    const isOpen = await this.microphone.open();
    if (isOpen && this.isChecking.value && this.#shelf.get('called') !== undefined) this.ring();
  }

  /** Asks for the call; the microphone is open. */
  ring(): void {
    this.isChecking.value = false;
    const chosen = this.#live.chosen;
    const isPicked = chosen?.status === 'available' && chosen.id === this.#live.picked.value;
    this.asked.value = { cid: mint(), ...(isPicked && { to: chosen.id }) };
    this.stars.value = 0;
    this.before.value = '';
    this.#shelf.keep();
    this.#shelf.set('called', '1');
    this.#place.move();
    addEventListener('beforeunload', guard);
    this.#start();
  }

  /** Takes the voice into this tab: from another one, or after a reload as it was before. */
  async here(kept?: KeptVoice): Promise<void> {
    const call = this.view.value?.id;
    if (call === undefined) return;
    this.#isClaiming = true;
    this.#hold(call);
    this.#place.move();
    const isOpen = await this.microphone.open();
    if (this.view.value?.id !== call) return;
    const problem = this.microphone.problem.value;
    if (isOpen) {
      this.microphone.mute(kept?.isMuted === true);
      this.#ready(call);
    } else if (kept !== undefined) {
      this.#say(call, { do: 'no_microphone' });
    } else {
      // The tab that talks goes on talking.
      this.#letGo();
      this.microphone.problem.value = problem;
    }
  }

  /** Ends the call, or takes it back while it rings. */
  hangUp(): void {
    const call = this.view.value;
    this.#gone.add(call?.id ?? this.asked.value?.cid);
    if (call !== undefined) this.#say(call.id, { do: 'hangup' });
    this.#end(call?.talking_since === undefined ? 'cancelled' : 'visitor_hangup');
  }

  mute(isMuted: boolean): void {
    this.microphone.mute(isMuted);
    const call = this.view.value;
    if (call !== undefined) this.#say(call.id, { do: 'mute', on: isMuted });
  }

  /** Plays on another speaker. */
  listenOn(speaker: string): void {
    this.speaker.value = speaker;
    void this.voice.value?.choose(speaker);
  }

  /** Says how the call was, once. */
  rate(stars: number): void {
    const call = this.over.value?.call;
    if (call === undefined || this.stars.value > 0) return;
    if (this.#live.socket.send({ t: 'call.rate', call, stars })) this.stars.value = stars;
  }

  /** Back to the first screen, when no call is under way. */
  leave(): void {
    const { stage } = this;
    if (stage !== 'check' && stage !== 'over') return;
    this.isChecking.value = false;
    this.over.value = undefined;
    this.#place.move();
    this.#letGo();
  }

  #hear(frame: ToVisitor): void {
    switch (frame.t) {
      case 'welcome':
        this.#welcome(frame);
        return;
      case 'call':
        this.#follow(frame);
        return;
      case 'call.started':
        this.#started(frame.cid, frame.call);
        return;
      case 'call.offer':
        if (frame.call === this.view.value?.id) this.voice.value?.take(frame);
        return;
      case 'call.quality':
        if (frame.call === this.view.value?.id) this.quality.value = frame.mos10;
        return;
      case 'err':
        if (frame.cid !== undefined && frame.cid === this.asked.value?.cid) this.#end(frame.code);
    }
  }

  #welcome({ sid, call }: VisitorWelcome): void {
    const kept = this.#kept;
    this.#kept = undefined;
    const isOurs = call?.tab === undefined || this.#sids.has(call.tab);
    this.#sids.add(sid);
    if (this.asked.value !== undefined) this.#start();
    if (call === undefined) {
      // It ended while the line was gone.
      if (this.view.value !== undefined && this.voice.value !== undefined) this.#end('peer_lost');
      this.view.value = undefined;
    } else if (this.#gone.has(call.id)) {
      this.#say(call.id, { do: 'hangup' });
    } else {
      if (this.voice.value !== undefined && isOurs) this.#ready(call.id);
      this.#follow(call);
      if (kept?.call === call.id) void this.here(kept);
    }
  }

  #started(cid: string, call: CallId): void {
    if (this.#gone.has(cid)) {
      this.#gone.add(call);
      this.#say(call, { do: 'hangup' });
    } else if (cid === this.asked.value?.cid) {
      this.view.value ??= { id: call, state: 'ringing', peer_muted: false };
      this.#hold(call);
      this.#ready(call);
      this.asked.value = undefined;
    }
  }

  #follow(call: VisitorCall): void {
    if (this.#gone.has(call.id)) return;
    const before = this.view.value;
    if (call.state === 'ended') {
      if (before?.id !== call.id) return;
      this.view.value = call;
      if (this.voice.value !== undefined) this.#end(call.reason ?? 'error');
      this.view.value = this.#live.rung.value = undefined;
      return;
    }
    const isOurs = call.tab !== undefined && this.#sids.has(call.tab);
    if (isOurs) this.#isClaiming = false;
    if (call.tab !== undefined && !isOurs && !this.#isClaiming && this.voice.value !== undefined) {
      this.#letGo();
      this.#place.move();
    }
    const [was, is] = [before?.consultant, call.consultant];
    if (call.state === 'ringing' && was !== undefined && is !== undefined && was.id !== is.id) {
      this.before.value = was.name;
    }
    if (before?.state === 'ringing' && call.state !== 'ringing') this.#place.move();
    this.view.value = call;
    this.#live.rung.value = is?.id;
    const isHeard = call.state === 'active' || call.lost === 'visitor';
    this.voice.value?.expect(isHeard && !call.peer_muted);
  }

  #start(): void {
    const asked = this.asked.value;
    if (asked !== undefined) this.#live.socket.send({ t: 'call.start', ...asked });
  }

  /** From now on the voice is this tab's, also while its microphone opens. */
  #hold(call: CallId): void {
    this.voice.value?.close();
    this.voice.value = new Voice(this.microphone, (request) => this.#say(call, request));
    if (this.speaker.value !== '') void this.voice.value.choose(this.speaker.value);
    this.quality.value = undefined;
    addEventListener('beforeunload', guard);
    this.#pulse.start();
  }

  #ready(call: CallId): void {
    this.#isClaiming = true;
    this.#say(call, { do: 'ready' });
    if (this.microphone.isMuted.value) this.#say(call, { do: 'mute', on: true });
  }

  #say(call: CallId, request: CallRequest): void {
    this.#live.socket[isAnswered(request) ? 'ask' : 'send']({ t: 'call', call, ...request });
  }

  #end(why: CallReason | Code): void {
    const call = this.view.value;
    const name = call?.consultant?.name ?? '';
    const since = call?.talking_since;
    const seconds = since === undefined ? undefined : Math.max(0, Math.round((this.#live.clock - since) / 1000));
    this.over.value = { why, call: call?.id, name, seconds };
    this.view.value = this.asked.value = undefined;
    this.#live.callTo.value = undefined;
    this.#place.move();
    this.#letGo();
  }

  /** This tab has no voice any more. */
  #letGo(): void {
    this.voice.value?.close();
    this.voice.value = undefined;
    this.microphone.close();
    if (this.view.value === undefined) this.#live.rung.value = undefined;
    removeEventListener('beforeunload', guard);
    this.#pulse.stop();
  }
}
