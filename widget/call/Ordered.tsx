/** The call is ordered: when, on whose clock, at which number. */
import type { ComponentChildren } from 'preact';
import { Icon } from '../kit/Icon';
import { checkIcon } from './icons';
import type { OrderForm } from './order';
import type { Place } from './place';
import { dateText, spoken, t, timeText } from './speech';
import { dateIn, differ, timeIn, zoneName } from './times';
import './screens.css';

interface Props {
  form: OrderForm;
  place: Place;
  heading: ComponentChildren;
}

export function Ordered({ form, place, heading }: Props) {
  const ordered = form.ordered.value;
  if (ordered === undefined) return null;
  const { locale, zone } = spoken();
  const { at, date, time } = ordered;
  return (
    <div class="screen">
      <span class="done">
        <Icon icon={checkIcon} size={34} />
      </span>
      {heading}
      <p class="lead">
        <time dateTime={new Date(at).toISOString()}>
          {t('ordered.when', { day: dateText(date), time: timeText(time) })}
        </time>
      </p>
      <p class="again">{t('ordered.phone', { phone: form.phone.value })}</p>
      {differ(zone, undefined, at) && (
        <p class="again">
          {t('ordered.zone', { zone: zoneName(locale, zone, at) })}{' '}
          {t('ordered.yours', { day: dateText(dateIn(undefined, at)), time: timeText(timeIn(undefined, at)) })}
        </p>
      )}
      <div class="actions">
        <button type="button" class="plain-key" onClick={() => place.leave()}>
          {t('ordered.back')}
        </button>
      </div>
    </div>
  );
}
