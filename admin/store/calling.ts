// Everything of calls of one signed-in account, put together: state, voice, ringing, the count of missed ones.

import { computed } from '@preact/signals';
import type { Shelf } from '../../widget/kit/shelf';
import type { HubSocket } from '../../widget/kit/socket';
import { isAnswered } from '../../widget/kit/voice-answered';
import { keepVoice, takeVoice } from '../../widget/kit/voice-memory';
import type { DeskCall, FromConsultant, ToConsultant } from '../../widget/kit/wire';
import { browser } from '../../widget/kit/world';
import type { Alerts } from './alerts';
import { callsApi } from './api-calls';
import { callNewsWords, ringWords } from './call-words';
import { Calls } from './calls';
import type { Desk } from './desk';
import { MissedCalls } from './missed-calls';
import { attentive, notify } from './page';
import type { Prefs } from './prefs';
import { Ring } from './ring';
import { Ringer } from './ringer';
import { t } from './texts';
import type { Toasts } from './toasts';
import { LazyVoice } from './voice-door';

interface Around {
  socket: HubSocket<FromConsultant, ToConsultant>;
  desk: Desk;
  alerts: Alerts;
  prefs: Prefs;
  toasts: Toasts;
  shelf: Shelf;
}

export class Calling {
  readonly calls: Calls;
  readonly voice = new LazyVoice();
  readonly missed: MissedCalls;
  readonly #ring = new Ring();
  readonly #ringer: Ringer<DeskCall>;
  readonly #around: Around;

  constructor(around: Around) {
    const { socket, desk, alerts, prefs, toasts, shelf } = around;
    const now = () => Date.now() + desk.clockAhead.value;
    this.#around = around;
    this.calls = new Calls({
      send: (frame) => socket[frame.t === 'call' && isAnswered(frame) ? 'ask' : 'send'](frame),
      isOnline: computed(() => socket.line.value === 'online'),
      voice: this.voice,
      news: (news) => toasts.say(callNewsWords(news)),
      now,
      kept: takeVoice,
      keep: keepVoice,
    });
    this.#ringer = new Ringer(
      {
        ring: this.#ring,
        notify,
        attentive: () => attentive.value,
        mayNotify: () => alerts.notifications.value === 'on',
        words: ringWords,
        open: (call) => {
          window.focus();
          this.calls.restore(call.id);
        },
        world: browser,
      },
      { ringing: this.calls.ringing, overPage: this.calls.overPage, sound: prefs.sound },
    );
    this.missed = new MissedCalls({
      missed: () => callsApi.list('missed'),
      changes: desk.room.calls,
      shelf,
      now,
    });
  }

  /** Belongs into every click and key: browsers keep a page silent until somebody touches it. */
  touch(): void {
    if (this.#around.prefs.sound.value && !this.#ring.isUnlocked) this.#ring.unlock();
  }

  /** Tries the microphone again after it was refused. */
  async tryMicrophone(): Promise<void> {
    const problem = await this.voice.try();
    this.calls.voice.problem.value = problem;
    if (problem === null) this.#around.toasts.say(t('microphone.works'));
  }

  /** The page goes, perhaps only to be loaded again. */
  leave(): void {
    this.calls.voice.leave();
  }

  stop(): void {
    this.leave();
    this.calls.stop();
    this.#ringer.stop();
    this.missed.stop();
  }
}
