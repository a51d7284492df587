// Dragging rows of a table up and down with mouse, pen or finger; Esc puts the row back where it was.
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface Ears {
  /** The row is over the place of the row with this number, counted from 0. */
  onMove: (id: string, to: number) => boolean;
  /** It was let go at another place than it was taken from. */
  onDrop: (id: string) => void;
}

interface Drag {
  /** The row in the hand. */
  id: string | null;
  grab: (id: string, event: PointerEvent) => void;
}

/** `rows` is the element whose children are the rows. */
export function useDrag(rows: RefObject<HTMLElement | null>, ears: Ears): Drag {
  const [held, hold] = useState<{ id: string; from: number } | null>(null);
  const at = useRef(0);

  useEffect(() => {
    if (held === null) return;
    const move = (event: PointerEvent) => {
      const to = placeAt(rows.current, event.clientY);
      if (ears.onMove(held.id, to)) at.current = to;
    };
    const drop = () => {
      hold(null);
      if (at.current !== held.from) ears.onDrop(held.id);
    };
    const keys = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      hold(null);
      ears.onMove(held.id, held.from);
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', drop);
    addEventListener('pointercancel', drop);
    addEventListener('keydown', keys);
    return () => {
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', drop);
      removeEventListener('pointercancel', drop);
      removeEventListener('keydown', keys);
    };
  });

  return {
    id: held?.id ?? null,
    grab: (id, event) => {
      if (event.button !== 0) return;
      // Without this the browser would begin to select text.
      event.preventDefault();
      at.current = placeAt(rows.current, event.clientY);
      hold({ id, from: at.current });
    },
  };
}

/** The number of the row at this height of the window; above and below it is the first and the last. */
function placeAt(rows: HTMLElement | null, height: number): number {
  const ends = [...(rows?.children ?? [])].map((row) => row.getBoundingClientRect().bottom);
  const at = ends.findIndex((end) => height < end);
  return at < 0 ? ends.length - 1 : at;
}
