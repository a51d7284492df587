/** A bar that says when the line to the hub is lost. It waits a moment: most lines are back before anyone notices. */
import type { Line } from '../kit/socket';
import { t } from './speech';
import './LineBar.css';

interface Props {
  line: Line;
  stopCode: number | undefined;
}

/** The close code of a hub that does not speak this page's version. */
const VERSION_CODE = 4510;

export function LineBar({ line, stopCode }: Props) {
  const isStopped = line === 'stopped';
  const isShown = line === 'offline' || isStopped;
  let text = t('line.offline');
  if (isStopped) text = t(stopCode === VERSION_CODE ? 'line.version' : 'line.stopped');
  return (
    <div class="line-bar" role="status">
      {isShown && <p>{text}</p>}
    </div>
  );
}
