/** What the screens of a call are called, and what is said of a call that is over. */
import type { TextKey } from './config';
import type { Live } from './live';
import type { Phone } from './phone';
import { settings, t } from './speech';
import type { Over, Stage } from './stage';

/** The heading of a screen of a call. */
export function stageHeading(stage: Stage, phone: Phone, live: Live): string {
  switch (stage) {
    case 'check':
      return checkHeading(phone);
    case 'ringing':
      return ringText(phone, live);
    case 'talk':
      return phone.view.value?.consultant?.name ?? t('talk.connecting');
    case 'elsewhere':
      return t('elsewhere');
    case 'over':
      return phone.over.value === undefined ? '' : overText(phone.over.value);
    default:
      return stage satisfies never;
  }
}

/** What a call key says: it names nobody whose phone would not ring. */
export function callText({ chosen, callTo }: Live): string {
  if (chosen?.status !== 'available') return t('call.anyone');
  return t(chosen.id === callTo.value ? 'call.now' : 'call.name', { name: chosen.name });
}

/** How the call stands, in one line: for those who do not see the screen, and while nobody is heard. */
export function talkText(phone: Phone): string {
  const view = phone.view.value;
  const name = view?.consultant?.name ?? '';
  if (view?.state === 'connecting') return t('talk.connecting');
  if (view?.state === 'reconnecting') {
    return view.lost === 'consultant' ? t('talk.waiting', { name }) : t('talk.reconnecting');
  }
  const muted = view?.peer_muted ? ` ${t('talk.peer_muted', { name })}` : '';
  return t('talk.with', { name }) + muted;
}

/** What is said of a call that is over, or more of it; empty where the heading says all. */
export function overText({ why, name }: Over, more = ''): string {
  const { texts } = settings.value;
  // Whatever has no words of its own is a fault of ours.
  const key = `over.${`over.${why}` in texts ? why : 'error'}${more}`;
  return key in texts ? t(key as TextKey, { name }) : '';
}

function checkHeading({ microphone }: Phone): string {
  const missing = microphone.problem.value;
  if (missing !== undefined) return t(`mic.${missing}`);
  return t(microphone.isOpen.value ? 'check.open' : 'check.asking');
}

function ringText(phone: Phone, live: Live): string {
  const rung = phone.view.value?.consultant;
  if (rung === undefined) return t('ring.calling');
  const before = phone.before.value;
  const name = live.team.value?.find(({ id }) => id === rung.id)?.name ?? rung.name;
  return before === '' ? t('ring.rings', { name }) : t('ring.next', { before, name });
}
