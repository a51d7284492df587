// Names, photo and language of the own account.
import { useState } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Field } from '../../parts/Field';
import { ImagePicker } from '../../parts/ImagePicker';
import { LeaveGuard } from '../../parts/LeaveGuard';
import { Pick } from '../../parts/Pick';
import { fieldOf } from '../../signin/problems';
import type { Account, Problem } from '../../store/api';
import type { ProfileChange } from '../../store/api-accounts';
import type { Images } from '../../store/api-images';
import type { SignedIn } from '../../store/signed-in';
import { language, t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { words } from './problems';
import { Section } from './Section';

interface Props {
  signedIn: SignedIn;
  photos: Images;
  toasts: Toasts;
}

/** E3: the hub refuses longer ones. */
const NAME_CHARS = 40;

export function Person({ signedIn, photos, toasts }: Props) {
  const account = signedIn.account.value;
  const [entries, setEntries] = useState(() => entriesOf(account));
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const named = fieldOf(problem);
  const change = changeOf(account, entries);
  const isChanged = Object.keys(change).length > 0;

  const submit = async (event: Event) => {
    event.preventDefault();
    if (!isChanged || isBusy) return;
    setBusy(true);
    const refused = await signedIn.changeMe(change);
    setBusy(false);
    setProblem(refused);
    if (refused !== null) return;
    setEntries(entriesOf(signedIn.account.value));
    toasts.say(t('profile.saved'));
  };
  const text = (name: 'given_name' | 'family_name') => ({
    name,
    value: entries[name],
    maxLength: NAME_CHARS,
    error: problem !== null && named === name ? words(problem) : null,
    onValue: (value: string) => setEntries({ ...entries, [name]: value }),
  });

  return (
    <Section title={t('profile.person')} text={t('profile.person_text')}>
      <LeaveGuard isUnsaved={() => isChanged} />
      <form class="profile-form" aria-busy={isBusy} onSubmit={submit}>
        <ImagePicker
          label={t('account.photo')}
          hint={t('account.photo_hint')}
          look="photo"
          image={entries.photo}
          images={photos}
          error={problem !== null && named === 'photo' ? words(problem) : null}
          onImage={(photo) => setEntries({ ...entries, photo })}
        />
        <div class="form-pair">
          <Field label={t('field.given_name')} autoComplete="given-name" {...text('given_name')} />
          <Field label={t('field.family_name')} autoComplete="family-name" {...text('family_name')} />
        </div>
        <Pick
          label={t('language')}
          options={[
            { value: 'en', words: 'English', lang: 'en' },
            { value: 'pl', words: 'Polski', lang: 'pl' },
          ]}
          value={language()}
          hint={t('profile.language_hint')}
          onValue={(code) => void signedIn.speak(code)}
        />
        <div role="alert">{problem !== null && named === null ? <p class="wrong-box">{words(problem)}</p> : null}</div>
        <div class="profile-buttons">
          <Button kind="main" submit busy={isBusy} disabled={!isChanged}>
            {t('account.save')}
          </Button>
          {isChanged ? (
            <Button kind="quiet" onClick={() => setEntries(entriesOf(account))}>
              {t('undo')}
            </Button>
          ) : null}
        </div>
      </form>
    </Section>
  );
}

interface Entries {
  given_name: string;
  family_name: string;
  photo: string | null;
}

function entriesOf(account: Account): Entries {
  return { given_name: account.given_name, family_name: account.family_name, photo: account.photo ?? null };
}

function changeOf(account: Account, entries: Entries): ProfileChange {
  const change: ProfileChange = {};
  if (entries.given_name.trim() !== account.given_name) change.given_name = entries.given_name.trim();
  if (entries.family_name.trim() !== account.family_name) change.family_name = entries.family_name.trim();
  if (entries.photo !== (account.photo ?? null)) change.photo = entries.photo;
  return change;
}
