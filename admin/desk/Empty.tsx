// What stands where no chat is chosen: a calm word, the way to those who wait, or how to be reached at all.
import { Clock, Coffee, MessagesSquare } from 'lucide';
import type { Status } from '../../widget/kit/wire';
import { Button } from '../parts/Button';
import { Calm } from '../parts/Calm';
import { t } from '../store/texts';

interface Props {
  /** Null until the hub told what there is. */
  status: Status | null;
  /** A chat was asked for that is not on this desk. */
  isGone: boolean;
  waiting: number;
  onWaiting: () => void;
  onAvailable: () => void;
}

export function Empty({ status, isGone, waiting, onWaiting, onAvailable }: Props) {
  if (status === null) return <section class="empty" aria-busy="true" />;
  if (waiting > 0) {
    return (
      <Calm icon={Clock} title={t('waiting.count', { count: waiting })} text={t('empty.waiting')}>
        <Button kind="main" onClick={onWaiting}>
          {t('waiting.open')}
        </Button>
      </Calm>
    );
  }
  if (status === 'away' && !isGone) {
    return (
      <Calm icon={Coffee} title={t('empty.away_title')} text={t('empty.away')}>
        <Button kind="main" onClick={onAvailable}>
          {t('empty.available')}
        </Button>
      </Calm>
    );
  }
  return <Calm icon={MessagesSquare} title={t(isGone ? 'empty.gone' : 'empty.title')} text={t('empty.text')} />;
}
