// The card of a visitor who is offered, beside whatever is open: it takes neither the focus nor the page.
import { VisitorFace } from '../parts/VisitorFace';
import type { Desk } from '../store/desk';
import { offerLeft, offerPlace } from '../store/offering';
import type { Offer } from '../store/offers';
import { t } from '../store/texts';
import { waiterName } from '../store/words';
import { OfferBar, OfferKeys } from './OfferKeys';

interface Props {
  desk: Desk;
  /** The one that ends first. */
  offer: Offer;
  others: number;
  /** The hub's clock. */
  now: number;
}

export default function OfferCard({ desk, offer, others, now }: Props) {
  const { visitor } = offer;
  const name = waiterName(visitor);
  return (
    <section class="offer-card" aria-labelledby="offer-head offer-name">
      <header>
        <h2 id="offer-head">{t('offer.head')}</h2>
        <time>
          <span class="unseen">{t('offer.left')} </span>
          {offerLeft(offer, now)}
        </time>
      </header>
      <VisitorFace name={name} size={40} />
      <div class="offer-who">
        <b id="offer-name">
          <bdi>{name}</bdi>
        </b>
        <small dir="auto">{offerPlace(visitor)}</small>
      </div>
      <p class="offer-text" dir="auto">
        {visitor.preview}
      </p>
      <OfferKeys desk={desk} offer={offer} isOnline />
      {others > 0 ? (
        <a class="offer-more" href="#/waiting">
          {t('offer.more', { count: others })}
        </a>
      ) : null}
      <OfferBar offer={offer} now={now} />
    </section>
  );
}
