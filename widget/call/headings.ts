/** The screens of the call page, which of them is on show, and what each is called: on top of it and on the tab. */
import type { Live } from './live';
import type { OrderForm } from './order';
import type { Place } from './place';
import { settings, t } from './speech';

/** What the visitor can be shown. */
export type Screen = 'loading' | 'ready' | 'nobody' | 'order' | 'ordered' | 'stopped';

/** The close code of a hub that does not speak this page's version. */
const VERSION_CODE = 4510;

export function screenOf(live: Live, place: Place, form: OrderForm): Screen {
  if (live.socket.line.value === 'stopped') return 'stopped';
  if (form.ordered.value !== undefined) return 'ordered';
  if (place.isOrdering.value) return 'order';
  if (live.team.value === undefined) return 'loading';
  return live.isOpen.value ? 'ready' : 'nobody';
}

/** The page is older than the hub; else the package is gone. */
export function isOld(live: Live): boolean {
  return live.socket.stopCode === VERSION_CODE;
}

export function headingOf(screen: Screen, live: Live): string {
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
      return screen satisfies never;
  }
}

/** Why nobody can answer. */
function nobody(live: Live): string {
  if (live.hours.value?.is_open === false) return t('nobody.closed');
  const isBusy = live.team.value?.some(({ status }) => status === 'busy');
  return t(isBusy ? 'nobody.busy' : 'nobody.away');
}
