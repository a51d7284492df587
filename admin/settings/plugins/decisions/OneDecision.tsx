// One decision: who waited and why the hub asked, what it knew, what each voice said, and what was done.
import { useSignal } from '@preact/signals';
import { ChevronLeft, SearchX } from 'lucide';
import { useEffect } from 'preact/hooks';
import { Icon } from '../../../../widget/kit/Icon';
import { Button } from '../../../parts/Button';
import { Calm } from '../../../parts/Calm';
import { address, go } from '../../../routes';
import type { Problem } from '../../../store/api';
import type { DecisionView, StepView } from '../../../store/api-decisions';
import { decisionsApi } from '../../../store/api-plugins';
import { subject } from '../../../store/decisions';
import { namesIn, routeOf } from '../../../store/decisions-question';
import { answerWords, stageWords } from '../../../store/decisions-words';
import { takenAlong } from '../../../store/playground';
import { t } from '../../../store/texts';
import { dayAndHour, visitorName } from '../../../store/words';
import { inMs } from './cost';
import { Known } from './Known';
import { Voice } from './Voice';

export function OneDecision({ id }: { id: string }) {
  const one = useSignal<DecisionView | null>(null);
  const problem = useSignal<Problem | null>(null);
  useEffect(() => {
    void decisionsApi.one(id).then((answer) => {
      if (answer.ok) one.value = answer.value;
      else problem.value = answer.problem;
    });
  }, [id, one, problem]);

  if (problem.value !== null) {
    const isGone = problem.value.status === 404;
    return (
      <main class="page">
        <Calm
          icon={SearchX}
          title={t(isGone ? 'decisions.gone' : 'failed')}
          text={t(isGone ? 'decisions.gone_text' : 'problem.offline')}
        >
          <a class="button main" href={address({ at: 'decisions' })}>
            {t('decisions.to_list')}
          </a>
        </Calm>
      </main>
    );
  }
  if (one.value === null) return <main class="page" aria-busy="true" />;
  return <Trace one={one.value} />;
}

function Trace({ one }: { one: DecisionView }) {
  const names = namesIn(one.question);
  const route = routeOf(one.question);
  const visitor =
    route === null ? one.visitor || t('decisions.somebody') : visitorName(route.request.visitor.id, one.visitor);
  const heard = one.steps.filter((step) => step.mode === 'active');
  const shadows = one.steps.filter((step) => step.mode === 'shadow');
  return (
    <main class="page">
      <article class="page-column decision">
        <header class="decision-head">
          <a
            class="button round"
            href={address({ at: 'decisions' })}
            aria-label={t('decisions.to_list')}
            title={t('decisions.to_list')}
          >
            <Icon icon={ChevronLeft} size={18} class="pointing" />
          </a>
          <div>
            <h2 dir="auto">{visitor}</h2>
            <p class="decision-small">
              {t(`decisions.medium.${one.medium}`)} ·{' '}
              <time dateTime={new Date(one.at).toISOString()}>{dayAndHour(one.at)}</time>
            </p>
          </div>
        </header>
        <section class="decision-short" aria-label={t('decisions.in_short')}>
          <p class="decision-what" dir="auto">
            {answerWords(one.answer, one.sentence, names)}
          </p>
          <p dir="auto">{becauseWords(one, heard)}</p>
          {route === null ? null : <p>{t('decisions.asked', { stage: stageWords(route.request, names) })}</p>}
          <p class="decision-small">{t('decisions.took', { ms: inMs(one.took_us) })}</p>
        </section>
        <section>
          <h3>{t('decisions.voices')}</h3>
          <ol class="decision-voices">
            {heard.map((step, index) => (
              <Voice key={`${index}-${step.plugin ?? ''}`} step={step} names={names}>
                <Try step={step} one={one} />
              </Voice>
            ))}
          </ol>
        </section>
        {shadows.length === 0 ? null : (
          <section>
            <h3>{t('decisions.shadows')}</h3>
            <p class="decision-small">{t('decisions.shadows_text')}</p>
            <ol class="decision-voices">
              {shadows.map((step, index) => (
                <Voice key={`${index}-${step.plugin ?? ''}`} step={step} names={names}>
                  <Try step={step} one={one} />
                </Voice>
              ))}
            </ol>
          </section>
        )}
        {route === null ? null : <Known question={route} />}
        <footer class="decision-ways">
          <Button
            onClick={() => {
              subject.value = one.subject;
              go({ at: 'decisions' });
            }}
          >
            {t(`decisions.same_${one.medium}`)}
          </Button>
        </footer>
      </article>
    </main>
  );
}

/** Who decided, which row of it, and the reason that was given. */
function becauseWords(one: DecisionView, heard: readonly StepView[]): string {
  const name = one.decided_by || t('decisions.hub');
  const decider = heard.find((step) => step.failure === null && step.who === one.decided_by);
  const row = decider?.rows.find(({ verdict }) => verdict === 'decided');
  if (row) return t('decisions.because_row', { name, number: row.row + 1, row: row.name });
  if (decider === undefined || decider.reason === '') return t('decisions.because', { name });
  return t('decisions.because_reason', { name, reason: decider.reason });
}

function Try({ step, one }: { step: StepView; one: DecisionView }) {
  const { plugin } = step;
  if (plugin === null) return null;
  return (
    <Button
      onClick={() => {
        takenAlong.value = { plugin, question: one.question };
        go({ at: 'plugin', id: plugin, tab: 'playground' });
      }}
    >
      {t('decisions.open_playground')}
    </Button>
  );
}
