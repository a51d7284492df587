// The table of accounts in the order visitors see them; rows move by dragging, by buttons and by Alt and arrows.
import { Plus } from 'lucide';
import { useRef, useState } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Page } from '../../parts/Page';
import { go } from '../../routes';
import type { Accounts } from '../../store/accounts';
import type { AccountView } from '../../store/api-accounts';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { AccountRow } from './AccountRow';
import { useDrag } from './drag';
import { words } from './problems';

interface Props {
  accounts: Accounts;
  toasts: Toasts;
  /** The account that is signed in. */
  me: string;
}

export function AccountTable({ accounts, toasts, me }: Props) {
  const [said, say] = useState('');
  const body = useRef<HTMLTableSectionElement>(null);
  const list = accounts.list.value;

  const keep = async () => {
    const problem = await accounts.keepOrder();
    if (problem === null) return;
    toasts.say(problem.status === 409 ? t('account.order_stale') : words(problem));
  };
  const tell = (account: AccountView) => {
    const place = accounts.list.value.findIndex((one) => one.id === account.id) + 1;
    say(t('account.moved', { name: account.given_name, place, count: list.length }));
  };
  const step = (account: AccountView, by: 1 | -1) => {
    const at = list.findIndex((one) => one.id === account.id);
    if (!accounts.place(account.id, at + by)) {
      say(t(by < 0 ? 'account.is_first' : 'account.is_last', { name: account.given_name }));
      return;
    }
    tell(account);
    void keep();
  };
  const drag = useDrag(body, {
    onMove: (id, to) => accounts.place(id, to),
    onDrop: (id) => {
      const account = accounts.get(id);
      if (account) tell(account);
      void keep();
    },
  });

  return (
    <Page look="accounts">
      <div class="page-lead">
        <p>{t('account.lead')}</p>
        <Button kind="main" icon={Plus} onClick={() => go({ at: 'account', account: 'new' })}>
          {t('account.add')}
        </Button>
      </div>
      <table class="account-table">
        <caption class="unseen">{t('account.title')}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="unseen">{t('account.order')}</span>
            </th>
            <th scope="col">{t('account.name')}</th>
            <th scope="col">{t('field.email')}</th>
            <th scope="col">{t('account.role')}</th>
            <th scope="col">{t('account.takes_calls_short')}</th>
            <th scope="col">{t('account.transcripts_short')}</th>
            <th scope="col">{t('account.factor_short')}</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {list.map((account, index) => (
            <AccountRow
              key={account.id}
              account={account}
              isMe={account.id === me}
              isFirst={index === 0}
              isLast={index === list.length - 1}
              isDragged={drag.id === account.id}
              onStep={(by) => step(account, by)}
              onGrab={(event) => drag.grab(account.id, event)}
            />
          ))}
        </tbody>
      </table>
      <p class="account-order-hint">{t('account.order_hint')}</p>
      <p class="unseen" role="status">
        {said}
      </p>
    </Page>
  );
}
