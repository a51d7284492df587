// One account in the table: how it is moved, who it is, and what it may do.
import { ArrowDown, ArrowUp, GripVertical, Headset, MailCheck, ShieldCheck } from 'lucide';
import { Face } from '../../../widget/kit/Face';
import { Icon, type IconNode } from '../../../widget/kit/Icon';
import { address } from '../../routes';
import type { AccountView } from '../../store/api-accounts';
import { t } from '../../store/texts';

interface Props {
  account: AccountView;
  isMe: boolean;
  isFirst: boolean;
  isLast: boolean;
  isDragged: boolean;
  onStep: (by: 1 | -1) => void;
  onGrab: (event: PointerEvent) => void;
}

export function AccountRow({ account, isMe, isFirst, isLast, isDragged, onStep, onGrab }: Props) {
  const name = `${account.given_name} ${account.family_name}`;
  const keys = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    // The desk's own shortcuts must not hear it as well.
    event.stopPropagation();
    onStep(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <tr class={isDragged ? 'account-row dragged' : 'account-row'} data-account={account.id} onKeyDown={keys}>
      <td class="account-move">
        <span class="account-grip" aria-hidden="true" title={t('account.drag')} onPointerDown={onGrab}>
          <Icon icon={GripVertical} size={16} />
        </span>
        <Step
          icon={ArrowUp}
          label={t('account.up', { name: account.given_name })}
          isOff={isFirst}
          onStep={() => onStep(-1)}
        />
        <Step
          icon={ArrowDown}
          label={t('account.down', { name: account.given_name })}
          isOff={isLast}
          onStep={() => onStep(1)}
        />
      </td>
      <th scope="row" class="account-name">
        <span>
          <Face name={name} photo={account.photo} size={36} />
          <span>
            <b dir="auto">{name}</b>
            {isMe ? <span class="badge">{t('account.you')}</span> : null}
            {account.has_joined ? null : <span class="badge wait">{t('account.invited')}</span>}
          </span>
        </span>
      </th>
      <td class="account-email">
        <a href={address({ at: 'account', account: account.id })}>{account.email}</a>
      </td>
      <td class="account-role">{t(`account.role_${account.role}`)}</td>
      <Can icon={Headset} isOn={account.takes_calls} label={t('account.takes_calls_short')} />
      <Can icon={MailCheck} isOn={account.sends_transcripts} label={t('account.transcripts_short')} />
      <Can icon={ShieldCheck} isOn={account.has_second_factor} label={t('account.factor_short')} />
    </tr>
  );
}

interface StepProps {
  icon: IconNode;
  label: string;
  isOff: boolean;
  onStep: () => void;
}

/** Stays focusable at the ends of the list: the focus must not vanish under a key. */
function Step({ icon, label, isOff, onStep }: StepProps) {
  return (
    <button type="button" class="account-step" aria-label={label} title={label} aria-disabled={isOff} onClick={onStep}>
      <Icon icon={icon} size={15} />
    </button>
  );
}

function Can({ icon, isOn, label }: { icon: IconNode; isOn: boolean; label: string }) {
  return (
    <td class={isOn ? 'account-can on' : 'account-can'} title={label}>
      <span>
        {isOn ? <Icon icon={icon} size={16} /> : <span aria-hidden="true">–</span>}
        <span class="account-can-label">{label}</span>
        <span class="unseen">{t(isOn ? 'account.yes' : 'account.no')}</span>
      </span>
    </td>
  );
}
