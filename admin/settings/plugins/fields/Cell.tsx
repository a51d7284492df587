// One cell of a declared table.
import { useId } from 'preact/hooks';
import type { FieldError } from '../../../store/api';
import type { Json } from '../../../store/json';
import type { Column } from '../../../store/plugin-form';
import type { PluginMeans } from '../../../store/plugin-means';
import { optionWords } from '../../../store/plugin-values';
import { language } from '../../../store/texts';
import { cellWrongWords } from '../words';
import { Choose } from './Choose';
import { Input } from './Input';

interface Props {
  column: Column;
  label: string;
  value: Json | undefined;
  means: PluginMeans;
  problem: FieldError | undefined;
  onValue: (value: string) => void;
}

export function Cell({ column, label, value, means, problem, onValue }: Props) {
  const id = useId();
  const { kind } = column;
  const text = value === undefined || value === null ? '' : `${value}`;
  const aria = {
    id,
    'aria-invalid': problem !== undefined,
    'aria-describedby': problem === undefined ? undefined : `${id}-wrong`,
  };
  const options = optionsOf(column, means);
  return (
    <>
      {options === null ? null : (
        <Choose {...aria} label={label} value={text} options={options} canBeEmpty={false} onValue={onValue} />
      )}
      {kind === 'Toggle' ? (
        <input
          type="checkbox"
          {...aria}
          aria-label={label}
          checked={text === 'true'}
          onChange={(event) => onValue(`${event.currentTarget.checked}`)}
        />
      ) : null}
      {options === null && kind !== 'Toggle' ? (
        <Input
          {...aria}
          kind={typeof kind === 'string' ? TYPES[kind] : 'text'}
          label={label}
          value={text}
          onValue={onValue}
        />
      ) : null}
      {problem === undefined ? null : (
        <p class="wrong" id={`${id}-wrong`}>
          {cellWrongWords(problem, kind)}
        </p>
      )}
    </>
  );
}

const TYPES = {
  Text: 'text',
  Integer: 'number',
  Toggle: 'text',
  TimeOfDay: 'time',
  Date: 'date',
  Consultant: 'text',
  Skill: 'text',
} as const;

function optionsOf({ kind }: Column, means: PluginMeans) {
  if (typeof kind === 'object') {
    return kind.Choice.map((one) => ({ value: one.value, words: optionWords(one, language()) }));
  }
  if (kind === 'Consultant') return (means.people.value ?? []).map(({ id, name }) => ({ value: id, words: name }));
  return kind === 'Skill' ? means.skills.value.map((one) => ({ value: one, words: one })) : null;
}
