// Offers made heard and seen like a ringing call, but quieter: the chime again and again, a desktop notification.
import { computed } from '@preact/signals';
import type { Chime } from '../../widget/kit/chime';
import { browser } from '../../widget/kit/world';
import { go } from '../routes';
import type { Alerts } from './alerts';
import type { Calls } from './calls';
import type { Desk } from './desk';
import type { Offer } from './offers';
import { attentive, notify } from './page';
import type { Prefs } from './prefs';
import { Ringer } from './ringer';
import { t } from './texts';
import { clock, shortPage, waiterName } from './words';

/** The chime comes again this often while somebody is offered. */
const CHIME_MS = 4_000;

interface Around {
  desk: Desk;
  calls: Calls;
  chime: Chime;
  alerts: Alerts;
  prefs: Prefs;
  isOnline: () => boolean;
}

/** Rings until its `stop`. */
export function ringOffers({ desk, calls, chime, alerts, prefs, isOnline }: Around): Ringer<Offer> {
  const ringing = computed(() => (isOnline() ? desk.offers.mine.value : []));
  return new Ringer<Offer>(
    {
      ring: { play: (volume) => chime.play(volume), stop: () => {} },
      notify,
      attentive: () => attentive.value,
      mayNotify: () => alerts.notifications.value === 'on',
      words: ({ visitor }) => ({ title: offerTitle(visitor), body: visitor.preview }),
      open: () => {
        window.focus();
        go({ at: 'waiting' });
      },
      world: browser,
      phraseMs: CHIME_MS,
    },
    {
      ringing,
      // Beside a call that rings or is talked it is soft.
      overPage: computed(() => (calls.ringing.value.length > 0 || calls.live.value !== null ? [] : ringing.value)),
      sound: prefs.sound,
    },
  );
}

/** Who is offered. */
export function offerTitle(visitor: Offer['visitor']): string {
  return t('offer.title', { name: waiterName(visitor) });
}

/** Where the visitor is: the package, and the page where it is known. */
export function offerPlace({ package: name, page }: Offer['visitor']): string {
  return page === undefined ? name : `${name} · ${shortPage(page)}`;
}

/** What is left to decide, as a clock shows it; `now` is the hub's. */
export function offerLeft({ until }: Offer, now: number): string {
  // Rounded up: the last second is one, not none.
  return clock(Math.max(0, until - now) + 999);
}
