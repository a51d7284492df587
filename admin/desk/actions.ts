// Everything that can be done at the desk right now, for palette, shortcuts and their sheet.
import { go, place } from '../routes';
import type { Action } from '../store/actions';
import type { App } from '../store/app';
import type { SignedIn } from '../store/signed-in';
import { language, t } from '../store/texts';
import { nameOf, waiterName } from '../store/words';
import { callActions } from './call-actions';
import { DESK, SETTINGS } from './stops';

interface Overlays {
  palette: () => void;
  shortcuts: () => void;
}

/** Has no place in the left column; the menu of the account leads there. */
const PROFILE = { href: '#/profile', title: 'profile.title' } as const;

/** Alt and a digit reach so many chats. */
const DIGITS = 9;

export function actionsOf(app: App, signedIn: SignedIn, overlays: Overlays): readonly Action[] {
  return [
    ...callActions(signedIn),
    ...chatActions(signedIn),
    ...placeActions(signedIn),
    ...statusActions(signedIn),
    ...otherActions(app, signedIn, overlays),
  ];
}

function chatActions(signedIn: SignedIn): readonly Action[] {
  const { desk } = signedIn;
  const visits = desk.visits.value;
  const offer = desk.offers.mine.value[0];
  const first = offer?.visitor ?? desk.offers.open.value[0];
  const shown = place.value.at === 'chat' ? place.value.chat : undefined;
  const at = visits.findIndex((visit) => visit.chat.id === shown);
  const step = (by: 1 | -1) => () => {
    const next = visits[at < 0 ? 0 : Math.min(visits.length - 1, Math.max(0, at + by))];
    if (next) go({ at: 'chat', chat: next.chat.id });
  };
  const actions: Action[] = [];
  const add = (isPossible: boolean, action: Omit<Action, 'group'>) => {
    if (isPossible) actions.push({ ...action, group: 'group.chats' });
  };
  add(first !== undefined, {
    id: 'accept',
    words: offer ? t('offer.accept_of', { name: waiterName(offer.visitor) }) : t('action.accept'),
    // With Alt also while somebody writes; a call that rings comes first.
    keys: offer ? ['A', 'Alt+A'] : ['A'],
    run: () => first && desk.claim(first.chat),
  });
  add(offer !== undefined, {
    id: 'decline',
    words: t('offer.decline_of', { name: offer ? waiterName(offer.visitor) : '' }),
    keys: ['Alt+R'],
    run: () => offer && desk.offers.decline(offer.visitor.chat),
  });
  add(shown !== undefined && at >= 0, {
    id: 'close',
    words: t('action.close'),
    keys: ['E'],
    run: () => shown && signedIn.close(shown),
  });
  add(visits.length > 0, { id: 'next', words: t('action.next'), keys: ['J'], run: step(1) });
  add(visits.length > 0, { id: 'before', words: t('action.before'), keys: ['K'], run: step(-1) });
  add(at >= 0, {
    id: 'write',
    words: t('action.write'),
    keys: ['R'],
    run: () => {
      signedIn.composing.value = shown ?? null;
    },
  });
  add(true, { id: 'waiting', words: t('action.waiting'), keys: ['W'], run: () => go({ at: 'waiting' }) });
  visits.forEach((visit, index) => {
    add(true, {
      id: `chat-${visit.chat.id}`,
      words: t('action.chat', { name: nameOf(visit.visitor.value) }),
      ...(index < DIGITS ? { keys: [`Alt+${index + 1}`] } : {}),
      run: () => go({ at: 'chat', chat: visit.chat.id }),
    });
  });
  return actions;
}

function placeActions(signedIn: SignedIn): readonly Action[] {
  const stops = signedIn.account.value.role === 'owner' ? [...DESK, ...SETTINGS] : DESK;
  const places = [...stops.map(({ href, title }) => ({ href, title })), PROFILE];
  return places.map(({ href, title }) => ({
    id: `place-${href}`,
    words: t('action.go', { place: t(title) }),
    group: 'group.places',
    run: () => {
      location.hash = href;
    },
  }));
}

function statusActions(signedIn: SignedIn): readonly Action[] {
  const now = signedIn.desk.me.value?.status;
  return (['available', 'busy', 'away'] as const)
    .filter((status) => status !== now)
    .map((status) => ({
      id: `status-${status}`,
      words: t('action.status', { status: t(`status.${status}`) }),
      group: 'group.status',
      run: () => signedIn.setStatus(status),
    }));
}

function otherActions(app: App, signedIn: SignedIn, overlays: Overlays): readonly Action[] {
  const { prefs } = app;
  const other = language() === 'pl' ? 'en' : 'pl';
  const looks = (['auto', 'light', 'dark'] as const).filter((look) => look !== prefs.look.value);
  return [
    ...looks.map((look) => ({
      id: `look-${look}`,
      words: t('action.look', { look: t(`look.${look}`) }),
      group: 'group.look' as const,
      run: () => prefs.setLook(look),
    })),
    {
      id: 'sound',
      words: t(prefs.sound.value ? 'action.sound_off' : 'action.sound_on'),
      group: 'group.look',
      run: () => {
        prefs.turn('sound', !prefs.sound.value);
        void signedIn.alerts.unlock();
      },
    },
    {
      id: 'language',
      words: t('action.language', { language: other === 'pl' ? 'polski' : 'English' }),
      group: 'group.account',
      run: () => void signedIn.speak(other),
    },
    { id: 'sign-out', words: t('sign_out'), group: 'group.account', run: () => void app.signOut() },
    { id: 'palette', words: t('action.palette'), group: 'group.help', keys: ['Ctrl+K'], run: overlays.palette },
    { id: 'shortcuts', words: t('action.shortcuts'), group: 'group.help', keys: ['?'], run: overlays.shortcuts },
  ];
}
