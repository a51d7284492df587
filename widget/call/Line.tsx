/** One field of the order: label, input, what is wrong with it. The hub's own refusals stand at the same place. */
import type { OrderForm } from './order';
import { t } from './speech';

interface Props {
  form: OrderForm;
  field: 'phone' | 'email' | 'name' | 'note';
  isNeeded?: boolean;
  hint?: string;
}

/** The keys a phone shows, what a browser may fill in, and how many characters the hub takes. */
const KINDS = {
  phone: { keys: 'tel', autocomplete: 'tel', most: 40 },
  email: { keys: 'email', autocomplete: 'email', most: 64 },
  name: { keys: 'text', autocomplete: 'name', most: 81 },
  note: { keys: 'text', autocomplete: 'off', most: 500 },
} as const;

export function Line({ form, field, isNeeded = false, hint = '' }: Props) {
  const { keys, autocomplete, most } = KINDS[field];
  const problem = form.problems.value.get(field);
  const says = problem === undefined ? hint : t(problem);
  return (
    <div class="field">
      <label for={field}>
        {t(`order.${field}`)} {!isNeeded && <small>{t('order.optional')}</small>}
      </label>
      <input
        id={field}
        name={field}
        type="text"
        inputMode={keys}
        dir={keys === 'text' ? 'auto' : 'ltr'}
        autocomplete={autocomplete}
        maxLength={most}
        required={isNeeded}
        value={form[field].value}
        aria-invalid={problem !== undefined}
        aria-describedby={says === '' ? undefined : `says-${field}`}
        onInput={(event) => form.type(field, event.currentTarget.value)}
      />
      {says !== '' && (
        <p class={problem === undefined ? 'hint' : 'problem'} id={`says-${field}`}>
          {says}
        </p>
      )}
    </div>
  );
}
