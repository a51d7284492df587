/** Says that the line to the hub is lost, and that what stands here may be wrong by now. */
import type { Live } from './live';
import { t } from './speech';
import './LineBar.css';

interface Props {
  live: Live;
}

export function LineBar({ live }: Props) {
  return (
    <div class="line-bar" role="status">
      {live.isStale.value && <p>{t('line.offline')}</p>}
    </div>
  );
}
