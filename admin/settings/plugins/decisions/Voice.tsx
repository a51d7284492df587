// What one voice said: in words, why, what of it was changed or failed, what it cost, its rows and its log.
import { CircleAlert } from 'lucide';
import type { ComponentChildren } from 'preact';
import { Icon } from '../../../../widget/kit/Icon';
import type { StepView } from '../../../store/api-decisions';
import { differenceWords, type Names, stepWords, verdictWords } from '../../../store/decisions-words';
import { t } from '../../../store/texts';
import { counted, inKib, inMs } from './cost';

interface Props {
  step: StepView;
  names: Names;
  /** Ways on from here. */
  children?: ComponentChildren;
}

export function Voice({ step, names, children }: Props) {
  const who = step.who || t('decisions.hub');
  return (
    <li class="voice" data-failed={step.failure !== null}>
      <header>
        <h4 dir="auto">{who}</h4>
        {step.version === null ? null : <span class="badge">{t('decisions.version', { version: step.version })}</span>}
        {step.mode === 'shadow' ? <span class="badge wait">{t('decisions.shadow')}</span> : null}
        {children}
      </header>
      <VoiceBody step={step} names={names} />
    </li>
  );
}

/** All but the name. */
export function VoiceBody({ step, names }: { step: StepView; names: Names }) {
  return (
    <>
      <p class="voice-said" dir="auto">
        {stepWords(step, names)}
      </p>
      {step.failure === null ? null : (
        <p class="voice-failed" dir="auto">
          <Icon icon={CircleAlert} size={16} />
          <span lang="en">{step.failure}</span>
        </p>
      )}
      {step.reason === '' || step.rows.length > 0 ? null : (
        <p class="decision-small" dir="auto">
          {t('decisions.reason', { reason: step.reason })}
        </p>
      )}
      {step.mode === 'shadow' && step.failure === null ? <Differs step={step} names={names} /> : null}
      {step.notes.length === 0 ? null : (
        <Part title={t('decisions.notes')}>
          <ul class="voice-notes">
            {step.notes.map((note, index) => (
              <li key={`${index}-${note.at}`}>
                <code>{note.at}</code> <span lang="en">{named(note.text, names)}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {step.rows.length === 0 ? null : (
        <Part title={t('decisions.rows')}>
          <ol class="voice-rows">
            {step.rows.map((row) => (
              <li key={row.row} data-verdict={row.verdict}>
                <b dir="auto">{row.name}</b>
                <span dir="auto">{verdictWords(row)}</span>
              </li>
            ))}
          </ol>
        </Part>
      )}
      {step.logs.length === 0 ? null : (
        <Part title={t('decisions.logs')}>
          <ul class="voice-logs">
            {step.logs.map((line, index) => (
              <li key={index} data-level={line.level.toLowerCase()}>
                <code>{line.level.toLowerCase()}</code> <span dir="auto">{line.text}</span>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {step.cost === null ? null : (
        <p class="decision-small">
          {t('decisions.cost', {
            ms: inMs(step.cost.took_us),
            fuel: counted(step.cost.fuel),
            kib: inKib(step.cost.memory_bytes),
          })}
        </p>
      )}
    </>
  );
}

function Differs({ step, names }: { step: StepView; names: Names }) {
  if (step.differs.length === 0) return <p class="decision-small">{t('decisions.same')}</p>;
  return (
    <Part title={t('decisions.differs')}>
      <ul class="voice-differs">
        {step.differs.map((one) => (
          <li key={one.at} dir="auto">
            {differenceWords(one, names)}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="voice-part">
      <p class="voice-title">{title}</p>
      {children}
    </div>
  );
}

/** A note with names in place of ids. */
function named(text: string, names: Names): string {
  return [...names].reduce((words, [id, name]) => words.replaceAll(id, name), text);
}
