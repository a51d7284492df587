// The first start: names the business and makes the owner's account, with the one-time link the hub printed.
import { useState } from 'preact/hooks';
import { Button } from '../parts/Button';
import { Field } from '../parts/Field';
import { Gate } from '../signin/Gate';
import { fieldOf, words } from '../signin/problems';
import type { Language, Problem, SetUpForm } from '../store/api';
import { language, t } from '../store/texts';

interface Props {
  token: string;
  onSetUp: (form: SetUpForm) => Promise<Problem | null>;
  onLanguage: (language: Language) => void;
}

/** The hub refuses shorter ones; said here so that nobody has to find out by trying. */
const PASSWORD_CHARS = 12;

type Entries = Omit<SetUpForm, 'token' | 'language'>;
const NOTHING: Entries = { business: '', given_name: '', family_name: '', email: '', password: '' };

export default function SetUp({ token, onSetUp, onLanguage }: Props) {
  const [entries, setEntries] = useState(NOTHING);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const named = fieldOf(problem);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const refused = await onSetUp({ ...entries, token, language: language() });
    setBusy(false);
    setProblem(refused);
  };

  const field = (name: keyof Entries) => ({
    name,
    value: entries[name],
    error: problem && named === name ? words(problem) : null,
    onValue: (value: string) => setEntries({ ...entries, [name]: value }),
  });

  return (
    <Gate title={t('setup.title')} lead={t('setup.lead')} onLanguage={onLanguage}>
      <form onSubmit={submit} aria-busy={isBusy}>
        <div role="alert">
          {problem && (named === null || !(named in NOTHING)) ? <p class="gate-wrong">{words(problem)}</p> : null}
        </div>
        <Field label={t('field.business')} autoComplete="organization" maxLength={100} focused {...field('business')} />
        <div class="gate-pair">
          <Field label={t('field.given_name')} autoComplete="given-name" maxLength={40} {...field('given_name')} />
          <Field label={t('field.family_name')} autoComplete="family-name" maxLength={40} {...field('family_name')} />
        </div>
        <Field label={t('field.email')} kind="email" autoComplete="username" maxLength={64} {...field('email')} />
        <Field
          label={t('field.password')}
          kind="password"
          autoComplete="new-password"
          minLength={PASSWORD_CHARS}
          hint={t('setup.password_rules', { count: PASSWORD_CHARS })}
          {...field('password')}
        />
        <Button kind="main" submit busy={isBusy}>
          {t('setup.do')}
        </Button>
      </form>
    </Gate>
  );
}
