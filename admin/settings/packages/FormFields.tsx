// What a visitor is asked before the first message: add, name, order, require, remove.
import { ArrowDown, ArrowUp, Plus, X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { FieldKind, FormField } from '../../../widget/kit/settings';
import { Button } from '../../parts/Button';
import { SelectField } from '../../parts/SelectField';
import { Switch } from '../../parts/Switch';
import { TextField } from '../../parts/TextField';
import { freeId, MOST } from '../../store/package-checks';
import { t } from '../../store/texts';

interface Props {
  fields: readonly FormField[];
  wrong: (pointer: string) => string | null;
  onFields: (fields: FormField[]) => void;
}

const POINTER = '/settings/form/fields';
const KINDS: readonly FieldKind[] = ['text', 'name', 'email', 'phone'];

export function FormFields({ fields, wrong, onFields }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const wasAdded = useRef(false);

  useEffect(() => {
    if (!wasAdded.current) return;
    wasAdded.current = false;
    list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus();
  });

  const set = (index: number, part: Partial<FormField>) =>
    onFields(fields.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const move = (index: number, by: 1 | -1) => {
    const ordered = [...fields];
    const [moved] = ordered.splice(index, 1);
    if (moved) ordered.splice(index + by, 0, moved);
    onFields(ordered);
  };
  const add = () => {
    wasAdded.current = true;
    const id = freeId(
      'question',
      fields.map((one) => one.id),
    );
    onFields([...fields, { id, kind: 'text', label: '', is_required: false }]);
  };

  return (
    <div class="form-fields" data-pointer={POINTER}>
      <h4>{t('package.form')}</h4>
      <p>{t('package.form_hint')}</p>
      <ol ref={list}>
        {fields.map((one, index) => (
          <li key={one.id} data-pointer={`${POINTER}/${index}`}>
            <TextField
              label={t('package.form_label', { number: index + 1 })}
              value={one.label}
              most={MOST.field_label}
              placeholder={one.kind === 'text' ? t('package.kind_new.text') : t(`package.kind.${one.kind}`)}
              error={wrong(`${POINTER}/${index}`)}
              onValue={(label) => set(index, { label })}
            />
            <SelectField
              label={t('package.form_kind', { number: index + 1 })}
              isLabelHidden
              value={one.kind}
              options={KINDS.map((kind) => ({ value: kind, words: t(`package.kind.${kind}`) }))}
              onValue={(value) => set(index, withKind(one, KINDS.find((kind) => kind === value) ?? 'text'))}
            />
            <Switch
              label={t('package.form_required')}
              isOn={one.is_required}
              onTurn={(isRequired) => set(index, { is_required: isRequired })}
            />
            <span class="form-moves">
              <Button
                kind="round"
                icon={ArrowUp}
                disabled={index === 0}
                label={t('package.form_up', { number: index + 1 })}
                onClick={() => move(index, -1)}
              />
              <Button
                kind="round"
                icon={ArrowDown}
                disabled={index === fields.length - 1}
                label={t('package.form_down', { number: index + 1 })}
                onClick={() => move(index, 1)}
              />
              <Button
                kind="round"
                icon={X}
                label={t('package.form_remove', { number: index + 1 })}
                onClick={() => onFields(fields.filter((_, at) => at !== index))}
              />
            </span>
          </li>
        ))}
      </ol>
      {fields.length < MOST.fields ? (
        <Button icon={Plus} onClick={add}>
          {t('package.form_add')}
        </Button>
      ) : null}
    </div>
  );
}

/** Another kind; a question without a text gets the name of its kind. */
function withKind(field: FormField, kind: FieldKind): FormField {
  const label = field.label === '' && kind !== 'text' ? t(`package.kind.${kind}`) : field.label;
  return { ...field, kind, label };
}
