/** The heading of a screen; it takes the focus when the visitor came to the screen. */
import type { Place } from './place';
import { settings } from './speech';

interface Props {
  text: string;
  place: Place;
}

export function Heading({ text, place }: Props) {
  // The owner's words may be in any script; a text with a name in it is written as the page is.
  return (
    <h1 tabIndex={-1} ref={place.arrive} dir={text === settings.value.heading ? 'auto' : undefined}>
      {text}
    </h1>
  );
}
