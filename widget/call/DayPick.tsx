/** The day of a call: two weeks to choose from, and a field for any day up to a year ahead. */
import type { OrderForm } from './order';
import { dateText, spoken, t } from './speech';
import { dayText } from './times';

interface Props {
  form: OrderForm;
}

export function DayPick({ form }: Props) {
  const problem = form.problems.value.get('date');
  const chosen = form.date.value;
  return (
    <div class="field" role="radiogroup" aria-labelledby="day-title" aria-describedby={problem && 'problem-date'}>
      <span class="field-title" id="day-title">
        {t('order.date')}
      </span>
      <div class="days">
        {form.dates.map((date) => (
          <Day key={date} form={form} date={date} isChosen={date === chosen} />
        ))}
      </div>
      <label class="other-day">
        <span>{t('order.other_day')}</span>
        <input
          type="date"
          name="other-day"
          min={form.today}
          max={form.lastDate}
          value={chosen ?? ''}
          aria-invalid={problem !== undefined}
          aria-describedby={problem && 'problem-date'}
          onChange={(event) => {
            if (event.currentTarget.value !== '') form.pickDate(event.currentTarget.value);
          }}
        />
      </label>
      {problem !== undefined && (
        <p class="problem" id="problem-date">
          {t(problem)}
        </p>
      )}
    </div>
  );
}

interface DayProps {
  form: OrderForm;
  date: string;
  isChosen: boolean;
}

/** A day without a half-hour left cannot be chosen; one not known yet can. */
function Day({ form, date, isChosen }: DayProps) {
  const { locale } = spoken();
  const isFull = form.times(date)?.length === 0;
  return (
    <label class="day" title={dateText(date)}>
      <input
        class="quiet"
        type="radio"
        name="date"
        value={date}
        checked={isChosen}
        disabled={isFull}
        aria-label={dateText(date)}
        onChange={() => form.pickDate(date)}
      />
      <span aria-hidden="true">
        <small>{date === form.today ? t('order.today') : dayText(locale, date, { weekday: 'short' })}</small>
        <b>{dayText(locale, date, { day: 'numeric' })}</b>
      </span>
    </label>
  );
}
