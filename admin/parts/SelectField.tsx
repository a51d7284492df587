// One of a list, in the browser's own list box.
import './Field.css';
import { useId } from 'preact/hooks';

interface Option {
  value: string;
  words: string;
}

interface Props {
  label: string;
  isLabelHidden?: boolean;
  value: string;
  options: readonly Option[];
  hint?: string;
  error?: string | null;
  pointer?: string;
  onValue: (value: string) => void;
}

export function SelectField(props: Props) {
  const id = useId();
  const { hint, error = null, isLabelHidden = false } = props;
  return (
    <div class="field" data-pointer={props.pointer}>
      <label for={id} class={isLabelHidden ? 'unseen' : ''}>
        {props.label}
      </label>
      <select
        id={id}
        aria-invalid={error !== null}
        aria-describedby={error === null && hint === undefined ? undefined : `${id}-help`}
        value={props.value}
        onChange={(event) => props.onValue(event.currentTarget.value)}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === props.value}>
            {option.words}
          </option>
        ))}
      </select>
      {error !== null || hint !== undefined ? (
        <p id={`${id}-help`} class={error === null ? 'hint' : 'wrong'}>
          {error ?? hint}
        </p>
      ) : null}
    </div>
  );
}
