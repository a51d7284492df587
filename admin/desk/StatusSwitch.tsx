// Available, Busy or Away: one click opens the three, the next one chooses.
import { Check, ChevronDown } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import type { Status } from '../../widget/kit/wire';
import { Menu } from '../parts/Menu';
import { t } from '../store/texts';

interface Props {
  /** Null until the hub told it. */
  status: Status | null;
  onStatus: (status: Status) => void;
}

const STATUSES: readonly Status[] = ['available', 'busy', 'away'];

export function StatusSwitch({ status, onStatus }: Props) {
  if (status === null) return <span class="status-button away">{t('status.connecting')}</span>;
  const trigger = (
    <>
      <span class={`status-dot ${status}`} />
      <span>{t(`status.${status}`)}</span>
      <Icon icon={ChevronDown} size={15} />
    </>
  );
  return (
    <Menu
      look={`status-button ${status}`}
      label={t('status.mine', { status: t(`status.${status}`) })}
      trigger={trigger}
    >
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
