// How an account gets in, and how that ends: fresh links, signing out, the second factor, deleting.
import { KeyRound, Link2, LogOut, ShieldOff, Trash2 } from 'lucide';
import { useState } from 'preact/hooks';
import { Icon, type IconNode } from '../../../widget/kit/Icon';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { go } from '../../routes';
import type { Accounts } from '../../store/accounts';
import type { Problem } from '../../store/api';
import type { AccountView, Link } from '../../store/api-accounts';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { LinkDialog } from './LinkDialog';
import { words } from './problems';

interface Props {
  account: AccountView;
  accounts: Accounts;
  /** The account that is signed in. */
  me: string;
  toasts: Toasts;
}

type Question = 'sign_out' | 'factor' | 'delete';

export function Access({ account, accounts, me, toasts }: Props) {
  const [asked, ask] = useState<Question | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [link, setLink] = useState<Link | null>(null);
  const name = account.given_name;

  const makeLink = async () => {
    setBusy(true);
    const answer = await accounts.link(account.id);
    setBusy(false);
    if (answer.ok) setLink(answer.value);
    else toasts.say(words(answer.problem));
  };
  const DOES: Record<Question, () => Promise<Problem | null>> = {
    sign_out: () => accounts.signOut(account.id),
    factor: () => accounts.removeFactor(account.id),
    delete: () => accounts.remove(account.id),
  };
  const does = async (question: Question) => {
    setBusy(true);
    const refused = await DOES[question]();
    setBusy(false);
    setProblem(refused === null ? null : words(refused));
    if (refused !== null) return;
    ask(null);
    toasts.say(t(`account.${question}_done`, { name }));
    if (question === 'delete') go({ at: 'accounts' }, 'replace');
  };
  const row = (question: Question, icon: IconNode, isPossible = true) => (
    <Row icon={icon} title={t(`account.${question}_title`)} text={t(`account.${question}_text`, { name })}>
      <Button
        disabled={!isPossible}
        onClick={() => {
          setProblem(null);
          ask(question);
        }}
      >
        {t(`account.${question}_do`)}
      </Button>
    </Row>
  );

  return (
    <section class="account-access" aria-labelledby="account-access">
      <h2 id="account-access">{t('account.access')}</h2>
      <div class="access-rows">
        <Row
          icon={account.has_joined ? KeyRound : Link2}
          title={t(account.has_joined ? 'account.reset_title' : 'account.invitation_title')}
          text={t(account.has_joined ? 'account.reset_text' : 'account.invitation_text')}
        >
          <Button busy={isBusy && asked === null} onClick={() => void makeLink()}>
            {t('account.link_make')}
          </Button>
        </Row>
        {account.has_joined ? row('sign_out', LogOut) : null}
        {account.has_second_factor ? row('factor', ShieldOff) : null}
        {row('delete', Trash2)}
      </div>
      {asked === null ? null : (
        <Confirm
          title={t(`account.${asked}_question`, { name })}
          yes={t(`account.${asked}_do`)}
          no={t('cancel')}
          isBad={asked === 'delete'}
          isBusy={isBusy}
          problem={problem}
          onYes={() => void does(asked)}
          onNo={() => ask(null)}
        >
          <p>
            {t(asked === 'sign_out' && account.id === me ? 'account.sign_out_me' : `account.${asked}_warning`, {
              name,
            })}
          </p>
        </Confirm>
      )}
      {link === null ? null : <LinkDialog account={account} link={link} onClose={() => setLink(null)} />}
    </section>
  );
}

interface RowProps {
  icon: IconNode;
  title: string;
  text: string;
  children: preact.ComponentChildren;
}

function Row({ icon, title, text, children }: RowProps) {
  return (
    <div class="access-row">
      <Icon icon={icon} size={18} />
      <div>
        <h3>{title}</h3>
        <p>{text}</p>
      </div>
      {children}
    </div>
  );
}
