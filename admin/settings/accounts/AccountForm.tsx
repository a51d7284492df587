// Adds an account or changes one; errors of the hub stand beside the field they speak of.
import './AccountForm.css';
import { ArrowLeft } from 'lucide';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon } from '../../../widget/kit/Icon';
import { Button } from '../../parts/Button';
import { LeaveGuard } from '../../parts/LeaveGuard';
import { Page } from '../../parts/Page';
import { go } from '../../routes';
import { changeOf, type Entries, entriesOf, formOf } from '../../store/account-entries';
import type { Accounts } from '../../store/accounts';
import type { Problem } from '../../store/api';
import type { AccountView, Link } from '../../store/api-accounts';
import type { Images } from '../../store/api-images';
import type { SignedIn } from '../../store/signed-in';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { Access } from './Access';
import { AccountFields } from './AccountFields';
import { LinkDialog } from './LinkDialog';
import { shownField, words } from './problems';
import { WayIn } from './WayIn';

interface Props {
  /** Null for one that is made. */
  account: AccountView | null;
  accounts: Accounts;
  photos: Images;
  signedIn: SignedIn;
  toasts: Toasts;
}

/** Fields that show their own error. */
const SHOWN = new Set([
  ...['email', 'given_name', 'family_name', 'password', 'photo'],
  ...['most_chats', 'languages', 'skills'],
]);

export function AccountForm({ account, accounts, photos, signedIn, toasts }: Props) {
  const { language } = signedIn.account.value;
  const [entries, setEntries] = useState<Entries>(() => entriesOf(account, language));
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [invited, setInvited] = useState<{ account: AccountView; link: Link } | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  // The link that led here is gone and with it the focus; a field of somebody new takes it itself.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus();
  }, []);
  /** Somebody new was made: nothing is left to lose. */
  const isMade = useRef(false);
  const changes = Object.keys(changeOf(account ?? entriesOf(null, language), entries)).length;
  const isChanged = account !== null && changes > 0;
  const named = shownField(problem);
  const fieldError = (name: string) => (problem !== null && named === name ? words(problem) : null);

  const add = async () => {
    const answer = await accounts.create(formOf(entries));
    if (!answer.ok) return answer.problem;
    const { account: added, link } = answer.value;
    isMade.current = true;
    if (link) setInvited({ account: added, link });
    else {
      toasts.say(t('account.added', { name: added.given_name }));
      go({ at: 'accounts' }, 'replace');
    }
    return null;
  };
  const change = async (kept: AccountView) => {
    const refused = await accounts.change(kept.id, changeOf(kept, entries));
    if (refused !== null) return refused;
    const now = accounts.get(kept.id);
    if (now !== undefined) setEntries(entriesOf(now, language));
    if (kept.id === signedIn.account.value.account) void signedIn.refresh();
    toasts.say(t('account.saved'));
    return null;
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (isBusy || (account !== null && !isChanged)) return;
    setBusy(true);
    setProblem(null);
    const refused = await (account === null ? add() : change(account));
    setBusy(false);
    setProblem(refused);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    if (event.currentTarget instanceof HTMLFormElement) event.currentTarget.requestSubmit();
  };

  return (
    <Page look="account">
      <a class="account-back" href="#/accounts">
        <Icon icon={ArrowLeft} size={16} class="pointing" />
        {t('account.back')}
      </a>
      <form class="account-form" aria-busy={isBusy} onSubmit={submit} onKeyDown={keys}>
        <h2 ref={heading} tabIndex={-1}>
          {account === null ? t('account.new') : `${account.given_name} ${account.family_name}`}
        </h2>
        <AccountFields
          entries={entries}
          photos={photos}
          error={fieldError}
          isNew={account === null}
          onEntries={setEntries}
        />
        {account === null ? <WayIn entries={entries} error={fieldError('password')} onEntries={setEntries} /> : null}
        <div role="alert">
          {problem && (named === null || !SHOWN.has(named)) ? <p class="wrong-box">{words(problem)}</p> : null}
        </div>
        <footer class={isChanged ? 'account-foot bar' : 'account-foot'}>
          <span class="account-changes" role="status">
            {isChanged ? t('account.changes', { count: changes }) : ''}
          </span>
          {isChanged ? (
            <Button kind="quiet" onClick={() => setEntries(entriesOf(account, language))}>
              {t('undo')}
            </Button>
          ) : null}
          <Button kind="main" submit busy={isBusy} disabled={account !== null && !isChanged}>
            {t(account !== null ? 'account.save' : entries.way === 'link' ? 'account.invite' : 'account.add')}
            <kbd>Ctrl S</kbd>
          </Button>
        </footer>
      </form>
      {account === null ? null : (
        <Access account={account} accounts={accounts} me={signedIn.account.value.account} toasts={toasts} />
      )}
      <LeaveGuard
        isUnsaved={() => changes > 0 && !isMade.current && (account === null || accounts.get(account.id) !== undefined)}
      />
      {invited === null ? null : (
        <LinkDialog
          account={invited.account}
          link={invited.link}
          onClose={() => {
            setInvited(null);
            go({ at: 'accounts' }, 'replace');
          }}
        />
      )}
    </Page>
  );
}
