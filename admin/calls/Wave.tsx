// Bars that move with the voice of the other side, so that silence is seen.
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  /** How loud it is now, 0 to 1. */
  level: () => number;
}

/** As often as an eye follows. */
const LOOK_MS = 100;
/** How much each bar takes of the level: the middle ones move most. */
const SHARES = [0.5, 0.85, 1, 0.7, 0.45] as const;

export function Wave({ level }: Props) {
  const bars = useRef<HTMLSpanElement>(null);
  const read = useRef(level);
  read.current = level;

  useEffect(() => {
    const timer = setInterval(() => bars.current?.style.setProperty('--level', String(read.current())), LOOK_MS);
    return () => clearInterval(timer);
  }, []);

  return (
    <span class="wave" ref={bars} aria-hidden="true">
      {SHARES.map((share) => (
        <i key={share} style={{ '--share': String(share) }} />
      ))}
    </span>
  );
}
