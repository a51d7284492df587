// Recorded decisions asked again of a version: what would have come out differently.
import './Replay.css';
import { useSignal } from '@preact/signals';
import { CircleAlert, CircleCheck, GitCompare, History } from 'lucide';
import { useEffect, useMemo } from 'preact/hooks';
import { Icon, type IconNode } from '../../../../widget/kit/Icon';
import { Button } from '../../../parts/Button';
import { SelectField } from '../../../parts/SelectField';
import { address } from '../../../routes';
import type { Replayed } from '../../../store/api-decisions';
import { type PluginDetail, pluginsApi } from '../../../store/api-plugins';
import { differenceWords, type Names, retold } from '../../../store/decisions-words';
import { COUNTS, Rerun } from '../../../store/replay';
import { Business } from '../../../store/rule-table-known';
import { t } from '../../../store/texts';
import { dayAndHour } from '../../../store/words';
import { versionOptions } from './versions';

interface Props {
  plugin: PluginDetail;
}

export default function Replay({ plugin }: Props) {
  const rerun = useMemo(() => new Rerun(pluginsApi), []);
  const business = useMemo(() => new Business(), []);
  const version = useSignal(plugin.newest);
  const last = useSignal<number>(COUNTS[1]);
  useEffect(() => void business.load(), [business]);
  const names = new Map(business.known.value?.people.map(({ id, name }) => [id, name]));
  const result = rerun.result.value;

  return (
    <section class="replay" aria-label={t('replay.title')}>
      <p class="trial-lead">{t('replay.lead')}</p>
      <div class="trial-form">
        <SelectField
          label={t('replay.version')}
          value={String(version.value)}
          options={versionOptions(plugin)}
          onValue={(value) => {
            version.value = Number(value);
          }}
        />
        <SelectField
          label={t('replay.last')}
          value={String(last.value)}
          options={COUNTS.map((count) => ({ value: String(count), words: t('replay.newest', { count }) }))}
          onValue={(value) => {
            last.value = Number(value);
          }}
        />
        <Button
          kind="main"
          icon={History}
          busy={rerun.isBusy.value}
          onClick={() => void rerun.run(plugin.id, version.value, last.value)}
        >
          {t('replay.run')}
        </Button>
      </div>
      <div role="status">
        {result === null ? null : <Counts result={result} version={result.version} />}
        {rerun.problem.value === null ? null : (
          <p class="wrong-box">{rerun.problem.value.detail ?? t('replay.failed_run')}</p>
        )}
      </div>
      {result === null ? null : <Found result={result} names={names} />}
    </section>
  );
}

function Counts({ result, version }: { result: Replayed; version: number }) {
  if (result.asked === 0) return <p class="trial-lead">{t('replay.nothing')}</p>;
  return (
    <>
      <p class="unseen">{t('replay.done', { version: String(version), count: result.asked })}</p>
      <ul class="replay-counts">
        <Count look="same" icon={CircleCheck} number={result.same} words={t('replay.same')} />
        <Count look="different" icon={GitCompare} number={result.different.length} words={t('replay.different')} />
        <Count look="failed" icon={CircleAlert} number={result.failed.length} words={t('replay.failed')} />
      </ul>
    </>
  );
}

function Count({ look, icon, number, words }: { look: string; icon: IconNode; number: number; words: string }) {
  return (
    <li data-look={look} data-some={number > 0}>
      <Icon icon={icon} size={18} />
      <b>{number}</b>
      <span>{words}</span>
    </li>
  );
}

function Found({ result, names }: { result: Replayed; names: Names }) {
  return (
    <>
      {result.different.length === 0 ? null : (
        <section class="replay-part">
          <h3>{t('replay.different_title')}</h3>
          <ol>
            {result.different.map((one) => (
              <li key={one.decision}>
                <p>
                  <a href={address({ at: 'decision', id: one.decision })} dir="auto">
                    {one.visitor || t('decisions.somebody')}
                  </a>{' '}
                  <time dateTime={new Date(one.at).toISOString()}>{dayAndHour(one.at)}</time>
                </p>
                <dl>
                  {one.differences.map((difference) => (
                    <div key={difference.at}>
                      {difference.at === '' && difference.before !== null && difference.after !== null ? (
                        <>
                          <dt>{t('replay.was')}</dt>
                          <dd dir="auto">{retold(difference.before, names)}</dd>
                          <dt>{t('replay.would')}</dt>
                          <dd dir="auto">{retold(difference.after, names)}</dd>
                        </>
                      ) : (
                        <dd dir="auto">{differenceWords(difference, names)}</dd>
                      )}
                    </div>
                  ))}
                </dl>
              </li>
            ))}
          </ol>
        </section>
      )}
      {result.failed.length === 0 ? null : (
        <section class="replay-part">
          <h3>{t('replay.failed_title')}</h3>
          <ol>
            {result.failed.map((one) => (
              <li key={one.decision}>
                <p>
                  <a href={address({ at: 'decision', id: one.decision })}>{t('replay.decision')}</a>{' '}
                  <span lang="en">{one.why}</span>
                </p>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}
