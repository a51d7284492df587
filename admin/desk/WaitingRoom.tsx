// The waiting room: first who is offered to this consultant, then whoever waits longest, then who is offered to others.
import './WaitingRoom.css';
import { ArrowLeft, MessageSquareText } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Icon } from '../../widget/kit/Icon';
import type { WaitingVisitor } from '../../widget/kit/wire';
import { Button } from '../parts/Button';
import { VisitorFace } from '../parts/VisitorFace';
import type { Desk } from '../store/desk';
import { offerLeft, offerPlace } from '../store/offering';
import { t } from '../store/texts';
import { clock, listed, waiterName } from '../store/words';
import { OfferBar, OfferKeys } from './OfferKeys';

interface Props {
  desk: Desk;
  isOnline: boolean;
  /** The hub's clock. */
  now: number;
}

export function WaitingRoom({ desk, isOnline, now }: Props) {
  const { mine, open, others } = desk.offers;
  const isCalm = desk.room.waiting.value.length === 0;
  const order = mine.value.length + others.value.length > 0 ? 'offer.order' : 'waiting.order';
  return (
    <section class="waiting-room" aria-labelledby="waiting-room">
      <header>
        <a class="back" href="#/" aria-label={t('back')} title={t('back')}>
          <Icon icon={ArrowLeft} size={18} class="pointing" />
        </a>
        <h2 id="waiting-room">{t('waiting.title')}</h2>
        <p>{t(isCalm ? 'waiting.calm' : order)}</p>
      </header>
      <ul>
        {mine.value.map((offer) => (
          <Row key={offer.visitor.chat} visitor={offer.visitor} look="offered">
            <time>
              <span class="unseen">{t('offer.left')} </span>
              {offerLeft(offer, now)}
            </time>
            <OfferKeys key={offer.id} desk={desk} offer={offer} isOnline={isOnline} />
            <OfferBar offer={offer} now={now} />
          </Row>
        ))}
        {open.value.map((visitor, index) => (
          <Row key={visitor.chat} visitor={visitor} look="">
            <Wait visitor={visitor} isFirst={index === 0} now={now} />
            <Button
              kind={index === 0 && mine.value.length === 0 ? 'main' : 'plain'}
              icon={MessageSquareText}
              busy={desk.claims.asked.value.has(visitor.chat)}
              disabled={!isOnline}
              onClick={() => desk.claim(visitor.chat)}
            >
              {t('waiting.start')}
              <span class="unseen"> {waiterName(visitor)}</span>
            </Button>
          </Row>
        ))}
        {others.value.map((visitor) => (
          <Row key={visitor.chat} visitor={visitor} look="others">
            <Wait visitor={visitor} isFirst={false} now={now} />
            <span class="waiting-to">{t('offer.to', { names: listed(namesOf(desk, visitor)) })}</span>
          </Row>
        ))}
      </ul>
    </section>
  );
}

/** Whom the visitor is offered to. */
function namesOf(desk: Desk, { offered }: WaitingVisitor): string[] {
  return desk.room.team.value.filter(({ id }) => offered?.to.includes(id)).map(({ name }) => name);
}

function Wait({ visitor, isFirst, now }: { visitor: WaitingVisitor; isFirst: boolean; now: number }) {
  return (
    <time class={isFirst ? 'longest' : ''}>
      <span class="unseen">{t('waiting.since')} </span>
      {clock(now - visitor.since)}
    </time>
  );
}

interface RowProps {
  visitor: WaitingVisitor;
  look: '' | 'offered' | 'others';
  /** The time, and what can be done. */
  children: ComponentChildren;
}

function Row({ visitor, look, children }: RowProps) {
  const name = waiterName(visitor);
  return (
    <li class={`waiting-row ${look}`}>
      <VisitorFace name={name} size={40} />
      <div class="waiting-row-text">
        <b>
          <bdi>{name}</bdi>
          <span class={visitor.here ? 'here' : 'gone'}>{t(visitor.here ? 'visitor.here' : 'visitor.gone')}</span>
        </b>
        <p dir="auto">{visitor.preview}</p>
        <small dir="auto">{offerPlace(visitor)}</small>
      </div>
      {children}
    </li>
  );
}
