/**
 * A person's photo over the initials on a color made from the name, so a photo that does not load is not missed.
 * The status is a dot; whoever shows it must also say it in words.
 */
import type { Status } from './wire';
import './face.css';

interface Props {
  name: string;
  photo?: string | undefined;
  status?: Status | undefined;
  /** Edge length in pixels. */
  size?: number;
}

/** Lower-case words ("van", "de") are not initials. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const capital = words.filter((word) => word[0] !== word[0]?.toLowerCase());
  return (capital[0] ? capital : words)
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase())
    .join('');
}

/** A hue that stays the same for the same name. */
export function hue(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360;
  return sum;
}

export function Face({ name, photo, status, size = 32 }: Props) {
  return (
    <span class="face" style={{ '--face-size': `${size}px`, '--face-hue': `${hue(name)}` }} aria-hidden="true">
      <span class="face-initials">{initials(name)}</span>
      {photo !== undefined && (
        <img
          key={photo}
          src={photo}
          alt=""
          onError={(event) => {
            event.currentTarget.hidden = true;
          }}
        />
      )}
      {status !== undefined && <i class={`face-dot face-${status}`} />}
    </span>
  );
}
