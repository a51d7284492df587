// What can be done with calls right now, for palette and shortcuts; only with Alt, as somebody may be writing.
import { place } from '../routes';
import type { Action } from '../store/actions';
import { callerName } from '../store/call-words';
import type { SignedIn } from '../store/signed-in';
import { t } from '../store/texts';

export function callActions(signedIn: SignedIn): readonly Action[] {
  return [...ringActions(signedIn), ...talkActions(signedIn), ...inviteActions(signedIn)].map((action) => ({
    ...action,
    group: 'group.calls',
  }));
}

type Ungrouped = Omit<Action, 'group'>;

function ringActions({ calling: { calls } }: SignedIn): readonly Ungrouped[] {
  return calls.ringing.value.flatMap((call, index) => {
    const name = callerName(call);
    // The keys are those of the call that rings longest.
    const keys = (combination: string) => (index === 0 ? { keys: [combination] } : {});
    return [
      {
        id: `answer-${call.id}`,
        words: t('action.answer', { name }),
        ...keys('Alt+A'),
        run: () => calls.answer(call.id),
      },
      {
        id: `decline-${call.id}`,
        words: t('action.decline', { name }),
        ...keys('Alt+R'),
        run: () => calls.decline(call.id),
      },
    ];
  });
}

function talkActions({ calling: { calls } }: SignedIn): readonly Ungrouped[] {
  const live = calls.live.value;
  if (live === null) return [];
  const isMuted = calls.voice.isMuted.value;
  const hangUp: Ungrouped = {
    id: 'hang-up',
    words: t('action.hang_up', { name: callerName(live) }),
    keys: ['Alt+H'],
    run: () => calls.hangUp(live.id),
  };
  if (calls.seat(live) !== 'here') {
    return [{ id: 'continue', words: t('call.continue_here'), run: () => void calls.voice.open(live.id) }, hangUp];
  }
  return [
    {
      id: 'mute',
      words: t(isMuted ? 'action.unmute' : 'action.mute'),
      keys: ['Alt+M'],
      run: () => calls.voice.mute(!isMuted),
    },
    hangUp,
  ];
}

function inviteActions(signedIn: SignedIn): readonly Ungrouped[] {
  const shown = place.value.at === 'chat' ? place.value.chat : undefined;
  if (shown === undefined || !signedIn.mayAskCall(shown)) return [];
  return [{ id: 'ask-call', words: t('call.ask'), keys: ['C'], run: () => signedIn.askCall(shown) }];
}
