// The red field that stands out while somebody waits; calm when nobody does.
import { Check, Clock } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import type { WaitingVisitor } from '../../widget/kit/wire';
import { t } from '../store/texts';
import { lasting } from '../store/words';

interface Props {
  waiting: readonly WaitingVisitor[];
  isShown: boolean;
  now: number;
}

export function WaitingTile({ waiting, isShown, now }: Props) {
  const first = waiting[0];
  return (
    <>
      <a
        class={first ? 'waiting-tile' : 'waiting-tile calm'}
        href="#/waiting"
        aria-current={isShown ? 'true' : undefined}
      >
        <span class="waiting-tile-mark">
          <Icon icon={first ? Clock : Check} size={first ? 18 : 16} />
        </span>
        <span>
          <b>{t(first ? 'waiting.title' : 'waiting.nobody')}</b>
          {first ? <span>{t('waiting.longest', { time: lasting(now - first.since) })}</span> : null}
        </span>
        {first ? <span class="waiting-tile-count number">{waiting.length}</span> : null}
      </a>
      <span class="unseen" role="status">
        {first ? t('waiting.count', { count: waiting.length }) : ''}
      </span>
    </>
  );
}
