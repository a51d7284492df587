// Asks for the password once more before something a stolen browser must not be able to do.
import { useState } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { Field } from '../../parts/Field';
import { fieldOf } from '../../signin/problems';
import type { Problem } from '../../store/api';
import { t } from '../../store/texts';
import { words } from './problems';

interface Props {
  email: string;
  title: string;
  text: string;
  yes: string;
  isBad: boolean;
  /** A code of the second factor is asked for as well. */
  asksCode: boolean;
  /** Does it; gives back what went wrong, or null. */
  onProof: (password: string, code: string) => Promise<Problem | null>;
  onClose: () => void;
}

export function Proof({ email, title, text, yes, isBad, asksCode, onProof, onClose }: Props) {
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const named = fieldOf(problem);
  const error = (name: string) => (problem !== null && named === name ? words(problem) : null);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const refused = await onProof(password, code.trim());
    setBusy(false);
    setProblem(refused);
    if (refused === null) onClose();
  };

  return (
    <Dialog look="confirm" label={title} onClose={onClose}>
      <h2>{title}</h2>
      <div class="confirm-text">
        <p>{text}</p>
      </div>
      <form class="proof" aria-busy={isBusy} onSubmit={submit}>
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <Field
          label={t('field.password')}
          name="password"
          kind="password"
          autoComplete="current-password"
          value={password}
          error={error('password') ?? error('current')}
          onValue={setPassword}
        />
        {asksCode ? (
          <Field
            label={t('field.code')}
            name="code"
            autoComplete="one-time-code"
            hint={t('sign_in.code_hint')}
            value={code}
            error={error('code')}
            onValue={setCode}
          />
        ) : null}
        <div role="alert">{problem !== null && named === null ? <p class="wrong-box">{words(problem)}</p> : null}</div>
        <footer>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind={isBad ? 'bad' : 'main'} submit busy={isBusy}>
            {yes}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
