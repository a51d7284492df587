// One of a few: segments side by side, which are radio buttons to keys and screen readers.
import './Pick.css';
import { useId } from 'preact/hooks';
import { Icon, type IconNode } from '../../widget/kit/Icon';

interface Option<Value extends string> {
  value: Value;
  words: string;
  icon?: IconNode;
  /** The language of the words, where it is not the page's. */
  lang?: string;
}

interface Props<Value extends string> {
  label: string;
  /** The label is for screen readers alone. */
  isLabelHidden?: boolean;
  value: Value;
  options: readonly Option<Value>[];
  hint?: string;
  pointer?: string;
  onValue: (value: Value) => void;
}

export function Pick<Value extends string>(props: Props<Value>) {
  const { label, isLabelHidden = false, value, options, hint, pointer, onValue } = props;
  const name = useId();
  return (
    <fieldset class="pick" data-pointer={pointer} aria-describedby={hint === undefined ? undefined : `${name}-help`}>
      <legend class={isLabelHidden ? 'unseen' : ''}>{label}</legend>
      <div class="pick-row">
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onValue(option.value)}
            />
            {option.icon ? <Icon icon={option.icon} size={16} /> : null}
            <span lang={option.lang}>{option.words}</span>
          </label>
        ))}
      </div>
      {hint === undefined ? null : (
        <p class="hint" id={`${name}-help`}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}
