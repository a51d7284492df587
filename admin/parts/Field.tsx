// One labelled line of input with its hint and its error; the error names the field for screen readers.
import './Field.css';
import { useId } from 'preact/hooks';

interface Props {
  label: string;
  name: string;
  kind?: 'text' | 'email' | 'password';
  value: string;
  hint?: string;
  error?: string | null;
  autoComplete: string;
  maxLength?: number;
  minLength?: number;
  disabled?: boolean;
  focused?: boolean;
  onValue: (value: string) => void;
}

export function Field(props: Props) {
  const id = useId();
  const { kind = 'text', error = null, hint } = props;
  const shared = {
    id,
    name: props.name,
    value: props.value,
    autoComplete: props.autoComplete,
    maxLength: props.maxLength,
    minLength: props.minLength,
    disabled: props.disabled,
    required: true,
    'aria-invalid': error !== null,
    'aria-describedby': error === null && hint === undefined ? undefined : `${id}-help`,
    ref: (input: HTMLInputElement | null) => {
      if (props.focused && input && document.activeElement === document.body) input.focus();
    },
    onInput: (event: Event) => {
      if (event.currentTarget instanceof HTMLInputElement) props.onValue(event.currentTarget.value);
    },
  };
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {kind === 'password' ? <input type="password" {...shared} /> : null}
      {kind === 'email' ? <input type="email" inputMode="email" spellcheck={false} {...shared} /> : null}
      {kind === 'text' ? <input type="text" {...shared} /> : null}
      {error !== null || hint !== undefined ? (
        <p id={`${id}-help`} class={error === null ? 'hint' : 'wrong'}>
          {error ?? hint}
        </p>
      ) : null}
    </div>
  );
}
