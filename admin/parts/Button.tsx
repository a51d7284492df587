// The desk's button: plain, main (one per screen), quiet (no frame), round (an icon alone), bad, or answer (of calls).
import './Button.css';
import type { ComponentChildren } from 'preact';
import { Icon, type IconNode } from '../../widget/kit/Icon';

interface Props {
  kind?: 'plain' | 'main' | 'quiet' | 'round' | 'bad' | 'answer' | 'call';
  icon?: IconNode;
  /** What it does, where the button shows no words. */
  label?: string;
  title?: string;
  busy?: boolean;
  disabled?: boolean;
  submit?: boolean;
  /** Announced as a switch of something that is open or not. */
  expanded?: boolean;
  children?: ComponentChildren;
  onClick?: (event: MouseEvent) => void;
}

export function Button(props: Props) {
  const {
    kind = 'plain',
    icon,
    label,
    title,
    busy = false,
    disabled = false,
    submit = false,
    expanded,
    onClick,
  } = props;
  return (
    <button
      type={submit ? 'submit' : 'button'}
      class={`button ${kind}`}
      aria-label={label}
      aria-busy={busy}
      aria-expanded={expanded}
      title={title ?? label}
      disabled={disabled || busy}
      onClick={onClick}
    >
      {icon ? <Icon icon={icon} size={16} /> : null}
      {props.children}
    </button>
  );
}
