// The sign-in screen: e-mail and password, then the code of the second factor, and in plain words why it did not work.
import { useState } from 'preact/hooks';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import type { Language, Problem } from '../store/api';
import { t } from '../store/texts';
import { Gate } from './Gate';
import { words } from './problems';

/** A recovery code with its dashes, and some room for spaces. */
const CODE_CHARS = 48;

interface Props {
  /** The e-mail of somebody who comes from a link. */
  email: string;
  /** Why somebody stands here, and whether that is good news. */
  note: { words: string; isGood: boolean } | null;
  /** Signs in; gives back what went wrong, or null. */
  onSignIn: (email: string, password: string, code?: string) => Promise<Problem | null>;
  onLanguage: (language: Language) => void;
}

export function SignIn({ email: known, note, onSignIn, onLanguage }: Props) {
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  /** Null until the hub asks for a code. */
  const [code, setCode] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const refused = await onSignIn(email.trim(), password, code?.trim());
    setBusy(false);
    if (refused?.code === 'second_factor') {
      setCode('');
      return;
    }
    setProblem(refused);
    if (refused?.code === 'wrong_code') setCode('');
    if (refused?.code === 'wrong_sign_in') {
      setPassword('');
      setCode(null);
    }
  };
  const alert = (
    <div role="alert">
      {problem ? <p class="gate-wrong">{words(problem)}</p> : null}
      {note !== null && !problem ? <p class={note.isGood ? 'gate-good' : 'gate-wrong'}>{note.words}</p> : null}
    </div>
  );

  if (code !== null) {
    return (
      <Gate title={t('sign_in.code_title')} lead={t('sign_in.code_lead')} onLanguage={onLanguage}>
        <form onSubmit={submit} aria-busy={isBusy}>
          {alert}
          <Field
            key="code"
            label={t('field.code')}
            name="code"
            autoComplete="one-time-code"
            maxLength={CODE_CHARS}
            hint={t('sign_in.code_hint')}
            value={code}
            focused
            onValue={setCode}
          />
          <Button kind="main" submit busy={isBusy}>
            {isBusy ? t('sign_in.busy') : t('sign_in.do')}
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              setCode(null);
              setPassword('');
              setProblem(null);
            }}
          >
            {t('sign_in.other')}
          </Button>
        </form>
      </Gate>
    );
  }
  return (
    <Gate title={t('sign_in.title')} lead={t('sign_in.lead')} onLanguage={onLanguage}>
      <form onSubmit={submit} aria-busy={isBusy}>
        {alert}
        <Field
          label={t('field.email')}
          name="email"
          kind="email"
          autoComplete="username"
          maxLength={64}
          value={email}
          focused={known === ''}
          onValue={setEmail}
        />
        <Field
          label={t('field.password')}
          name="password"
          kind="password"
          autoComplete="current-password"
          value={password}
          focused={known !== ''}
          onValue={setPassword}
        />
        <Button kind="main" submit busy={isBusy}>
          {isBusy ? t('sign_in.busy') : t('sign_in.do')}
        </Button>
        <p class="gate-hint">{t('sign_in.forgot')}</p>
      </form>
    </Gate>
  );
}
