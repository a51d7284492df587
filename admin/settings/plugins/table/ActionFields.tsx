// What a rule does with the visitor.
import { SelectField } from '../../../parts/SelectField';
import { Switch } from '../../../parts/Switch';
import { TextField } from '../../../parts/TextField';
import type { FieldProblem } from '../../../store/package-checks';
import { type Action, DEEDS, MOST, newAction } from '../../../store/rule-table';
import { PRIORITY } from '../../../store/rule-table-checks';
import type { Known } from '../../../store/rule-table-known';
import { wrongWords } from '../../../store/rule-table-words';
import { t } from '../../../store/texts';
import { numberOf, textOf } from './numbers';
import { Steps } from './Steps';

interface Props {
  at: string;
  then: Action;
  known: Known;
  wrong: (pointer: string) => FieldProblem | undefined;
  onThen: (then: Action) => void;
}

export function ActionFields(props: Props) {
  const { at, then, known, wrong, onThen } = props;
  const choose = (value: string) => {
    const deed = DEEDS.find((one) => one === value) ?? 'offer';
    // A text to the visitor is worth keeping from one action to the next.
    const next = newAction(deed, known.packages.length === 1 ? known.packages[0]?.id : '');
    onThen('message' in then && 'message' in next ? { ...next, message: then.message ?? '' } : next);
  };
  return (
    <fieldset class="rule-part" data-pointer={at}>
      <legend>{t('table.action')}</legend>
      <SelectField
        label={t('table.action')}
        isLabelHidden
        value={then.do}
        options={DEEDS.map((deed) => ({ value: deed, words: t(`table.do.${deed}`) }))}
        {...(then.do === 'built_in' ? { hint: t('table.built_in_hint') } : {})}
        onValue={choose}
      />
      {then.do === 'offer' ? (
        <Steps
          at={`${at}/steps`}
          steps={then.steps}
          known={known}
          wrong={wrong}
          onSteps={(steps) => onThen({ ...then, steps })}
        />
      ) : null}
      {then.do === 'queue' ? <Queue {...props} then={then} /> : null}
      {then.do === 'callback' || then.do === 'refuse' ? (
        <TextField
          label={t('table.message')}
          lines={2}
          value={then.message}
          most={MOST.message}
          pointer={`${at}/message`}
          error={wrongWords(wrong(`${at}/message`))}
          onValue={(message) => onThen({ ...then, message })}
        />
      ) : null}
      {then.do === 'refuse' ? (
        <Switch
          label={t('table.offer_callback')}
          isOn={then.offer_callback}
          onTurn={(isOn) => onThen({ ...then, offer_callback: isOn })}
        />
      ) : null}
    </fieldset>
  );
}

function Queue({ at, then, known, wrong, onThen }: Props & { then: Action & { do: 'queue' } }) {
  const packages = known.packages.map(({ id, name }) => ({ value: id, words: name }));
  const isKnown = packages.some(({ value }) => value === then.queue);
  const options = isKnown ? packages : [{ value: then.queue, words: then.queue || t('table.pick_queue') }, ...packages];
  return (
    <>
      <SelectField
        label={t('table.queue')}
        value={then.queue}
        options={options}
        hint={t('table.queue_hint')}
        pointer={`${at}/queue`}
        error={wrongWords(wrong(`${at}/queue`))}
        onValue={(queue) => onThen({ ...then, queue })}
      />
      <div class="rule-two">
        <TextField
          kind="number"
          label={t('table.priority')}
          least={PRIORITY.least}
          most={PRIORITY.most}
          value={textOf(then.priority)}
          hint={t('table.priority_hint')}
          pointer={`${at}/priority`}
          error={wrongWords(wrong(`${at}/priority`))}
          onValue={(value) => onThen({ ...then, priority: numberOf(value) ?? Number.NaN })}
        />
        <TextField
          kind="number"
          label={t('table.reconsider')}
          value={textOf(then.reconsider_seconds)}
          hint={t('table.optional')}
          pointer={`${at}/reconsider_seconds`}
          error={wrongWords(wrong(`${at}/reconsider_seconds`))}
          onValue={(value) => onThen({ ...then, reconsider_seconds: numberOf(value) })}
        />
      </div>
      <TextField
        label={t('table.message')}
        lines={2}
        value={then.message ?? ''}
        most={MOST.message}
        hint={t('table.optional')}
        pointer={`${at}/message`}
        error={wrongWords(wrong(`${at}/message`))}
        onValue={(message) => onThen({ ...then, message: message === '' ? null : message })}
      />
    </>
  );
}
