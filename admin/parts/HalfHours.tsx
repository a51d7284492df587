// From and to on one track, in half-hours: two native sliders, so keys, touch and screen readers come for free.
import './HalfHours.css';
import type { Interval } from '../../widget/kit/wire';
import { clockTime, DAY_STEPS, steps } from '../store/hours-rows';
import { t } from '../store/texts';

interface Props {
  /** The day, for screen readers. */
  day: string;
  interval: Interval;
  onInterval: (interval: Interval) => void;
}

export function HalfHours({ day, interval, onInterval }: Props) {
  const from = steps(interval.from);
  const to = steps(interval.to);
  const shared = { min: 0, max: DAY_STEPS, step: 1 };
  return (
    <div class="half-hours">
      <div
        class="half-hours-track"
        style={{ '--from': `${from / DAY_STEPS}`, '--to': `${to / DAY_STEPS}` }}
        data-late={from > DAY_STEPS / 2}
      >
        <input
          type="range"
          {...shared}
          class="from"
          aria-label={t('package.opening', { day })}
          aria-valuetext={t('package.from_time', { time: interval.from })}
          value={from}
          onInput={(event) => {
            // They may not pass each other: half an hour at least stays between them.
            const next = Math.min(event.currentTarget.valueAsNumber, to - 1);
            event.currentTarget.value = String(next);
            onInterval({ ...interval, from: clockTime(next) });
          }}
        />
        <input
          type="range"
          {...shared}
          class="to"
          aria-label={t('package.closing', { day })}
          aria-valuetext={t('package.to_time', { time: interval.to })}
          value={to}
          onInput={(event) => {
            const next = Math.max(event.currentTarget.valueAsNumber, from + 1);
            event.currentTarget.value = String(next);
            onInterval({ ...interval, to: clockTime(next) });
          }}
        />
      </div>
      <output class="number" aria-hidden="true">
        {interval.from}–{interval.to}
      </output>
    </div>
  );
}
