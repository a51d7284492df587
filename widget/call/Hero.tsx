/** The chosen consultant above a heading: a large face with the ring of the status, and both in words. */
import { Face } from '../kit/Face';
import type { Live } from './live';
import { statusText } from './Team';

interface Props {
  live: Live;
}

const SIZE_PX = 96;

export function Hero({ live }: Props) {
  const chosen = live.chosen;
  if (chosen === undefined) return null;
  return (
    <div class={`hero is-${live.isStale.value ? 'unknown' : chosen.status}`} key={chosen.id}>
      <Face name={chosen.name} photo={chosen.photo} size={SIZE_PX} />
      <p>
        <b dir="auto">{chosen.name}</b> <span>{statusText(live, chosen)}</span>
      </p>
    </div>
  );
}
