/** The working hours: today's line, whether it is open and until when, and the week behind it. */
import { Icon } from '../kit/Icon';
import { dayHours, lineOf, weekFrom } from './hours';
import { clockIcon, downIcon } from './icons';
import type { Live } from './live';
import { dateText, settings, spoken, t, timeText } from './speech';
import { addDays, dateIn, dayText, differ, timeIn, zoneName } from './times';
import './Hours.css';

interface Props {
  live: Live;
}

/** "opens again …", as near days are called; nothing when it does not within a year. */
export function opensAgain(live: Live): string {
  const hours = live.hours.value;
  if (hours?.until === undefined || hours.is_open) return '';
  const { zone } = spoken();
  const [today, date] = [dateIn(zone, live.now.value), dateIn(zone, hours.until)];
  const time = timeText(timeIn(zone, hours.until));
  if (date === today) return t('hours.opens_today', { time });
  if (date === addDays(today, 1)) return t('hours.opens_tomorrow', { time });
  return t('hours.opens', { day: dateText(date), time });
}

/** Open or closed at this moment, and until when. */
function state(live: Live): string {
  const hours = live.hours.value;
  if (hours === undefined || live.isStale.value) return '';
  if (!hours.is_open) return opensAgain(live) || t('hours.closed_now');
  if (hours.until === undefined) return t('hours.open_always');
  const { zone } = spoken();
  const [today, date] = [dateIn(zone, live.now.value), dateIn(zone, hours.until)];
  const time = timeText(timeIn(zone, hours.until));
  // Closing at midnight is closing at the end of this day.
  if (date === today || date === addDays(today, 1)) return t('hours.open_until', { time });
  return t('hours.open_until_day', { day: dateText(date), time });
}

export function Hours({ live }: Props) {
  const { hours } = settings.value;
  const { zone, locale } = spoken();
  const now = live.now.value;
  const today = dateIn(zone, now);
  const said = state(live);
  return (
    <details class="hours">
      <summary>
        <Icon icon={clockIcon} size={20} />
        <span class="hours-today">
          <span>{t('hours.today')}</span>
          <b>{dayHours(lineOf(hours, today).day)}</b>
          {said !== '' && <span class={live.hours.value?.is_open ? 'is-open' : ''}>{said}</span>}
        </span>
        <Icon icon={downIcon} size={18} class="hours-more" />
      </summary>
      <dl>
        {weekFrom(hours, today).map(({ date, day, isException }) => (
          <div key={date} class={date === today ? 'is-today' : ''}>
            <dt>
              {dayText(
                locale,
                date,
                isException ? { weekday: 'short', day: 'numeric', month: 'short' } : { weekday: 'long' },
              )}
            </dt>
            <dd>{dayHours(day)}</dd>
          </div>
        ))}
      </dl>
      {differ(zone, undefined, now) && <p>{t('hours.zone', { zone: zoneName(locale, zone, now) })}</p>}
    </details>
  );
}
