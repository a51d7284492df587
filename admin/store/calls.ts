// The calls of this desk: what rings, what is talked and in which tab, and how it ended. The voice is a port.
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type {
  AccountId,
  CallId,
  CallQuality,
  CallReason,
  ConsultantWelcome,
  DeskCall,
  Refusal,
} from '../../widget/kit/wire';
import type { CallFrame, CallPorts, Seat } from './call-ports';
import { OwnVoice } from './own-voice';

type Ids = ReadonlySet<CallId>;

export class Calls {
  /** What rings here and waits for a decision, the oldest first; nothing while the line is down. */
  readonly ringing: ReadonlySignal<readonly DeskCall[]>;
  /** The call that is talked or being connected. */
  readonly live: ReadonlySignal<DeskCall | null>;
  /** Ringing calls over the page: not minimized, and nobody talks. */
  readonly overPage: ReadonlySignal<readonly DeskCall[]>;
  /** Ringing calls in the side menu. */
  readonly aside: ReadonlySignal<readonly DeskCall[]>;
  readonly quality = signal<CallQuality | null>(null);
  readonly voice: OwnVoice;
  readonly #all = signal<ReadonlyMap<CallId, DeskCall>>(new Map());
  /** Answered in this tab, the hub's word is awaited. */
  readonly #answered = signal<Ids>(new Set());
  readonly #declined = signal<Ids>(new Set());
  readonly #minimized = signal<Ids>(new Set());
  /** Hung up here; said again when the line was down. */
  readonly #ending = signal<Ids>(new Set());
  readonly #ports: CallPorts;
  #kept: ReturnType<CallPorts['kept']>;

  constructor(ports: CallPorts) {
    this.#ports = ports;
    this.#kept = ports.kept();
    this.voice = new OwnVoice(ports);
    this.ringing = computed(() => {
      const rings = [...this.#all.value.values()].filter((call) => call.state === 'ringing' && !this.#isOut(call.id));
      return ports.isOnline.value ? rings.sort((a, b) => a.since - b.since) : [];
    });
    this.live = computed(() => {
      const calls = [...this.#all.value.values()];
      return calls.find((call) => call.state !== 'ringing' || this.#answered.value.has(call.id)) ?? null;
    });
    const isAside = (call: DeskCall) => this.live.value !== null || this.#minimized.value.has(call.id);
    this.aside = computed(() => this.ringing.value.filter(isAside));
    this.overPage = computed(() => this.ringing.value.filter((call) => !isAside(call)));
  }

  take(frame: CallFrame): void {
    switch (frame.t) {
      case 'call':
        this.#change(frame);
        return;
      case 'call.offer':
        this.voice.take(frame);
        return;
      case 'call.quality':
        if (frame.call === this.live.value?.id) this.quality.value = frame;
        return;
      default:
        frame satisfies never;
    }
  }

  /** Takes over what the hub says of all calls, and comes back into the one this tab had. */
  welcome({ sid, calls }: Pick<ConsultantWelcome, 'sid' | 'calls'>): void {
    // An answer that was lost with the line is given again by hand, if it still rings.
    this.#answered.value = new Set();
    const named = new Set(calls.map((call) => call.id));
    for (const call of this.#all.value.values()) if (!named.has(call.id)) this.#gone(call, null);
    for (const call of calls) this.#change(call);
    const running = calls.filter((call) => call.state !== 'ringing').map((call) => call.id);
    this.voice.welcome(sid, running, this.#kept);
    this.#kept = undefined;
    for (const id of this.#ending.value) this.#ports.send({ t: 'call', call: id, do: 'hangup' });
  }

  /** A request about a call was refused. */
  refused(refusal: Refusal): void {
    const { call: id } = refusal;
    const call = id === undefined ? undefined : this.#all.value.get(id);
    if (id === undefined || call === undefined) return;
    const isAwaited = this.#answered.value.has(id);
    const wasAnswered = isAwaited || this.voice.call.value === id;
    for (const ids of [this.#answered, this.#declined, this.#ending]) drop(ids, id);
    if (isAwaited || refusal.code === 'unknown_call') this.voice.release(id);
    if (refusal.code !== 'unknown_call') {
      this.#ports.news({ what: 'refused', refusal });
      return;
    }
    // What is talked on this account was answered in another tab; what rings is somebody else's by now.
    const isMine = call.state !== 'ringing';
    if (!isMine) this.#forget(id);
    if (wasAnswered) this.#ports.news({ what: 'late', call, isMine });
  }

  /** Answers in this tab; whoever talks already ends that first. */
  answer(id: CallId): void {
    if (this.#all.value.get(id)?.state !== 'ringing' || this.#isOut(id)) return;
    if (this.live.value !== null) this.hangUp(this.live.value.id);
    if (!this.#say({ t: 'call.accept', call: id })) return;
    add(this.#answered, id);
    void this.voice.open(id);
  }

  decline(id: CallId): void {
    if (this.#say({ t: 'call.decline', call: id })) add(this.#declined, id);
  }

  /** Puts a ringing call into the side menu. */
  minimize(id: CallId): void {
    add(this.#minimized, id);
  }

  /** Puts it over the page again. */
  restore(id: CallId): void {
    drop(this.#minimized, id);
  }

  /** Ends a call; the voice is gone at once, also while the line is down. */
  hangUp(id: CallId): void {
    add(this.#ending, id);
    this.voice.release(id);
    this.#ports.send({ t: 'call', call: id, do: 'hangup' });
  }

  /** It was hung up here, and the hub has not said so yet. */
  isEnding(id: CallId): boolean {
    return this.#ending.value.has(id);
  }

  /** Hands a call over to a colleague, or takes that back. */
  transfer(id: CallId, to?: AccountId): void {
    this.#say({ t: 'call.transfer', call: id, ...(to === undefined ? {} : { to }) });
  }

  /** The sign-in ends: so does the voice in this tab, and nothing rings. */
  stop(): void {
    if (this.voice.call.value !== null) this.voice.release(this.voice.call.value);
    this.#all.value = new Map();
  }

  seat(call: DeskCall): Seat {
    if (this.voice.call.value === call.id) return 'here';
    return call.tab === undefined ? 'nowhere' : 'elsewhere';
  }

  #change(call: DeskCall): void {
    const before = this.#all.value.get(call.id);
    if (call.state === 'ended') {
      if (before !== undefined) this.#gone(before, call.reason ?? null, call);
      return;
    }
    this.#all.value = new Map([...this.#all.value, [call.id, call]]);
    if (call.state !== 'ringing') drop(this.#answered, call.id);
    else if (before?.state !== 'ringing') this.#ports.voice.prepare();
    this.voice.follow(call);
  }

  /** The call is off this desk; tells when somebody should know why. */
  #gone(before: DeskCall, reason: CallReason | null, last = before): void {
    const { id } = before;
    const wasAnswered = this.#answered.value.has(id);
    const wasDeclined = this.#declined.value.has(id) || reason === 'declined';
    const said = this.#ending.value.has(id) ? (reason ?? 'consultant_hangup') : reason;
    this.voice.release(id);
    this.#forget(id);
    if (before.state !== 'ringing') {
      const since = last.talking_since ?? before.talking_since;
      const seconds = since === undefined ? 0 : Math.max(0, Math.round((this.#ports.now() - since) / 1000));
      this.#ports.news({ what: 'over', call: before, reason: said, seconds });
    } else if (reason !== null && !wasDeclined) {
      this.#ports.news({ what: 'missed', call: before, reason });
    } else if (wasAnswered) {
      this.#ports.news({ what: 'late', call: before, isMine: false });
    }
  }

  #forget(id: CallId): void {
    if (this.quality.value?.call === id) this.quality.value = null;
    this.#all.value = new Map([...this.#all.value].filter(([other]) => other !== id));
    for (const ids of [this.#answered, this.#declined, this.#minimized, this.#ending]) drop(ids, id);
  }

  /** It was decided here what becomes of it. */
  #isOut(id: CallId): boolean {
    return this.#answered.value.has(id) || this.#declined.value.has(id);
  }

  #say(frame: Parameters<CallPorts['send']>[0]): boolean {
    const isSent = this.#ports.send(frame);
    if (!isSent) this.#ports.news({ what: 'offline' });
    return isSent;
  }
}

function add(ids: Signal<Ids>, id: CallId): void {
  ids.value = new Set([...ids.value, id]);
}

function drop(ids: Signal<Ids>, id: CallId): void {
  if (ids.value.has(id)) ids.value = new Set([...ids.value].filter((other) => other !== id));
}
