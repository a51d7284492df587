// The sign-in screen: e-mail, password, and in plain words why it did not work.
import { useState } from 'preact/hooks';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import type { Language, Problem } from '../store/api';
import { t } from '../store/texts';
import { Gate } from './Gate';
import { words } from './problems';

interface Props {
  /** Why somebody who was signed in stands here again. */
  note: string | null;
  /** Signs in; gives back what went wrong, or null. */
  onSignIn: (email: string, password: string) => Promise<Problem | null>;
  onLanguage: (language: Language) => void;
}

export function SignIn({ note, onSignIn, onLanguage }: Props) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const refused = await onSignIn(email.trim(), password);
    setBusy(false);
    setProblem(refused);
    if (refused?.code === 'wrong_sign_in') setPassword('');
  };

  return (
    <Gate title={t('sign_in.title')} lead={t('sign_in.lead')} onLanguage={onLanguage}>
      <form onSubmit={submit} aria-busy={isBusy}>
        <div role="alert">
          {problem ? <p class="gate-wrong">{words(problem)}</p> : null}
          {note !== null && !problem ? <p class="gate-wrong">{note}</p> : null}
        </div>
        <Field
          label={t('field.email')}
          name="email"
          kind="email"
          autoComplete="username"
          maxLength={64}
          value={email}
          focused
          onValue={setEmail}
        />
        <Field
          label={t('field.password')}
          name="password"
          kind="password"
          autoComplete="current-password"
          value={password}
          onValue={setPassword}
        />
        <Button kind="main" submit busy={isBusy}>
          {isBusy ? t('sign_in.busy') : t('sign_in.do')}
        </Button>
      </form>
    </Gate>
  );
}
