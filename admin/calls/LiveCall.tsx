// The call that is talked: who, how long, how good, and mute, hang up, hand over, devices; also from another tab.
import { ArrowRightLeft, Mic, MicOff, PhoneOff, Undo2, Volume2 } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import type { DeskCall } from '../../widget/kit/wire';
import { Button } from '../parts/Button';
import { Menu } from '../parts/Menu';
import { VisitorFace } from '../parts/VisitorFace';
import { go } from '../routes';
import { barsOf, callerName } from '../store/call-words';
import type { SignedIn } from '../store/signed-in';
import { t } from '../store/texts';
import { clock } from '../store/words';
import { Devices } from './Devices';
import { QualityBars } from './QualityBars';
import { Wave } from './Wave';

interface Props {
  call: DeskCall;
  signedIn: SignedIn;
  now: number;
}

export function LiveCall({ call, signedIn, now }: Props) {
  const { calls, voice } = signedIn.calling;
  const name = callerName(call);
  const isHere = calls.seat(call) === 'here';
  const isMuted = calls.voice.isMuted.value;
  const isActive = call.state === 'active';
  const quality = calls.quality.value;
  return (
    <article class={`call-card live ${call.state}`} aria-label={t('call.live_label', { name })}>
      <VisitorFace name={name} size={32} />
      <div class="call-who">
        <Name call={call} name={name} signedIn={signedIn} />
        <p>
          {isActive && isHere ? <Wave level={() => voice.voice.value?.level ?? 0} /> : null}
          {call.talking_since === undefined ? null : <time role="timer">{clock(now - call.talking_since)}</time>}
          {isActive && quality !== null ? (
            <QualityBars hears={barsOf(quality.mos10)} heard={barsOf(quality.peer_mos10)} name={name} />
          ) : null}
        </p>
      </div>
      <p class="call-state" role="status">
        {stateWords(call, signedIn, name)}
      </p>
      {voice.voice.value?.isBlocked.value ? (
        <Button kind="main" icon={Volume2} onClick={() => void voice.voice.value?.play()}>
          {t('call.unblock')}
        </Button>
      ) : null}
      <div class={isHere && isMuted ? 'call-keys muted' : 'call-keys'}>
        {isHere ? (
          <Button icon={isMuted ? MicOff : Mic} onClick={() => calls.voice.mute(!isMuted)}>
            {t(isMuted ? 'call.unmute' : 'call.mute')}
          </Button>
        ) : (
          <Button icon={Mic} onClick={() => void calls.voice.open(call.id)}>
            {t('call.continue_here')}
          </Button>
        )}
        <Button kind="bad" icon={PhoneOff} busy={calls.isEnding(call.id)} onClick={() => calls.hangUp(call.id)}>
          {t('call.hang_up')}
        </Button>
      </div>
      {isHere && call.talking_since !== undefined ? (
        <div class="call-more">
          <Transfer call={call} signedIn={signedIn} />
          <Devices voice={voice} />
        </div>
      ) : null}
    </article>
  );
}

/** The name opens the chat beside the call, where there is one on this desk. */
function Name({ call, name, signedIn }: { call: DeskCall; name: string; signedIn: SignedIn }) {
  const { chat } = call.caller;
  if (chat === undefined || signedIn.desk.visit(chat) === undefined) {
    return (
      <b>
        <bdi>{name}</bdi>
      </b>
    );
  }
  return (
    <button type="button" title={t('call.to_chat')} onClick={() => go({ at: 'chat', chat })}>
      <bdi>{name}</bdi>
    </button>
  );
}

function stateWords(call: DeskCall, { calling }: SignedIn, name: string): string {
  const { calls, voice } = calling;
  const seat = calls.seat(call);
  if (calls.isEnding(call.id)) return t('call.ending');
  if (seat === 'elsewhere') return t('call.elsewhere');
  if (seat === 'nowhere') return t('call.nowhere');
  if (voice.microphone.value?.isOpening.value) return t('call.opening');
  if (call.state === 'reconnecting') {
    return t(call.lost === 'visitor' ? 'call.lost_visitor' : 'call.reconnecting', { name });
  }
  if (call.state !== 'active') return t('call.connecting');
  return call.peer_muted ? t('call.peer_muted', { name }) : '';
}

/** A colleague who is free takes the call over; until they answer it can be taken back. */
function Transfer({ call, signedIn }: { call: DeskCall; signedIn: SignedIn }) {
  const { calls } = signedIn.calling;
  const me = signedIn.account.value.account;
  const free = signedIn.desk.room.team.value.filter((one) => one.id !== me && one.status === 'available');
  if (call.transfer_to !== undefined) {
    return (
      <p class="call-transfer">
        <span role="status">{t('call.rings_colleague', { name: call.transfer_to.name })}</span>
        <Button icon={Undo2} onClick={() => calls.transfer(call.id)}>
          {t('call.take_back')}
        </Button>
      </p>
    );
  }
  const face = (
    <>
      <Icon icon={ArrowRightLeft} size={15} />
      <span>{t('call.transfer')}</span>
    </>
  );
  return (
    <Menu look="button quiet" label={t('call.transfer')} trigger={face}>
      {(close) =>
        free.length === 0 ? (
          <p class="call-nobody">{t('call.nobody_free')}</p>
        ) : (
          free.map((colleague) => (
            <button
              type="button"
              class="menu-entry"
              key={colleague.id}
              onClick={() => {
                close();
                calls.transfer(call.id, colleague.id);
              }}
            >
              <span class="status-dot available" />
              <span class="grow">
                <bdi>{colleague.name}</bdi>
              </span>
            </button>
          ))
        )
      }
    </Menu>
  );
}
