// A new rule table: its name, and then straight to its rows.
import { useSignal } from '@preact/signals';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { TextField } from '../../parts/TextField';
import { MOST_NAME, type Plugins } from '../../store/plugins';
import { t } from '../../store/texts';
import { problemWords } from './words';

interface Props {
  plugins: Plugins;
  onCreated: (id: string) => void;
  onClose: () => void;
}

export function NewTable({ plugins, onCreated, onClose }: Props) {
  const name = useSignal(t('plugins.new_table_name'));
  const isBusy = useSignal(false);
  const isAsked = useSignal(false);
  const problem = useSignal<string | null>(null);
  const length = [...name.value.trim()].length;
  const isRight = length >= 1 && length <= MOST_NAME;

  const create = async () => {
    isAsked.value = true;
    if (!isRight) return;
    isBusy.value = true;
    const answer = await plugins.newTable(name.value.trim());
    isBusy.value = false;
    if (answer.ok) onCreated(answer.value.id);
    else problem.value = problemWords(answer.problem);
  };

  return (
    <Dialog label={t('plugins.new_table')} look="new-table" onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <h2>{t('plugins.new_table')}</h2>
        <p class="new-table-hint">{t('plugins.kind_table_text')}</p>
        <TextField
          label={t('plugins.name')}
          value={name.value}
          most={MOST_NAME}
          isRequired
          error={isAsked.value && !isRight ? t('plugins.wrong.name') : null}
          onValue={(value) => {
            name.value = value;
          }}
        />
        <div role="alert">{problem.value === null ? null : <p class="wrong-box">{problem.value}</p>}</div>
        <footer>
          <Button onClick={onClose}>{t('plugins.cancel')}</Button>
          <Button kind="main" submit busy={isBusy.value}>
            {t('plugins.create')}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
