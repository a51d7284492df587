// The waiting room: whoever waits longest stands first, each with "Start chat".
import './WaitingRoom.css';
import { ArrowLeft, MessageSquareText } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import type { ChatId, WaitingVisitor } from '../../widget/kit/wire';
import { Button } from '../parts/Button';
import { VisitorFace } from '../parts/VisitorFace';
import { t } from '../store/texts';
import { clock, shortPage, visitorName } from '../store/words';

interface Props {
  waiting: readonly WaitingVisitor[];
  claiming: ReadonlySet<ChatId>;
  isOnline: boolean;
  now: number;
  onClaim: (chat: ChatId) => void;
}

export function WaitingRoom({ waiting, claiming, isOnline, now, onClaim }: Props) {
  return (
    <section class="waiting-room" aria-labelledby="waiting-room">
      <header>
        <a class="back" href="#/" aria-label={t('back')} title={t('back')}>
          <Icon icon={ArrowLeft} size={18} class="pointing" />
        </a>
        <h2 id="waiting-room">{t('waiting.title')}</h2>
        <p>{t(waiting.length > 0 ? 'waiting.order' : 'waiting.calm')}</p>
      </header>
      <ul>
        {waiting.map((visitor, index) => (
          <Row
            key={visitor.chat}
            visitor={visitor}
            isFirst={index === 0}
            isClaiming={claiming.has(visitor.chat)}
            isOnline={isOnline}
            now={now}
            onClaim={() => onClaim(visitor.chat)}
          />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  visitor: WaitingVisitor;
  isFirst: boolean;
  isClaiming: boolean;
  isOnline: boolean;
  now: number;
  onClaim: () => void;
}

function Row({ visitor, isFirst, isClaiming, isOnline, now, onClaim }: RowProps) {
  const name = visitorName(visitor.visitor, visitor.name);
  return (
    <li class="waiting-row">
      <VisitorFace name={name} size={40} />
      <div class="waiting-row-text">
        <b>
          <bdi>{name}</bdi>
          <span class={visitor.here ? 'here' : 'gone'}>{t(visitor.here ? 'visitor.here' : 'visitor.gone')}</span>
        </b>
        <p dir="auto">{visitor.preview}</p>
        <small>
          {visitor.package}
          {visitor.page ? <span dir="auto"> · {shortPage(visitor.page)}</span> : null}
        </small>
      </div>
      <time class={isFirst ? 'longest' : ''}>
        <span class="unseen">{t('waiting.since')} </span>
        {clock(now - visitor.since)}
      </time>
      <Button
        kind={isFirst ? 'main' : 'plain'}
        icon={MessageSquareText}
        busy={isClaiming}
        disabled={!isOnline}
        onClick={onClaim}
      >
        {t('waiting.start')}
        <span class="unseen"> {name}</span>
      </Button>
    </li>
  );
}
