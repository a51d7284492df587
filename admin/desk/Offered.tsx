// Tells once who is offered, wherever the consultant is, and shows the card except where the offer itself stands.
import { useRef } from 'preact/hooks';
import { lazy } from '../parts/lazy';
import { place } from '../routes';
import { now } from '../store/page';
import type { SignedIn } from '../store/signed-in';
import { t } from '../store/texts';
import { waiterName } from '../store/words';

const OfferCard = lazy(() => import('./OfferCard'));

export function Offered({ signedIn: { desk, socket } }: { signedIn: SignedIn }) {
  const told = useRef(new Set<string>());
  const words = useRef('');
  const offers = desk.offers.mine.value;
  for (const { id, visitor } of offers) {
    if (told.current.has(id)) continue;
    told.current.add(id);
    words.current = t('offer.said', { name: waiterName(visitor), text: visitor.preview });
  }
  const [offer] = offers;
  const isShown = socket.line.value === 'online' && place.value.at !== 'waiting';
  return (
    <>
      <p class="unseen" role="status">
        {offer ? words.current : ''}
      </p>
      {offer && isShown ? (
        <OfferCard
          key={offer.id}
          desk={desk}
          offer={offer}
          others={offers.length - 1}
          now={now.value + desk.clockAhead.value}
        />
      ) : null}
    </>
  );
}
