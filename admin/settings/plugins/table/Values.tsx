// Some values in one field, with commas or lines between them; what is typed stays as typed while the field has the focus.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { TextField } from '../../../parts/TextField';
import { valuesOf } from '../../../store/rule-table';
import { same } from '../../../store/same';

interface Props {
  label: string;
  isLabelHidden?: boolean;
  values: readonly string[];
  /** One on each line, because values may have commas. */
  hasLines?: boolean;
  hint: string;
  error: string | null;
  pointer: string;
  onValues: (values: string[]) => void;
}

export function Values({
  label,
  isLabelHidden = false,
  values,
  hasLines = false,
  hint,
  error,
  pointer,
  onValues,
}: Props) {
  const [between, separator] = hasLines ? ['\n', /\n/] : [', ', /[,\n]/];
  const text = useSignal(values.join(between));

  // Undone or brought back: then the field follows.
  useEffect(() => {
    if (!same(valuesOf(text.peek(), separator), values)) text.value = values.join(between);
  }, [values, text]);

  return (
    <TextField
      label={label}
      isLabelHidden={isLabelHidden}
      lines={hasLines ? 2 : 1}
      value={text.value}
      hint={hint}
      error={error}
      pointer={pointer}
      onValue={(value) => {
        text.value = value;
        onValues(valuesOf(value, separator));
      }}
    />
  );
}
