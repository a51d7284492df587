// Asks for what a new package cannot do without: its name, its language, its time zone.
import { useSignal } from '@preact/signals';
import type { Language } from '../../../widget/kit/settings';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { SelectField } from '../../parts/SelectField';
import { TextField } from '../../parts/TextField';
import { length, MOST } from '../../store/package-checks';
import { type Packages, suggestedZone, zones } from '../../store/packages';
import { language, t } from '../../store/texts';
import { problemWords } from './words';

interface Props {
  list: Packages;
  onCreated: (id: string) => void;
  onClose: () => void;
}

export function NewPackage({ list, onCreated, onClose }: Props) {
  const name = useSignal('');
  const spoken = useSignal<Language>(language());
  const zone = useSignal(suggestedZone());
  const isBusy = useSignal(false);
  const wrong = useSignal<string | null>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    const typed = name.value.trim();
    if (typed === '' || length(typed) > MOST.name) {
      wrong.value = t('package.wrong.name');
      return;
    }
    isBusy.value = true;
    const answer = await list.create(typed, spoken.value, zone.value);
    isBusy.value = false;
    if (answer.ok) onCreated(answer.value.id);
    else wrong.value = answer.problem.pointer === '/name' ? t('package.wrong.name') : problemWords(answer.problem);
  };

  return (
    <Dialog label={t('package.new')} look="new-package" onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <h2>{t('package.new')}</h2>
        <TextField
          label={t('package.name')}
          value={name.value}
          most={MOST.name}
          hint={t('package.name_hint')}
          error={wrong.value}
          isRequired
          onValue={(value) => {
            name.value = value;
            wrong.value = null;
          }}
        />
        <SelectField
          label={t('package.language')}
          value={spoken.value}
          options={languages()}
          onValue={(value) => {
            spoken.value = value === 'pl' ? 'pl' : 'en';
          }}
        />
        <SelectField
          label={t('package.zone')}
          value={zone.value}
          options={zones().map((one) => ({ value: one, words: one.replaceAll('_', ' ') }))}
          hint={t('package.zone_hint')}
          onValue={(value) => {
            zone.value = value;
          }}
        />
        <p class="new-package-hint">{t('package.new_hint')}</p>
        <footer>
          <Button onClick={onClose}>{t('package.cancel')}</Button>
          <Button kind="main" submit busy={isBusy.value}>
            {t('package.create')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

/** The languages a visitor can be spoken to in. */
export function languages(): readonly { value: Language; words: string }[] {
  return (['en', 'pl'] as const).map((value) => ({ value, words: t(`package.language.${value}`) }));
}
