// A day with as many intervals as it needs; the last one may end on the next day.
import { Plus, X } from 'lucide';
import { useRef } from 'preact/hooks';
import type { Day, Interval } from '../../../widget/kit/wire';
import { Button } from '../../parts/Button';
import { SelectField } from '../../parts/SelectField';
import { clockTime, DAY_STEPS, further, isPastMidnight, OFFICE, steps } from '../../store/hours-rows';
import { MOST } from '../../store/package-checks';
import { t } from '../../store/texts';
import { OpenPick } from './RowHours';

interface Props {
  name: string;
  day: Day;
  pointer: string;
  error: string | null;
  onDay: (day: Day) => void;
}

export function DayHours({ name, day, pointer, error, onDay }: Props) {
  const last = useRef<readonly Interval[]>([OFFICE]);
  const intervals = day.open === 'hours' ? day.intervals : [];
  if (intervals.length > 0) last.current = intervals;
  const more = intervals.length < MOST.intervals ? further(intervals) : undefined;
  const set = (next: readonly Interval[]) => onDay({ open: 'hours', intervals: [...next] });
  return (
    <div class="hours-day" data-pointer={pointer}>
      <span class="hours-name" aria-hidden="true">
        {name}
      </span>
      <OpenPick
        name={name}
        day={day}
        last={() => last.current[0] ?? OFFICE}
        onDay={(next) => (next.open === 'hours' ? set(last.current) : onDay(next))}
      />
      {day.open === 'hours' ? (
        <div class="hours-intervals">
          {intervals.map((interval, index) => (
            <Times
              key={index}
              name={name}
              number={index + 1}
              interval={interval}
              canGo={intervals.length > 1}
              onInterval={(next) => set(intervals.map((one, at) => (at === index ? next : one)))}
              onRemove={() => set(intervals.filter((_, at) => at !== index))}
            />
          ))}
          {more === undefined ? null : (
            <Button
              kind="round"
              icon={Plus}
              label={t('package.interval_add_day', { day: name })}
              onClick={() => set([...intervals, more])}
            />
          )}
        </div>
      ) : null}
      {error === null ? null : <p class="wrong">{error}</p>}
    </div>
  );
}

interface TimesProps {
  name: string;
  number: number;
  interval: Interval;
  canGo: boolean;
  onInterval: (interval: Interval) => void;
  onRemove: () => void;
}

function Times({ name, number, interval, canGo, onInterval, onRemove }: TimesProps) {
  return (
    <div class="hours-times">
      <SelectField
        label={t('package.interval_from', { day: name, number })}
        isLabelHidden
        value={interval.from}
        options={range(0, DAY_STEPS - 1).map((step) => ({ value: clockTime(step), words: clockTime(step) }))}
        onValue={(from) => onInterval(moved(interval, from))}
      />
      <span aria-hidden="true">–</span>
      <SelectField
        label={t('package.interval_to', { day: name, number })}
        isLabelHidden
        value={interval.to}
        options={ends(interval.from)}
        onValue={(to) => onInterval({ ...interval, to })}
      />
      {canGo ? (
        <Button kind="round" icon={X} label={t('package.interval_remove', { day: name, number })} onClick={onRemove} />
      ) : null}
    </div>
  );
}

/** A later begin pushes an end on the same day before itself; an interval past midnight stays one. */
function moved(interval: Interval, from: string): Interval {
  if (isPastMidnight(interval) || steps(interval.to) > steps(from)) return { ...interval, from };
  return { from, to: clockTime(Math.min(steps(from) + 2, DAY_STEPS)) };
}

/** Every end an interval can have: on the same day up to 24:00, then on the next one. */
function ends(from: string): readonly { value: string; words: string }[] {
  const today = range(steps(from) + 1, DAY_STEPS).map((step) => ({ value: clockTime(step), words: clockTime(step) }));
  const tomorrow = range(1, steps(from)).map((step) => ({
    value: clockTime(step),
    words: t('package.next_day', { time: clockTime(step) }),
  }));
  return [...today, ...tomorrow];
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
