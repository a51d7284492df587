// Section "Calls": the call that is talked with its keys, and the ringing ones that were put aside.
import './CallSection.css';
import { Phone, PhoneOff } from 'lucide';
import type { DeskCall } from '../../widget/kit/wire';
import { Button } from '../parts/Button';
import { VisitorFace } from '../parts/VisitorFace';
import { callerName } from '../store/call-words';
import type { Calls } from '../store/calls';
import { now } from '../store/page';
import type { SignedIn } from '../store/signed-in';
import { t } from '../store/texts';
import { clock } from '../store/words';
import { LiveCall } from './LiveCall';

interface Props {
  signedIn: SignedIn;
}

export function CallSection({ signedIn }: Props) {
  const { calls } = signedIn.calling;
  const live = calls.live.value;
  const aside = calls.aside.value;
  if (live === null && aside.length === 0) return null;
  const hubNow = now.value + signedIn.desk.clockAhead.value;
  return (
    <section class="call-section" aria-labelledby="call-section">
      <h2 id="call-section">{t('call.section')}</h2>
      {live === null ? null : <LiveCall key={live.id} call={live} signedIn={signedIn} now={hubNow} />}
      {aside.map((call) => (
        <Aside key={call.id} call={call} calls={calls} now={hubNow} />
      ))}
    </section>
  );
}

interface AsideProps {
  call: DeskCall;
  calls: Calls;
  now: number;
}

/** Rings in the side menu. */
function Aside({ call, calls, now: hubNow }: AsideProps) {
  const name = callerName(call);
  const isTalking = calls.live.value !== null;
  return (
    <article class="call-card rings" aria-label={t('call.rings_label', { name })}>
      <VisitorFace name={name} size={32} />
      <div class="call-who">
        {/* Only where it can be: a call over the page would hide the one that is talked. */}
        {isTalking ? (
          <b>
            <bdi>{name}</bdi>
          </b>
        ) : (
          <button type="button" title={t('call.restore')} onClick={() => calls.restore(call.id)}>
            <bdi>{name}</bdi>
          </button>
        )}
        <p>
          <span>{t('call.rings')}</span> <time>{clock(hubNow - call.since)}</time>
        </p>
      </div>
      <div class="call-keys">
        <Button kind="answer" icon={Phone} onClick={() => calls.answer(call.id)}>
          {t(isTalking ? 'call.swap' : 'call.answer')}
        </Button>
        <Button icon={PhoneOff} onClick={() => calls.decline(call.id)}>
          {t('call.decline')}
        </Button>
      </div>
    </article>
  );
}
