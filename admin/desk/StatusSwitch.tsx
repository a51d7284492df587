// Available, Busy or Away: one click opens the three, the next one chooses. In a call it is Busy by itself.
import { Check, ChevronDown } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import type { Status } from '../../widget/kit/wire';
import { Menu } from '../parts/Menu';
import { t } from '../store/texts';

interface Props {
  /** Null until the hub told it. */
  status: Status | null;
  /** A call is being connected or talked. */
  isTalking: boolean;
  onStatus: (status: Status) => void;
}

const STATUSES: readonly Status[] = ['available', 'busy', 'away'];

export function StatusSwitch({ status, isTalking, onStatus }: Props) {
  if (status === null) return <span class="status-button away">{t('status.connecting')}</span>;
  const seen = isTalking ? 'busy' : status;
  const words = t(isTalking ? 'status.in_call' : `status.${status}`);
  const trigger = (
    <>
      <span class={`status-dot ${seen}`} />
      <span>{words}</span>
      <Icon icon={ChevronDown} size={15} />
    </>
  );
  return (
    <Menu look={`status-button ${seen}`} label={t('status.mine', { status: words })} trigger={trigger}>
      {(close) =>
        STATUSES.map((one) => (
          <button
            type="button"
            key={one}
            class="menu-entry"
            aria-pressed={one === status}
            onClick={() => {
              onStatus(one);
              close();
            }}
          >
            <span class={`status-dot ${one}`} />
            <span class="grow">{t(`status.${one}`)}</span>
            {one === status ? <Icon icon={Check} size={16} /> : null}
          </button>
        ))
      }
    </Menu>
  );
}
