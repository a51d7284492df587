// A window with four corners, one of them chosen; radio buttons to keys and screen readers.
import './CornerPicker.css';
import { useId } from 'preact/hooks';
import type { Corner } from '../../widget/kit/settings';

interface Props {
  label: string;
  value: Corner;
  words: (corner: Corner) => string;
  pointer?: string;
  onValue: (corner: Corner) => void;
}

/** As they lie on the screen. */
const CORNERS: readonly Corner[] = ['top_left', 'top_right', 'bottom_left', 'bottom_right'];

export function CornerPicker({ label, value, words, pointer, onValue }: Props) {
  const name = useId();
  return (
    <fieldset class="corner-picker" data-pointer={pointer}>
      <legend>{label}</legend>
      <div class="corner-row">
        <div class="corner-window">
          {CORNERS.map((corner) => (
            <label key={corner} title={words(corner)}>
              <input
                type="radio"
                name={name}
                value={corner}
                aria-label={words(corner)}
                checked={corner === value}
                onChange={() => onValue(corner)}
              />
            </label>
          ))}
        </div>
        <span aria-hidden="true">{words(value)}</span>
      </div>
    </fieldset>
  );
}
