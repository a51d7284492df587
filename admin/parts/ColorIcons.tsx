// The four colors of a button as round icons; radio buttons to keys and screen readers.
import './ColorIcons.css';
import { Check } from 'lucide';
import { useId } from 'preact/hooks';
import { Icon } from '../../widget/kit/Icon';

interface Swatch<Value extends string> {
  value: Value;
  words: string;
  /** Ends of its gradient. */
  a: string;
  b: string;
}

interface Props<Value extends string> {
  label: string;
  /** None is chosen while a color of one's own is. */
  value: Value | null;
  swatches: readonly Swatch<Value>[];
  pointer?: string;
  onValue: (value: Value) => void;
}

export function ColorIcons<Value extends string>({ label, value, swatches, pointer, onValue }: Props<Value>) {
  const name = useId();
  return (
    <fieldset class="color-icons" data-pointer={pointer}>
      <legend class="unseen">{label}</legend>
      {swatches.map((swatch) => (
        <label
          key={swatch.value}
          title={swatch.words}
          style={{ background: `linear-gradient(135deg, ${swatch.a}, ${swatch.b})` }}
        >
          <input
            type="radio"
            name={name}
            value={swatch.value}
            aria-label={swatch.words}
            checked={swatch.value === value}
            onChange={() => onValue(swatch.value)}
            // Chosen already, but hidden behind a color of one's own: a click means it, too.
            onClick={() => onValue(swatch.value)}
          />
          {swatch.value === value ? <Icon icon={Check} size={18} /> : null}
        </label>
      ))}
    </fieldset>
  );
}
