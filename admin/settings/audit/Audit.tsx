// Settings » Audit: who changed what and when, the newest first, older entries on demand.
import './Audit.css';
import { ScrollText } from 'lucide';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Page } from '../../parts/Page';
import { PagedList } from '../../parts/PagedList';
import { type AuditEntry, auditApi } from '../../store/api-accounts';
import { now } from '../../store/page';
import { Pages } from '../../store/pages';
import { t } from '../../store/texts';
import { byDay } from '../../store/words';
import { Entry } from './Entry';

export default function AuditScreen() {
  const pages = useMemo(() => new Pages<AuditEntry>((limit, before) => auditApi.entries(limit, before)), []);
  const [isLate, setLate] = useState(false);
  useEffect(() => void pages.load(), [pages]);

  return (
    <Page look="audit">
      <div class="page-lead">
        <p>{t('audit.lead')}</p>
      </div>
      <PagedList
        pages={pages}
        none={{ icon: ScrollText, title: t('audit.none'), text: t('audit.lead') }}
        older={t('audit.older')}
        onOlder={(came) => setLate(!came)}
      >
        {byDay(pages.entries.value, (entry) => entry.at, now.peek()).map(({ day, of }) => (
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
      </PagedList>
    </Page>
  );
}
