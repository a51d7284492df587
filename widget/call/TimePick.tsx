/** The half-hour of a call: only those the hub offers, on the package's clock and, where it differs, on the visitor's. */
import type { OrderForm } from './order';
import { dateText, spoken, t, timeText } from './speech';
import { differ, momentOf, timeIn, zoneName } from './times';

interface Props {
  form: OrderForm;
}

export function TimePick({ form }: Props) {
  const date = form.date.value;
  const problem = form.problems.value.get('time');
  const times = date === undefined ? undefined : form.times(date);
  return (
    <div
      class="field"
      role="radiogroup"
      aria-labelledby="time-title"
      aria-describedby={problem && 'problem-time'}
      aria-invalid={problem !== undefined}
      tabIndex={-1}
    >
      <span class="field-title" id="time-title">
        {t('order.time')}
      </span>
      {date !== undefined && times !== undefined && times.length > 0 ? (
        <Times form={form} date={date} times={times} />
      ) : (
        <NoTimes form={form} />
      )}
      {problem !== undefined && (
        <p class="problem" id="problem-time">
          {t(problem)}
        </p>
      )}
    </div>
  );
}

function Times({ form, date, times }: Props & { date: string; times: readonly string[] }) {
  const { zone, locale } = spoken();
  const at = momentOf(zone, date, times[0] ?? '');
  const isElsewhere = differ(zone, undefined, at);
  return (
    <>
      {isElsewhere && (
        <p class="hint">
          {t('order.zones', { zone: zoneName(locale, zone, at), yours: zoneName(locale, undefined, at) })}
        </p>
      )}
      <div class="times">
        {times.map((time) => {
          const yours = isElsewhere ? timeText(timeIn(undefined, momentOf(zone, date, time))) : '';
          return (
            <label key={time} class="time">
              <input
                class="quiet"
                type="radio"
                name="time"
                value={time}
                checked={form.time.value === time}
                aria-label={isElsewhere ? t('order.yours', { time: timeText(time), yours }) : timeText(time)}
                onChange={() => form.pickTime(time)}
              />
              <span aria-hidden="true">
                {timeText(time)}
                {isElsewhere && <small>{yours}</small>}
              </span>
            </label>
          );
        })}
      </div>
    </>
  );
}

/** Why there is nothing to choose, and the next day on which there may be. */
function NoTimes({ form }: Props) {
  const date = form.date.value;
  const isKnown = date === undefined ? form.areDaysKnown : form.times(date) !== undefined;
  const isWrong = form.problems.value.has('date');
  if (isWrong) return null;
  if (!isKnown) {
    return (
      <p class="no-times" role="status">
        {t(form.isLost.value ? 'times.lost' : 'times.loading')}{' '}
        {form.isLost.value && (
          <button type="button" class="link" onClick={() => void form.load()}>
            {t('times.retry')}
          </button>
        )}
      </p>
    );
  }
  const next = form.nextOpen(date ?? form.dates.at(-1) ?? form.today);
  return (
    <p class="no-times" role="status">
      {t(next === undefined ? 'times.never' : 'times.none')}{' '}
      {next !== undefined && (
        <button type="button" class="link" onClick={() => form.pickDate(next)}>
          {t('times.next', { day: dateText(next) })}
        </button>
      )}
    </p>
  );
}
