// The calls of the business: who called when, whom it rang, how it went; all or the missed ones, older ones on demand.
import './CallHistory.css';
import { CircleAlert, Phone, PhoneMissed } from 'lucide';
import { useEffect, useMemo } from 'preact/hooks';
import { Button } from '../parts/Button';
import { Calm } from '../parts/Calm';
import { Page } from '../parts/Page';
import { Pick } from '../parts/Pick';
import { type CallRecord, callsApi, type Wanted } from '../store/api-calls';
import { CallList } from '../store/call-list';
import { now } from '../store/page';
import type { SignedIn } from '../store/signed-in';
import { t } from '../store/texts';
import type { Toasts } from '../store/toasts';
import { dayOf } from '../store/words';
import { CallRow } from './CallRow';

interface Props {
  signedIn: SignedIn;
  toasts: Toasts;
}

const WANTED: readonly Wanted[] = ['all', 'missed'];

export default function CallHistory({ signedIn, toasts }: Props) {
  const list = useMemo(() => new CallList(callsApi.list), []);
  const { pages } = list;
  const changes = signedIn.desk.room.calls.value;
  const entries = pages.entries.value;
  const wanted = list.wanted.value;
  // Whatever changed at the hub is asked for again.
  useEffect(() => void pages.load(), [pages, changes]);
  useEffect(() => {
    if (pages.state.value === 'here') signedIn.calling.missed.see();
  }, [entries, signedIn, pages]);

  const hubNow = now.value + signedIn.desk.clockAhead.value;
  const older = async () => {
    if (!(await pages.loadMore())) toasts.say(t('failed'));
  };
  return (
    <Page look="call-history">
      <Pick
        label={t('call.wanted')}
        isLabelHidden
        options={WANTED.map((value) => ({ value, words: t(`call.wanted_${value}`) }))}
        value={wanted}
        onValue={(value) => void list.show(value)}
      />
      {pages.state.value === 'failed' ? (
        <Calm icon={CircleAlert} title={t('failed')} text={t('problem.offline')}>
          <Button kind="main" onClick={() => void pages.restart()}>
            {t('again')}
          </Button>
        </Calm>
      ) : null}
      {pages.state.value === 'here' && entries.length === 0 ? (
        <Calm
          icon={wanted === 'all' ? Phone : PhoneMissed}
          title={t(`call.none_${wanted}`)}
          text={t(`call.none_${wanted}_text`)}
        />
      ) : null}
      {days(entries, hubNow).map(({ day, of }) => (
        <section class="call-day" key={day} aria-label={day}>
          <h2>{day}</h2>
          <ol>
            {of.map((call) => (
              <CallRow key={call.id} call={call} signedIn={signedIn} now={hubNow} />
            ))}
          </ol>
        </section>
      ))}
      {pages.hasMore.value ? (
        <Button busy={pages.isLoadingMore.value} onClick={() => void older()}>
          {t('order.older')}
        </Button>
      ) : null}
    </Page>
  );
}

/** Calls by the day they were asked for, in the order they come. */
function days(calls: readonly CallRecord[], hubNow: number): { day: string; of: CallRecord[] }[] {
  const found: { day: string; of: CallRecord[] }[] = [];
  for (const call of calls) {
    const day = dayOf(call.asked_at, hubNow);
    const last = found.at(-1);
    if (last?.day === day) last.of.push(call);
    else found.push({ day, of: [call] });
  }
  return found;
}
