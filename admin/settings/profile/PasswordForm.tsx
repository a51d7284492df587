// Another password for the own account; it signs every other browser out.
import { useState } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Field } from '../../parts/Field';
import { fieldOf } from '../../signin/problems';
import type { Problem } from '../../store/api';
import type { Profile } from '../../store/profile';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { words } from './problems';
import { Section } from './Section';

interface Props {
  profile: Profile;
  email: string;
  toasts: Toasts;
}

/** The hub refuses shorter ones; said here so that nobody has to find out by trying. */
const PASSWORD_CHARS = 12;

export function PasswordForm({ profile, email, toasts }: Props) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const named = fieldOf(problem);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const refused = await profile.setPassword(current, password);
    setBusy(false);
    setProblem(refused);
    if (refused !== null) return;
    setCurrent('');
    setPassword('');
    toasts.say(t('profile.password_changed'));
  };
  const error = (name: string) => (problem !== null && named === name ? words(problem) : null);

  return (
    <Section title={t('field.password')} text={t('profile.password_text')}>
      <form class="profile-form" aria-busy={isBusy} onSubmit={submit}>
        {/* So that a password keeper knows whose password this is. */}
        <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
        <div class="form-pair">
          <Field
            label={t('profile.current_password')}
            name="current"
            kind="password"
            autoComplete="current-password"
            value={current}
            error={error('current')}
            onValue={setCurrent}
          />
          <Field
            label={t('field.new_password')}
            name="password"
            kind="password"
            autoComplete="new-password"
            minLength={PASSWORD_CHARS}
            hint={t('setup.password_rules', { count: PASSWORD_CHARS })}
            value={password}
            error={error('password')}
            onValue={setPassword}
          />
        </div>
        <div role="alert">{problem !== null && named === null ? <p class="wrong-box">{words(problem)}</p> : null}</div>
        <div class="profile-buttons">
          <Button submit busy={isBusy} disabled={current === '' || password === ''}>
            {t('profile.password_do')}
          </Button>
        </div>
      </form>
    </Section>
  );
}
