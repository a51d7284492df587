// The calls of the business: who called when, whom it rang, how it went; all or the missed ones, older ones on demand.
import './CallHistory.css';
import { Phone, PhoneMissed } from 'lucide';
import { useEffect, useMemo } from 'preact/hooks';
import { Page } from '../parts/Page';
import { PagedList } from '../parts/PagedList';
import { Pick } from '../parts/Pick';
import { callsApi, type Wanted } from '../store/api-calls';
import { CallList } from '../store/call-list';
import { now } from '../store/page';
import type { SignedIn } from '../store/signed-in';
import { t } from '../store/texts';
import type { Toasts } from '../store/toasts';
import { byDay } from '../store/words';
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
  return (
    <Page look="call-history">
      <Pick
        label={t('call.wanted')}
        isLabelHidden
        options={WANTED.map((value) => ({ value, words: t(`call.wanted_${value}`) }))}
        value={wanted}
        onValue={(value) => void list.show(value)}
      />
      <PagedList
        pages={pages}
        none={{
          icon: wanted === 'all' ? Phone : PhoneMissed,
          title: t(`call.none_${wanted}`),
          text: t(`call.none_${wanted}_text`),
        }}
        older={t('order.older')}
        onOlder={(came) => came || toasts.say(t('failed'))}
      >
        {byDay(entries, (call) => call.asked_at, hubNow).map(({ day, of }) => (
          <section class="call-day" key={day} aria-label={day}>
            <h2>{day}</h2>
            <ol>
              {of.map((call) => (
                <CallRow key={call.id} call={call} signedIn={signedIn} now={hubNow} />
              ))}
            </ol>
          </section>
        ))}
      </PagedList>
    </Page>
  );
}
