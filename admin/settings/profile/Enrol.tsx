// Sets an authenticator app up: scan or type the secret, then prove it with a code.
import { useState } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Field } from '../../parts/Field';
import { QrCode } from '../../parts/QrCode';
import type { Problem } from '../../store/api';
import type { FactorDraft } from '../../store/api-accounts';
import type { Profile } from '../../store/profile';
import { t } from '../../store/texts';
import { words } from './problems';

interface Props {
  profile: Profile;
  draft: FactorDraft;
  onDone: () => void;
}

export function Enrol({ profile, draft, onDone }: Props) {
  const [code, setCode] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const refused = await profile.proveFactor(code.trim());
    setBusy(false);
    setProblem(refused);
    if (refused === null) onDone();
    else setCode('');
  };

  return (
    <div class="enrol">
      <QrCode qr={draft.qr} label={t('profile.qr')} />
      <form aria-busy={isBusy} onSubmit={submit}>
        <ol>
          <li>{t('profile.step_app')}</li>
          <li>
            {t('profile.step_scan')}
            {/* In groups of four it can be typed without losing the place. */}
            <code class="enrol-secret" dir="ltr" translate={false}>
              {draft.secret
                .replaceAll(' ', '')
                .match(/.{1,4}/g)
                ?.join(' ')}
            </code>
          </li>
          <li>{t('profile.step_code')}</li>
        </ol>
        <Field
          label={t('field.code')}
          name="code"
          autoComplete="one-time-code"
          maxLength={12}
          value={code}
          focused
          error={problem === null ? null : words(problem)}
          onValue={setCode}
        />
        <div class="profile-buttons">
          <Button kind="main" submit busy={isBusy}>
            {t('profile.factor_on_do')}
          </Button>
          <Button kind="quiet" onClick={() => profile.forgetDraft()}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </div>
  );
}
