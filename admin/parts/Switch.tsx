// An on-off switch with its words; the whole row is the target.
import './Switch.css';

interface Props {
  label: string;
  isOn: boolean;
  disabled?: boolean;
  onTurn: (isOn: boolean) => void;
}

export function Switch({ label, isOn, disabled = false, onTurn }: Props) {
  return (
    <button
      type="button"
      class="switch"
      role="switch"
      aria-checked={isOn}
      disabled={disabled}
      onClick={() => onTurn(!isOn)}
    >
      <span class="words">{label}</span>
      <span class="track" />
    </button>
  );
}
