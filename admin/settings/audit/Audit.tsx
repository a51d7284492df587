// Settings » Audit: who changed what and when, the newest first, older entries on demand.
import './Audit.css';
import { CircleAlert, ScrollText } from 'lucide';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Calm } from '../../parts/Calm';
import { Page } from '../../parts/Page';
import { type AuditEntry, auditApi } from '../../store/api-accounts';
import { now } from '../../store/page';
import { Pages } from '../../store/pages';
import { t } from '../../store/texts';
import { dayOf } from '../../store/words';
import { Entry } from './Entry';

export default function AuditScreen() {
  const pages = useMemo(() => new Pages<AuditEntry>((limit, before) => auditApi.entries(limit, before)), []);
  const [isLate, setLate] = useState(false);
  useEffect(() => void pages.load(), [pages]);

  const entries = pages.entries.value;
  const older = async () => setLate(!(await pages.loadMore()));
  return (
    <Page look="audit">
      <div class="page-lead">
        <p>{t('audit.lead')}</p>
      </div>
      {pages.state.value === 'failed' ? (
        <Calm icon={CircleAlert} title={t('failed')} text={t('problem.offline')}>
          <Button kind="main" onClick={() => void pages.restart()}>
            {t('again')}
          </Button>
        </Calm>
      ) : null}
      {pages.state.value === 'here' && entries.length === 0 ? (
        <Calm icon={ScrollText} title={t('audit.none')} text={t('audit.lead')} />
      ) : null}
      {days(entries).map(({ day, of }) => (
        <section class="audit-day" key={day} aria-label={day}>
          <h2>{day}</h2>
          <ol>
            {of.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ol>
        </section>
      ))}
      {isLate ? (
        <p class="wrong-box" role="alert">
          {t('failed')}
        </p>
      ) : null}
      {pages.hasMore.value ? (
        <Button busy={pages.isLoadingMore.value} onClick={() => void older()}>
          {t('audit.older')}
        </Button>
      ) : null}
    </Page>
  );
}

/** Entries by the day they were made, in the order they come. */
function days(entries: readonly AuditEntry[]): { day: string; of: AuditEntry[] }[] {
  const found: { day: string; of: AuditEntry[] }[] = [];
  for (const entry of entries) {
    const day = dayOf(entry.at, now.peek());
    const last = found.at(-1);
    if (last?.day === day) last.of.push(entry);
    else found.push({ day, of: [entry] });
  }
  return found;
}
