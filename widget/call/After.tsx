/** After the call: what happened, how long it took, how it was, and what can be done next. */
import type { ComponentChildren } from 'preact';
import type { Dock } from './dock';
import { phoneIcon } from './icons';
import { Pill, Ways } from './Keys';
import type { Phone } from './phone';
import type { Place } from './place';
import { t } from './speech';
import { durationText } from './times';
import { overText } from './words';
import './Talk.css';

interface Props {
  place: Place;
  dock: Dock;
  phone: Phone;
  heading: ComponentChildren;
}

const STARS = [1, 2, 3, 4, 5];

export function After({ place, dock, phone, heading }: Props) {
  const over = phone.over.value;
  if (over === undefined) return null;
  const text = overText(over, '_text');
  const canCall = !['no_voice', 'outside_hours', 'another_call'].includes(over.why);
  return (
    <div class="screen">
      {heading}
      {text !== '' && <p class="lead">{text}</p>}
      {over.seconds !== undefined && <p class="again">{t('over.took', { time: durationText(over.seconds) })}</p>}
      {over.seconds !== undefined && <Rating phone={phone} />}
      <div class="actions">
        {canCall && <Pill icon={phoneIcon} text={t('over.again')} onClick={() => void phone.call()} />}
        <Ways phone={phone} place={place} dock={dock} />
        <button type="button" class="link" onClick={() => phone.leave()}>
          {t('ordered.back')}
        </button>
      </div>
    </div>
  );
}

/** One to five stars, once. */
function Rating({ phone }: { phone: Phone }) {
  const given = phone.stars.value;
  return (
    <fieldset class="rating">
      <legend>{t('rate.title')}</legend>
      <div>
        {STARS.map((stars) => (
          <button
            key={stars}
            type="button"
            class={stars > given ? '' : 'is-given'}
            aria-label={t('rate.stars', { count: stars })}
            aria-pressed={stars === given}
            disabled={given > 0}
            onClick={() => phone.rate(stars)}
          >
            ★
          </button>
        ))}
      </div>
      <p role="status">{given > 0 && t('rate.thanks')}</p>
    </fieldset>
  );
}
