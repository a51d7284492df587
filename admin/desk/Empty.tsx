// What stands where no chat is chosen: a calm word, or the way to those who wait.
import { Clock, MessagesSquare } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import { Button } from '../parts/Button';
import { t } from '../store/texts';

interface Props {
  /** The hub has told what there is. */
  isReady: boolean;
  /** A chat was asked for that is not on this desk. */
  isGone: boolean;
  waiting: number;
  onWaiting: () => void;
}

export function Empty({ isReady, isGone, waiting, onWaiting }: Props) {
  if (!isReady) return <section class="empty" aria-busy="true" />;
  const title = waiting > 0 ? t('waiting.count', { count: waiting }) : t(isGone ? 'empty.gone' : 'empty.title');
  return (
    <section class="empty">
      <span class="empty-mark">
        <Icon icon={waiting > 0 ? Clock : MessagesSquare} size={30} />
      </span>
      <h2>{title}</h2>
      <p>{t(waiting > 0 ? 'empty.waiting' : 'empty.text')}</p>
      {waiting > 0 ? (
        <Button kind="main" onClick={onWaiting}>
          {t('waiting.open')}
        </Button>
      ) : null}
    </section>
  );
}
