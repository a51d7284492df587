// The face of a visitor: initials of the name, or letter and first digit of the number, on a color that stays theirs.
import { hue, initials } from '../../widget/kit/Face';

interface Props {
  name: string;
  size: number;
}

export function VisitorFace({ name, size }: Props) {
  const letters = Array.from(name);
  const digit = letters.find((letter) => letter >= '0' && letter <= '9') ?? '';
  return (
    <span class="face" style={{ '--face-size': `${size}px`, '--face-hue': `${hue(name)}` }}>
      <span class="face-initials" aria-hidden="true">
        {digit === '' ? initials(name) : `${letters[0] ?? ''}${digit}`}
      </span>
    </span>
  );
}
