/** The screens of the call page, which of them is on show, and what each is called: on top of it and on the tab. */
import type { Live } from './live';
import type { OrderForm } from './order';
import type { Phone } from './phone';
import type { Place } from './place';
import { settings, t } from './speech';
import type { Stage } from './stage';
import { durationText } from './times';
import { stageHeading } from './words';

/** What the visitor can be shown. */
export type Screen = 'loading' | 'ready' | 'nobody' | 'order' | 'ordered' | 'stopped' | Stage;

/** The close code of a hub that does not speak this page's version. */
const VERSION_CODE = 4510;

/** What the screens are made of. */
export interface Parts {
  readonly live: Live;
  readonly place: Place;
  readonly form: OrderForm;
  readonly phone: Phone;
}

export function screenOf({ live, place, form, phone }: Parts): Screen {
  const { stage } = phone;
  // A call under way is more than anything else; one that is over is less than an order begun since.
  if (stage === 'ringing' || stage === 'talk') return stage;
  if (live.socket.line.value === 'stopped') return 'stopped';
  if (form.ordered.value !== undefined) return 'ordered';
  if (place.isOrdering.value) return 'order';
  if (stage !== undefined) return stage;
  if (live.team.value === undefined) return 'loading';
  return live.isOpen.value ? 'ready' : 'nobody';
}

/** The page is older than the hub; else the package is gone. */
export function isOld(live: Live): boolean {
  return live.socket.stopCode === VERSION_CODE;
}

/** What the browser's tab says. */
export function titleOf(screen: Screen, parts: Parts): string {
  const { phone } = parts;
  if (screen === 'talk' && phone.view.value?.talking_since !== undefined) {
    return t('talk.title', { time: durationText(phone.seconds) });
  }
  return headingOf(screen, parts);
}

export function headingOf(screen: Screen, { live, phone }: Parts): string {
  switch (screen) {
    case 'loading':
    case 'ready':
      return settings.value.heading || t('heading');
    case 'nobody':
      return nobody(live);
    case 'order':
      return t('ready.order');
    case 'ordered':
      return t('ordered.heading');
    case 'stopped':
      return t(isOld(live) ? 'stopped.old' : 'stopped.gone');
    default:
      return stageHeading(screen, phone, live);
  }
}

/** Why nobody can answer. */
function nobody(live: Live): string {
  if (live.hours.value?.is_open === false) return t('nobody.closed');
  const isBusy = live.team.value?.some(({ status }) => status === 'busy');
  return t(isBusy ? 'nobody.busy' : 'nobody.away');
}
