// A line or some lines of text with label, hint, error, and what is left of the room.
import './Field.css';
import { useId } from 'preact/hooks';
import { t } from '../store/texts';

interface Props {
  label: string;
  value: string;
  /** Lines shown; one is an input. */
  lines?: number;
  kind?: 'text' | 'url' | 'number' | 'date';
  /** The most characters it takes; more can be typed and is said to be too much, so that a paste is never cut. */
  most?: number;
  least?: number;
  isLabelHidden?: boolean;
  hint?: string;
  error?: string | null;
  placeholder?: string;
  pointer?: string;
  isRequired?: boolean;
  onValue: (value: string) => void;
}

/** From here on the room that is left is told. */
const NEARLY = 0.8;

export function TextField(props: Props) {
  const id = useId();
  const { kind = 'text', lines = 1, most, error = null, hint, isLabelHidden = false } = props;
  const shared = {
    id,
    value: props.value,
    placeholder: props.placeholder,
    autoComplete: 'off' as const,
    required: props.isRequired,
    'aria-invalid': error !== null,
    'aria-describedby': `${id}-help`,
    onInput: (event: Event) => {
      const { currentTarget: field } = event;
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) props.onValue(field.value);
    },
  };
  const room = kind === 'number' || most === undefined ? null : roomWords(props.value, most);
  return (
    <div class="field" data-pointer={props.pointer}>
      <label for={id} class={isLabelHidden ? 'unseen' : ''}>
        {props.label}
      </label>
      {lines > 1 ? <textarea rows={lines} dir="auto" style={{ '--lines': `${lines}` }} {...shared} /> : null}
      {lines === 1 && kind === 'text' ? <input type="text" dir="auto" {...shared} /> : null}
      {lines === 1 && kind === 'url' ? <input type="url" inputMode="url" spellcheck={false} {...shared} /> : null}
      {lines === 1 && kind === 'date' ? <input type="date" {...shared} /> : null}
      {lines === 1 && kind === 'number' ? (
        <input type="number" inputMode="numeric" step={1} min={props.least} max={most} {...shared} />
      ) : null}
      <p id={`${id}-help`} class={error === null ? 'hint' : 'wrong'}>
        {error ?? hint}
        {room === null ? null : <span class={room.isOver ? 'room over' : 'room'}>{room.words}</span>}
      </p>
    </div>
  );
}

function roomWords(value: string, most: number): { words: string; isOver: boolean } | null {
  const length = [...value].length;
  if (length > most) return { words: t('package.over', { count: length - most }), isOver: true };
  return length > most * NEARLY ? { words: t('package.left', { count: most - length }), isOver: false } : null;
}
