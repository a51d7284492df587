/** The heading of a screen; it takes the focus when the visitor came to the screen. */
import type { Place } from './place';

interface Props {
  text: string;
  place: Place;
}

export function Heading({ text, place }: Props) {
  return (
    <h1 tabIndex={-1} ref={place.arrive} dir="auto">
      {text}
    </h1>
  );
}
