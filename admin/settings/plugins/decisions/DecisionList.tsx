// The log of decisions, the newest first; only failed ones or those about one chat or call when asked for.
import { useSignal } from '@preact/signals';
import { ChevronLeft, CircleAlert, MessageCircle, Phone, RefreshCw, Split } from 'lucide';
import { useEffect } from 'preact/hooks';
import { Icon } from '../../../../widget/kit/Icon';
import { Button } from '../../../parts/Button';
import { Page } from '../../../parts/Page';
import { PagedList } from '../../../parts/PagedList';
import { Switch } from '../../../parts/Switch';
import { TextField } from '../../../parts/TextField';
import { address } from '../../../routes';
import type { Decision } from '../../../store/api-decisions';
import { type DecisionLog, isFailedOnly, isSubject, subject, subjectOf } from '../../../store/decisions';
import { retold } from '../../../store/decisions-words';
import { now } from '../../../store/page';
import { t } from '../../../store/texts';
import { byDay, hourOf } from '../../../store/words';

export function DecisionList({ log }: { log: DecisionLog }) {
  const { pages } = log;
  const typed = useSignal(subject.peek());
  const isLate = useSignal(false);
  const isAll = subject.value === '' && !isFailedOnly.value;
  useEffect(() => void pages.load(), [pages]);

  const look = (text: string) => {
    typed.value = text;
    const wanted = subjectOf(text);
    if (!isSubject(wanted) || wanted === subject.peek()) return;
    subject.value = wanted;
    void pages.restart();
  };

  return (
    <Page look="decisions">
      <div class="page-lead">
        <a
          class="button round"
          href={address({ at: 'plugins' })}
          aria-label={t('decisions.to_plugins')}
          title={t('decisions.to_plugins')}
        >
          <Icon icon={ChevronLeft} size={18} class="pointing" />
        </a>
        <p>{t('decisions.lead')}</p>
        <Button icon={RefreshCw} onClick={() => void pages.load()}>
          {t('decisions.renew')}
        </Button>
      </div>
      <search class="decision-filter">
        <TextField
          label={t('decisions.subject')}
          value={typed.value}
          hint={t('decisions.subject_hint')}
          error={isSubject(subjectOf(typed.value)) ? null : t('decisions.subject_wrong')}
          onValue={look}
        />
        <Switch
          label={t('decisions.failed_only')}
          isOn={isFailedOnly.value}
          onTurn={(isOn) => {
            isFailedOnly.value = isOn;
            void pages.restart();
          }}
        />
      </search>
      <PagedList
        pages={pages}
        none={{
          icon: Split,
          title: t('decisions.none'),
          text: t(isAll ? 'decisions.none_text' : 'decisions.none_such'),
        }}
        older={t('decisions.older')}
        onOlder={(came) => {
          isLate.value = !came;
        }}
      >
        {byDay(pages.entries.value, (one) => one.at, now.peek()).map(({ day, of }) => (
          <section class="decision-day" key={day} aria-label={day}>
            <h2>{day}</h2>
            <ol>
              {of.map((one) => (
                <Entry key={one.id} one={one} />
              ))}
            </ol>
          </section>
        ))}
        {isLate.value ? (
          <p class="wrong-box" role="alert">
            {t('failed')}
          </p>
        ) : null}
      </PagedList>
    </Page>
  );
}

function Entry({ one }: { one: Decision }) {
  const visitor = one.visitor || t('decisions.somebody');
  return (
    <li class="decision-entry">
      <Icon icon={one.medium === 'call' ? Phone : MessageCircle} size={16} />
      <div>
        <p class="decision-done">
          <a href={address({ at: 'decision', id: one.id })} dir="auto">
            {visitor}
          </a>
          <span dir="auto">{retold(one.sentence, new Map())}</span>
        </p>
        <p class="decision-small">
          <span dir="auto">{t('decisions.by', { name: one.decided_by || t('decisions.hub') })}</span> ·{' '}
          {t(`decisions.medium.${one.medium}`)} ·{' '}
          <time dateTime={new Date(one.at).toISOString()}>{hourOf(one.at)}</time>
        </p>
      </div>
      {one.has_failed ? (
        <span class="badge bad">
          <Icon icon={CircleAlert} size={12} />
          {t('decisions.failed')}
        </span>
      ) : null}
    </li>
  );
}
