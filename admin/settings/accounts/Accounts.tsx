// Settings » Accounts: the table, or the form of one account, and what is asked and shown over them.
import './Accounts.css';
import { CircleAlert, SearchX } from 'lucide';
import { useEffect, useMemo } from 'preact/hooks';
import type { AccountId } from '../../../widget/kit/wire';
import { Button } from '../../parts/Button';
import { Calm } from '../../parts/Calm';
import { Page } from '../../parts/Page';
import { go } from '../../routes';
import { Accounts } from '../../store/accounts';
import { accountsApi } from '../../store/api-accounts';
import { images } from '../../store/api-images';
import type { App } from '../../store/app';
import type { SignedIn } from '../../store/signed-in';
import { t } from '../../store/texts';
import { AccountForm } from './AccountForm';
import { AccountTable } from './AccountTable';

interface Props {
  app: App;
  signedIn: SignedIn;
  /** The account that is open, `new` for one that is made, null for the table. */
  shown: AccountId | 'new' | null;
}

export default function AccountsScreen({ app, signedIn, shown }: Props) {
  const accounts = useMemo(() => new Accounts(accountsApi), []);
  const photos = useMemo(() => images('photo'), []);
  useEffect(() => void accounts.load(), [accounts]);

  const listing = accounts.listing.value;
  if (listing.is === 'loading') return <Page look="accounts">{null}</Page>;
  if (listing.is === 'failed') {
    return (
      <Page look="accounts">
        <Calm icon={CircleAlert} title={t('failed')} text={t('problem.offline')}>
          <Button kind="main" onClick={() => void accounts.load()}>
            {t('again')}
          </Button>
        </Calm>
      </Page>
    );
  }
  if (shown === null) {
    return <AccountTable accounts={accounts} toasts={app.toasts} me={signedIn.account.value.account} />;
  }
  const account = shown === 'new' ? null : accounts.get(shown);
  if (account === undefined) {
    return (
      <Page look="accounts">
        <Calm icon={SearchX} title={t('account.unknown')} text={t('account.unknown_text')}>
          <Button kind="main" onClick={() => go({ at: 'accounts' })}>
            {t('account.back')}
          </Button>
        </Calm>
      </Page>
    );
  }
  return (
    <AccountForm
      key={shown}
      account={account}
      accounts={accounts}
      photos={photos}
      signedIn={signedIn}
      toasts={app.toasts}
    />
  );
}
