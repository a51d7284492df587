// The fields of an account: who it is, what it may do, how it is spoken to.
import { Headset, MailCheck } from 'lucide';
import { Field } from '../../parts/Field';
import { ImagePicker } from '../../parts/ImagePicker';
import { Pick } from '../../parts/Pick';
import type { Entries } from '../../store/account-entries';
import type { Images } from '../../store/api-images';
import { t } from '../../store/texts';
import { Choice } from './Choice';
import { Talents } from './Talents';

interface Props {
  entries: Entries;
  photos: Images;
  isNew: boolean;
  /** What the hub says against a field, in words. */
  error: (field: string) => string | null;
  onEntries: (entries: Entries) => void;
}

/** E2 and E3: the hub refuses longer ones. */
const EMAIL_CHARS = 64;
const NAME_CHARS = 40;

export function AccountFields({ entries, photos, isNew, error, onEntries }: Props) {
  const text = (name: 'email' | 'given_name' | 'family_name') => ({
    name,
    value: entries[name],
    error: error(name),
    autoComplete: 'off',
    onValue: (value: string) => onEntries({ ...entries, [name]: value }),
  });
  return (
    <>
      <div class="form-pair">
        <Field label={t('field.given_name')} maxLength={NAME_CHARS} focused={isNew} {...text('given_name')} />
        <Field label={t('field.family_name')} maxLength={NAME_CHARS} {...text('family_name')} />
        <Field
          label={t('field.email')}
          kind="email"
          maxLength={EMAIL_CHARS}
          hint={t('account.email_hint')}
          {...text('email')}
        />
        <ImagePicker
          label={t('account.photo')}
          hint={t('account.photo_hint')}
          look="photo"
          image={entries.photo}
          images={photos}
          error={error('photo')}
          pointer="/photo"
          onImage={(photo) => onEntries({ ...entries, photo })}
        />
        <Pick
          label={t('account.role')}
          options={[
            { value: 'consultant', words: t('account.role_consultant') },
            { value: 'owner', words: t('account.role_owner') },
          ]}
          value={entries.role}
          hint={t(entries.role === 'owner' ? 'account.owner_hint' : 'account.consultant_hint')}
          onValue={(role) => onEntries({ ...entries, role })}
        />
        <Pick
          label={t('language')}
          options={[
            { value: 'en', words: 'English', lang: 'en' },
            { value: 'pl', words: 'Polski', lang: 'pl' },
          ]}
          value={entries.language}
          hint={t('account.language_hint')}
          onValue={(language) => onEntries({ ...entries, language })}
        />
      </div>
      <div class="choices">
        <Choice
          icon={Headset}
          label={t('account.takes_calls')}
          hint={t('account.takes_calls_hint')}
          isOn={entries.takes_calls}
          onTurn={(takes_calls) => onEntries({ ...entries, takes_calls })}
        />
        <Choice
          icon={MailCheck}
          label={t('account.transcripts')}
          hint={t('account.transcripts_hint')}
          isOn={entries.sends_transcripts}
          onTurn={(sends_transcripts) => onEntries({ ...entries, sends_transcripts })}
        />
      </div>
      {isNew ? null : (
        <Talents talents={entries.talents} error={error} onTalents={(talents) => onEntries({ ...entries, talents })} />
      )}
    </>
  );
}
