// The second factor of the own account: on or off, and the way between the two.
import { ShieldCheck, ShieldOff } from 'lucide';
import { useState } from 'preact/hooks';
import { Icon } from '../../../widget/kit/Icon';
import { Button } from '../../parts/Button';
import type { Profile } from '../../store/profile';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { Enrol } from './Enrol';
import { Proof } from './Proof';
import { RecoveryCodes } from './RecoveryCodes';
import { Section } from './Section';

interface Props {
  profile: Profile;
  email: string;
  toasts: Toasts;
  /** It is on or off now. */
  onChanged: () => void;
}

/** What the password is asked for. */
type Wish = 'begin' | 'renew' | 'remove';

export function SecondFactor({ profile, email, toasts, onChanged }: Props) {
  const [wish, setWish] = useState<Wish | null>(null);
  const factor = profile.factor.value;
  const grant = async (password: string, code: string) => {
    if (wish === 'begin') return profile.draftFactor(password);
    if (wish === 'renew') return profile.renewCodes(password);
    const refused = await profile.removeFactor(password, code);
    if (refused === null) {
      toasts.say(t('profile.factor_removed'));
      onChanged();
    }
    return refused;
  };

  return (
    <Section title={t('profile.factor')} text={t('profile.factor_text')}>
      {factor.is === 'off' ? (
        <div class="factor-state">
          <Icon icon={ShieldOff} size={18} />
          <p>{t('profile.factor_off')}</p>
          <Button onClick={() => setWish('begin')}>{t('profile.factor_begin')}</Button>
        </div>
      ) : null}
      {factor.is === 'drafted' ? <Enrol profile={profile} draft={factor.draft} onDone={onChanged} /> : null}
      {factor.is === 'codes' ? <RecoveryCodes codes={factor.codes} onKept={() => profile.keptCodes()} /> : null}
      {factor.is === 'on' ? (
        <div class="factor-state on">
          <Icon icon={ShieldCheck} size={18} />
          <p>{t('profile.factor_on')}</p>
          <div class="profile-buttons">
            <Button onClick={() => setWish('renew')}>{t('profile.codes_renew')}</Button>
            <Button onClick={() => setWish('remove')}>{t('profile.factor_remove')}</Button>
          </div>
        </div>
      ) : null}
      {wish === null ? null : (
        <Proof
          email={email}
          title={t(`profile.proof_${wish}`)}
          text={t(`profile.proof_${wish}_text`)}
          yes={t(wish === 'remove' ? 'profile.factor_remove' : 'profile.go_on')}
          isBad={wish === 'remove'}
          asksCode={wish === 'remove'}
          onProof={grant}
          onClose={() => setWish(null)}
        />
      )}
    </Section>
  );
}
