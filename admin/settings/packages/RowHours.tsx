// One of the three rows: chosen hours by two sliders, all day, or closed.
import { useRef } from 'preact/hooks';
import type { Day, Interval } from '../../../widget/kit/wire';
import { HalfHours } from '../../parts/HalfHours';
import { Pick } from '../../parts/Pick';
import { OFFICE } from '../../store/hours-rows';
import { t } from '../../store/texts';

interface Props {
  name: string;
  day: Day;
  pointer: string;
  onDay: (day: Day) => void;
}

export function RowHours({ name, day, pointer, onDay }: Props) {
  // Whoever closes a day and opens it again finds the hours as they were.
  const last = useRef<Interval>(OFFICE);
  const interval = day.open === 'hours' ? day.intervals[0] : undefined;
  if (interval !== undefined) last.current = interval;
  return (
    <div class="hours-row" data-pointer={pointer}>
      <span class="hours-name" aria-hidden="true">
        {name}
      </span>
      <OpenPick name={name} day={day} last={() => last.current} onDay={onDay} />
      {interval === undefined ? (
        <span class="hours-said">{t(day.open === 'closed' ? 'package.day_closed' : 'package.day_all')}</span>
      ) : (
        <HalfHours day={name} interval={interval} onInterval={(next) => onDay({ open: 'hours', intervals: [next] })} />
      )}
    </div>
  );
}

interface OpenProps {
  name: string;
  day: Day;
  /** The hours it had before it was closed or open all day. */
  last: () => Interval;
  onDay: (day: Day) => void;
}

/** Hours, all day or closed. */
export function OpenPick({ name, day, last, onDay }: OpenProps) {
  return (
    <Pick
      label={name}
      isLabelHidden
      value={day.open}
      options={[
        { value: 'hours', words: t('package.day_hours') },
        { value: 'all_day', words: t('package.day_all') },
        { value: 'closed', words: t('package.day_closed') },
      ]}
      onValue={(open) => onDay(open === 'hours' ? { open, intervals: [last()] } : { open })}
    />
  );
}
