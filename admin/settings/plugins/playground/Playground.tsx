// The playground: a question, edited by fields or as JSON, and what a version answers to it. Nothing is carried out.
import '../decisions/Decisions.css';
import '../decisions/Trace.css';
import './Playground.css';
import { useSignal } from '@preact/signals';
import { Play, RotateCcw } from 'lucide';
import { useEffect, useMemo } from 'preact/hooks';
import { Button } from '../../../parts/Button';
import { SelectField } from '../../../parts/SelectField';
import { TextField } from '../../../parts/TextField';
import type { StepView } from '../../../store/api-decisions';
import { type PluginDetail, pluginsApi } from '../../../store/api-plugins';
import { namesIn } from '../../../store/decisions-question';
import { type Flaw, Playground as Store, takenAlong } from '../../../store/playground';
import { example } from '../../../store/playground-question';
import { Business, NOBODY } from '../../../store/rule-table-known';
import { language, t } from '../../../store/texts';
import { VoiceBody } from '../decisions/Voice';
import { versionOptions } from '../replay/versions';
import { QuickFields } from './QuickFields';

interface Props {
  plugin: PluginDetail;
}

export default function Playground({ plugin }: Props) {
  const store = useMemo(() => new Store(pluginsApi), [plugin.id]);
  const business = useMemo(() => new Business(), []);
  const version = useSignal(plugin.newest);
  const isRecorded = useSignal(false);
  const isJsonShown = useSignal(false);

  const begin = () => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const present = { now: Date.now(), zone, language: language() };
    isRecorded.value = false;
    store.put(example(business.known.peek() ?? NOBODY, plugin.packages, present));
  };
  useEffect(() => {
    const taken = takenAlong.peek();
    takenAlong.value = null;
    const isTaken = taken?.plugin === plugin.id;
    isRecorded.value = isTaken;
    if (isTaken) store.put(taken.question);
    void business.load().then(() => {
      if (!isTaken) begin();
    });
  }, [store]);

  const { value: read } = store.read;
  const flaw = 'flaw' in read && store.text.value !== '' ? read.flaw : null;
  const route = store.route.value;
  const known = business.known.value ?? NOBODY;
  const asked = 'question' in read ? namesIn(read.question) : [];
  const names = new Map([...known.people.map(({ id, name }) => [id, name] as const), ...asked]);
  const answer = store.answer.value;

  return (
    <section class="play" aria-label={t('playground.title')}>
      <p class="play-lead">{t(isRecorded.value ? 'playground.lead_recorded' : 'playground.lead')}</p>
      <div class="play-form">
        <SelectField
          label={t('playground.version')}
          value={String(version.value)}
          options={versionOptions(plugin)}
          onValue={(value) => {
            version.value = Number(value);
          }}
        />
        {route === null ? null : <QuickFields question={route} onEdit={(change) => store.edit(change)} />}
        <details
          class="play-json"
          open={isJsonShown.value}
          onToggle={(event) => {
            isJsonShown.value = event.currentTarget.open;
          }}
        >
          <summary>{t('playground.json')}</summary>
          {isJsonShown.value ? (
            <TextField
              label={t('playground.question')}
              isLabelHidden
              lines={12}
              value={store.text.value}
              hint={t('playground.question_hint')}
              error={flaw === null ? null : flawWords(flaw)}
              onValue={(value) => {
                store.text.value = value;
              }}
            />
          ) : null}
        </details>
        <div class="play-ways">
          <Button
            kind="main"
            icon={Play}
            busy={store.isBusy.value}
            disabled={!('question' in read)}
            onClick={() => void store.run(plugin.id, version.value)}
          >
            {t('playground.run')}
          </Button>
          <Button icon={RotateCcw} onClick={begin}>
            {t('playground.example')}
          </Button>
        </div>
      </div>
      <div role="status">
        {store.problem.value === null ? null : (
          <p class="wrong-box">{store.problem.value.detail ?? t('playground.failed_run')}</p>
        )}
        {answer === null ? null : <Answer answer={answer} isOld={store.isOld.value} names={names} />}
      </div>
    </section>
  );
}

function Answer({ answer, isOld, names }: { answer: StepView; isOld: boolean; names: ReadonlyMap<string, string> }) {
  return (
    <section class="voice play-answer" data-failed={answer.failure !== null}>
      <header>
        <h3>{t('playground.answer')}</h3>
        {answer.version === null ? null : (
          <span class="badge">{t('decisions.version', { version: answer.version })}</span>
        )}
        {isOld ? <span class="badge wait">{t('playground.old')}</span> : null}
      </header>
      <VoiceBody step={answer} names={names} />
    </section>
  );
}

function flawWords(flaw: Flaw): string {
  if (flaw.what === 'shape') return t('playground.wrong_shape');
  if (flaw.line === null) return t('playground.no_json', { why: flaw.why });
  return t('playground.wrong_json', { line: flaw.line, why: flaw.why });
}
