// How somebody new gets in: by a link they choose a password with, or by a password told to them.
import { Field } from '../../parts/Field';
import { Pick } from '../../parts/Pick';
import type { Entries } from '../../store/account-entries';
import { t } from '../../store/texts';

interface Props {
  entries: Entries;
  error: string | null;
  onEntries: (entries: Entries) => void;
}

/** The hub refuses shorter ones; said here so that nobody has to find out by trying. */
const PASSWORD_CHARS = 12;

export function WayIn({ entries, error, onEntries }: Props) {
  return (
    <section class="account-way">
      <Pick
        label={t('account.way')}
        options={[
          { value: 'link', words: t('account.way_link') },
          { value: 'password', words: t('account.way_password') },
        ]}
        value={entries.way}
        hint={t(entries.way === 'link' ? 'account.way_link_hint' : 'account.way_password_hint')}
        onValue={(way) => onEntries({ ...entries, way })}
      />
      {entries.way === 'password' ? (
        <Field
          label={t('field.password')}
          name="password"
          kind="password"
          autoComplete="new-password"
          minLength={PASSWORD_CHARS}
          hint={t('setup.password_rules', { count: PASSWORD_CHARS })}
          value={entries.password}
          error={error}
          onValue={(password) => onEntries({ ...entries, password })}
        />
      ) : null}
    </section>
  );
}
