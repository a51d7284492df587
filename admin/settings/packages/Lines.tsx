// A list with one entry on each line; what is typed stays as typed while the field has the focus.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { TextField } from '../../parts/TextField';
import { linesOf } from '../../store/package-checks';
import { same } from '../../store/same';

interface Props {
  label: string;
  entries: readonly string[];
  hint: string;
  error: string | null;
  pointer: string;
  onEntries: (entries: string[]) => void;
}

export function Lines({ label, entries, hint, error, pointer, onEntries }: Props) {
  const text = useSignal(entries.join('\n'));

  // Undone, restored or cleaned by the hub: then the field follows.
  useEffect(() => {
    if (!same(linesOf(text.peek()), entries)) text.value = entries.join('\n');
  }, [entries, text]);

  return (
    <TextField
      label={label}
      lines={3}
      value={text.value}
      hint={hint}
      error={error}
      pointer={pointer}
      onValue={(value) => {
        text.value = value;
        onEntries(linesOf(value));
      }}
    />
  );
}
