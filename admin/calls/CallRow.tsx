// One call of the list: who, when, whom it rang and how that went, how long, how good, and the chat beside it.
import { useSignal } from '@preact/signals';
import { ChevronDown, ChevronRight, MessageSquareText, PhoneCall, PhoneIncoming, PhoneMissed, Star } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import { Lines } from '../desk/Lines';
import { Button } from '../parts/Button';
import { VisitorFace } from '../parts/VisitorFace';
import { address } from '../routes';
import { api, type EventsPage } from '../store/api';
import type { CallRecord, RungConsultant } from '../store/api-calls';
import { barsOf } from '../store/call-words';
import { deskLinesOf } from '../store/desk-lines';
import type { SignedIn } from '../store/signed-in';
import { t } from '../store/texts';
import type { Loaded } from '../store/visit';
import { hourOf, lasting, visitorName } from '../store/words';
import { QualityBars } from './QualityBars';

interface Props {
  call: CallRecord;
  signedIn: SignedIn;
  now: number;
}

export function CallRow({ call, signedIn, now }: Props) {
  const name = visitorName(call.visitor, call.visitor_name);
  const isOver = call.ended_at !== undefined;
  const look = call.is_missed ? 'missed' : isOver ? '' : 'live';
  const icon = call.is_missed ? PhoneMissed : isOver ? PhoneIncoming : PhoneCall;
  return (
    <li class={`call-row ${look}`}>
      <VisitorFace name={name} size={36} />
      <div class="call-row-who">
        <b>
          <bdi>{name}</bdi>
          <span class={call.is_missed ? 'badge bad' : isOver ? 'badge' : 'badge good'}>
            <Icon icon={icon} size={13} />
            {outcome(call)}
          </span>
        </b>
        <p>
          <time dateTime={new Date(call.asked_at).toISOString()}>{hourOf(call.asked_at)}</time>
          {' · '}
          <span dir="auto">{call.package}</span>
          {call.consultant === undefined ? null : ` · ${t('call.with', { name: call.consultant.name })}`}
        </p>
        {call.rings.length === 0 ? null : <Rings rings={call.rings} />}
      </div>
      <div class="call-row-facts">
        {call.seconds > 0 ? <time>{lasting(call.seconds * 1000)}</time> : null}
        <QualityBars hears={barsOf(call.consultant_mos10)} heard={barsOf(call.visitor_mos10)} name={name} />
        {call.rating === undefined ? null : <Stars stars={call.rating} />}
      </div>
      {call.chat === undefined ? null : <Chat chat={call.chat} name={name} signedIn={signedIn} now={now} />}
    </li>
  );
}

function outcome(call: CallRecord): string {
  if (call.ended_at === undefined) return t('call.goes_on');
  const how = call.reason === undefined ? '' : t(`call.how_${call.reason}`);
  if (!call.is_missed) return how === '' ? t('call.talked_badge') : how;
  return how === '' ? t('call.missed') : t('call.missed_how', { how });
}

/** Whom it rang, in order; whoever rang twice stands twice. */
function Rings({ rings }: { rings: readonly RungConsultant[] }) {
  return (
    <ol class="call-row-rings" aria-label={t('call.rang')}>
      {rings.map((ring) => (
        <li key={`${ring.account}-${ring.at}`} class={ring.outcome}>
          {t(`call.rang_${ring.outcome}`, { name: ring.name })}
        </li>
      ))}
    </ol>
  );
}

function Stars({ stars }: { stars: number }) {
  const words = t('call.rated', { stars });
  return (
    <span class="call-row-stars" role="img" aria-label={words} title={words}>
      {[1, 2, 3, 4, 5].map((star) => (
        <span key={star} class={star <= stars ? 'full' : ''}>
          <Icon icon={Star} size={13} />
        </span>
      ))}
    </span>
  );
}

interface ChatProps {
  chat: string;
  name: string;
  signedIn: SignedIn;
  now: number;
}

/** The chat beside the call: a link where it is on this desk, else opened to be read. */
function Chat({ chat, name, signedIn, now }: ChatProps) {
  const isOpen = useSignal(false);
  const page = useSignal<Loaded<EventsPage>>({ is: 'unasked' });
  if (signedIn.desk.visit(chat) !== undefined) {
    return (
      <a class="call-row-chat" href={address({ at: 'chat', chat })}>
        <Icon icon={MessageSquareText} size={15} />
        {t('call.chat')}
        <span class="unseen"> {name}</span>
      </a>
    );
  }
  const load = async () => {
    page.value = { is: 'loading' };
    const answer = await api.events(chat);
    page.value = answer.ok ? { is: 'here', value: answer.value } : { is: 'failed' };
  };
  return (
    <>
      <button
        type="button"
        class="call-row-chat"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
          if (isOpen.value && page.value.is !== 'here') void load();
        }}
      >
        <Icon icon={isOpen.value ? ChevronDown : ChevronRight} size={15} class={isOpen.value ? '' : 'pointing'} />
        {t('call.chat')}
        <span class="unseen"> {name}</span>
      </button>
      {isOpen.value ? <Transcript page={page.value} name={name} now={now} onAgain={() => void load()} /> : null}
    </>
  );
}

interface TranscriptProps {
  page: Loaded<EventsPage>;
  name: string;
  now: number;
  onAgain: () => void;
}

function Transcript({ page, name, now, onAgain }: TranscriptProps) {
  if (page.is === 'failed') {
    return (
      <p class="call-row-lines">
        {t('failed')} <Button onClick={onAgain}>{t('again')}</Button>
      </p>
    );
  }
  if (page.is !== 'here') return <p class="call-row-lines">{t('loading')}</p>;
  const faces = new Map(page.value.faces.map((face) => [face.id, face] as const));
  const lines = deskLinesOf({
    events: page.value.events,
    faces,
    seen: { visitor: 0, consultant: 0 },
    entries: [],
  });
  return (
    <div class="call-row-lines">
      <Lines lines={lines} name={name} now={now} isFinished />
    </div>
  );
}
