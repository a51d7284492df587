// What every offer has, on its card and in the waiting room: Accept, Decline, and the time that is left.
import './Offers.css';
import { Check, X } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../parts/Button';
import type { Desk } from '../store/desk';
import type { Offer } from '../store/offers';
import { t } from '../store/texts';
import { waiterName } from '../store/words';

/** A click counts after this time: one that was meant for what stood there before decides nothing. */
const QUIET_MS = 400;

/** The bar is drawn each second, and glides to where it will be with the next one. */
const TICK_MS = 1_000;

interface Props {
  desk: Desk;
  offer: Offer;
  isOnline: boolean;
}

export function OfferKeys({ desk, offer, isOnline }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [isArmed, setArmed] = useState(false);
  const { visitor } = offer;
  const { chat } = visitor;
  const name = <span class="unseen"> {waiterName(visitor)}</span>;

  useEffect(() => {
    const timer = setTimeout(() => setArmed(true), QUIET_MS);
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      desk.offers.decline(chat);
    };
    const keys = box.current;
    keys?.addEventListener('keydown', hear);
    return () => keys?.removeEventListener('keydown', hear);
  }, [desk, chat]);

  return (
    <div ref={box} class="offer-keys">
      <Button icon={X} disabled={!isArmed || !isOnline} onClick={() => desk.offers.decline(chat)}>
        {t('offer.decline')}
        {name}
      </Button>
      <Button
        kind="main"
        icon={Check}
        busy={desk.claims.asked.value.has(chat)}
        disabled={!isArmed || !isOnline}
        onClick={() => desk.claim(chat)}
      >
        {t('offer.accept')}
        {name}
      </Button>
    </div>
  );
}

/** Shrinks with the time that is left; `now` is the hub's. */
export function OfferBar({ offer: { since, until }, now }: { offer: Offer; now: number }) {
  const left = (until - now - TICK_MS) / Math.max(TICK_MS, until - since);
  return (
    <span class="offer-bar" aria-hidden="true">
      <i style={{ scale: `${Math.min(1, Math.max(0, left))} 1` }} />
    </span>
  );
}
