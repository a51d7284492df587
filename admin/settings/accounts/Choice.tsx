// A switch with a line that says what it does.
import { useId } from 'preact/hooks';
import { Icon, type IconNode } from '../../../widget/kit/Icon';

interface Props {
  icon: IconNode;
  label: string;
  hint: string;
  isOn: boolean;
  onTurn: (isOn: boolean) => void;
}

export function Choice({ icon, label, hint, isOn, onTurn }: Props) {
  const id = useId();
  return (
    <button
      type="button"
      class="switch choice"
      role="switch"
      aria-checked={isOn}
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-hint`}
      onClick={() => onTurn(!isOn)}
    >
      <Icon icon={icon} size={18} />
      <span class="words">
        <span id={`${id}-label`}>{label}</span>
        <small id={`${id}-hint`}>{hint}</small>
      </span>
      <span class="track" />
    </button>
  );
}
