/** The order of a call: phone, e-mail, a day, a half-hour; a name and a note for those who like. */
import type { ComponentChildren } from 'preact';
import { Icon } from '../kit/Icon';
import { DayPick } from './DayPick';
import { backIcon } from './icons';
import { Line } from './Line';
import type { Live } from './live';
import type { OrderForm } from './order';
import type { Place } from './place';
import { settings, spoken, t, timeText } from './speech';
import { TimePick } from './TimePick';
import { dayText } from './times';
import './Order.css';

interface Props {
  form: OrderForm;
  live: Live;
  place: Place;
  heading: ComponentChildren;
}

/** The first field that is wrong, once it is marked. */
function focusProblem(element: HTMLElement): void {
  setTimeout(() => element.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
}

/** What the key says: what it is about to order. */
function order(form: OrderForm): string {
  const [date, time] = [form.date.value, form.time.value];
  if (form.isSending.value) return t('order.sending');
  if (date === undefined || time === undefined) return t('order.send');
  const day = dayText(spoken().locale, date, { weekday: 'long', day: 'numeric', month: 'long' });
  return t('order.send_at', { day, time: timeText(time) });
}

export function Order({ form, live, place, heading }: Props) {
  const { consent } = settings.value.form;
  const trouble = form.trouble.value;
  const chosen = live.chosen;
  return (
    <form
      class="order"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const element = event.currentTarget;
        void form.send().then(() => focusProblem(element));
      }}
    >
      <button type="button" class="order-back" onClick={() => place.leave()}>
        <Icon icon={backIcon} size={18} />
        {t('order.back')}
      </button>
      <header>
        {heading}
        <p>{chosen === undefined ? t('order.text') : t('order.with', { name: chosen.name })}</p>
      </header>
      <div class="order-pair">
        <Line form={form} field="phone" isNeeded hint={t('order.phone_hint')} />
        <Line form={form} field="email" isNeeded />
      </div>
      <DayPick form={form} />
      <TimePick form={form} />
      <div class="order-pair">
        <Line form={form} field="name" />
        <Line form={form} field="note" />
      </div>
      {consent !== '' && <Consent form={form} text={consent} />}
      <div role="alert">{trouble !== undefined && <p class="order-trouble">{t(trouble)}</p>}</div>
      <button type="submit" class="order-send" aria-disabled={form.isSending.value}>
        {order(form)}
      </button>
    </form>
  );
}

function Consent({ form, text }: { form: OrderForm; text: string }) {
  const problem = form.problems.value.get('consented');
  return (
    <div class="order-consent">
      <label>
        <input
          type="checkbox"
          checked={form.isConsented.value}
          required
          aria-invalid={problem !== undefined}
          aria-describedby={problem && 'problem-consented'}
          onChange={(event) => form.consent(event.currentTarget.checked)}
        />
        <span dir="auto">{text}</span>
      </label>
      {problem !== undefined && (
        <p class="problem" id="problem-consented">
          {t(problem)}
        </p>
      )}
    </div>
  );
}
