// Four bars for the quality of a call; what each side hears stands in words beside them.
import type { Bars } from '../store/call-words';
import { t } from '../store/texts';

interface Props {
  /** What the consultant hears. */
  hears: Bars | null;
  /** What the visitor hears. */
  heard: Bars | null;
  /** The visitor. */
  name: string;
}

const STEPS = [1, 2, 3, 4] as const;

export function QualityBars({ hears, heard, name }: Props) {
  const known = [hears, heard].filter((bars) => bars !== null);
  if (known.length === 0) return null;
  // The worse side is what matters.
  const bars = Math.min(...known);
  const words = [
    hears !== null ? t('quality.mine', { quality: t(`quality.${hears}`) }) : '',
    heard !== null ? t('quality.theirs', { name, quality: t(`quality.${heard}`) }) : '',
  ];
  return (
    <span class={`quality of-${bars}`} role="img" aria-label={words.join(' ').trim()} title={words.join('\n').trim()}>
      {STEPS.map((step) => (
        <i key={step} class={step <= bars ? 'full' : ''} />
      ))}
    </span>
  );
}
