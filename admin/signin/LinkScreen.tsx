// Where a link of an owner leads: says whose it is, and lets that person choose a password.
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import type { Answer, Language, Problem } from '../store/api';
import type { LinkLook } from '../store/api-accounts';
import { t } from '../store/texts';
import { Gate } from './Gate';
import { words } from './problems';

interface Props {
  onLook: () => Promise<Answer<LinkLook>>;
  /** Chooses the password; gives back what went wrong, or null. */
  onUse: (email: string, password: string) => Promise<Problem | null>;
  onLeave: () => void;
  onLanguage: (language: Language) => void;
}

/** The hub refuses shorter ones; said here so that nobody has to find out by trying. */
const PASSWORD_CHARS = 12;

export default function LinkScreen({ onLook, onUse, onLeave, onLanguage }: Props) {
  const [look, setLook] = useState<Answer<LinkLook> | null>(null);
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const ask = async () => setLook(await onLook());
  useEffect(() => void ask(), []);

  if (look === null) return null;
  const isOver = !look.ok && look.problem.status === 404;
  if (!look.ok || problem?.code === 'unknown_link') {
    return (
      <Gate
        title={t(isOver || look.ok ? 'link.over' : 'link.failed')}
        lead={isOver || look.ok ? t('link.over_text') : words(look.problem)}
        onLanguage={onLanguage}
      >
        <div class="gate-actions">
          {isOver || look.ok ? null : (
            <Button kind="main" onClick={() => void ask()}>
              {t('again')}
            </Button>
          )}
          <Button onClick={onLeave}>{t('link.leave')}</Button>
        </div>
      </Gate>
    );
  }

  const { purpose, email, given_name, business } = look.value;
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const refused = await onUse(email, password);
    setBusy(false);
    setProblem(refused);
  };
  return (
    <Gate
      title={t(purpose === 'invitation' ? 'link.welcome' : 'link.reset', { name: given_name })}
      lead={t(purpose === 'invitation' ? 'link.welcome_text' : 'link.reset_text', { business })}
      onLanguage={onLanguage}
    >
      <form onSubmit={submit} aria-busy={isBusy}>
        <div role="alert">
          {problem && problem.pointer === undefined ? <p class="gate-wrong">{words(problem)}</p> : null}
        </div>
        <p class="gate-who">
          <span>{t('field.email')}</span>
          <b dir="auto">{email}</b>
          {/* So that a password keeper knows whose password this is. */}
          <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        </p>
        <Field
          label={t('field.new_password')}
          name="password"
          kind="password"
          autoComplete="new-password"
          minLength={PASSWORD_CHARS}
          hint={t('setup.password_rules', { count: PASSWORD_CHARS })}
          error={problem?.pointer === undefined ? null : words(problem)}
          value={password}
          focused
          onValue={setPassword}
        />
        <Button kind="main" submit busy={isBusy}>
          {t('link.do')}
        </Button>
      </form>
    </Gate>
  );
}
