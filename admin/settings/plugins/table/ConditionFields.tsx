// The fields of one condition: how it compares and with what.
import { SelectField } from '../../../parts/SelectField';
import { TextField } from '../../../parts/TextField';
import type { FieldProblem } from '../../../store/package-checks';
import {
  type Condition,
  type HourCondition,
  type NumberCondition,
  TESTS,
  type TextCondition,
} from '../../../store/rule-table';
import type { Known } from '../../../store/rule-table-known';
import { wrongWords } from '../../../store/rule-table-words';
import { type Key, t } from '../../../store/texts';
import { Chosen } from './Chosen';
import { numberOf, textOf } from './numbers';
import { Values } from './Values';

interface Props {
  at: string;
  number: number;
  condition: Condition;
  known: Known;
  wrong: (pointer: string) => FieldProblem | undefined;
  onCondition: (condition: Condition) => void;
}

/** What an owner should know before a fact is relied on. */
const HINTS: Partial<Record<Condition['fact'], Key>> = {
  language: 'table.hint.language',
  page_url: 'table.values_lines',
  topic: 'table.hint.topic',
  country: 'table.hint.country',
  tag: 'table.hint.tag',
};

export function ConditionFields(props: Props) {
  const { condition } = props;
  switch (condition.fact) {
    case 'waiting_seconds':
    case 'visits':
      return <Bounds {...props} condition={condition} />;
    case 'hour_of_day':
      return <Hours {...props} condition={condition} />;
    default:
      return <Texts {...props} condition={condition} />;
  }
}

function Texts({ at, number, condition, known, wrong, onCondition }: Props & { condition: TextCondition }) {
  const { fact, test, values } = condition;
  const error = wrongWords(wrong(`${at}/values`));
  const label = t('table.condition_values', { number });
  const put = (next: string[]) => onCondition({ ...condition, values: next });
  return (
    <>
      <SelectField
        label={t('table.condition_test', { number })}
        isLabelHidden
        value={test}
        options={TESTS.map((one) => ({ value: one, words: t(`table.test.${one}`) }))}
        onValue={(value) => onCondition({ ...condition, test: TESTS.find((one) => one === value) ?? 'one_of' })}
      />
      {fact === 'package' && (test === 'one_of' || test === 'none_of') ? (
        <Chosen
          label={label}
          isLabelHidden
          options={known.packages}
          chosen={values}
          pointer={`${at}/values`}
          error={error}
          onChosen={put}
        />
      ) : (
        <Values
          label={label}
          isLabelHidden
          values={values}
          hasLines={fact === 'page_url'}
          hint={t(HINTS[fact] ?? 'table.values_commas')}
          pointer={`${at}/values`}
          error={error}
          onValues={put}
        />
      )}
    </>
  );
}

function Bounds({ at, condition, wrong, onCondition }: Props & { condition: NumberCondition }) {
  const bound = (label: Key, name: 'at_least' | 'at_most', hint?: Key) => (
    <TextField
      kind="number"
      label={t(label)}
      least={0}
      value={textOf(condition[name])}
      error={name === 'at_least' ? wrongWords(wrong(at)) : null}
      {...(hint === undefined ? {} : { hint: t(hint) })}
      pointer={`${at}/${name}`}
      onValue={(value) => onCondition({ ...condition, [name]: numberOf(value) })}
    />
  );
  const hint = condition.fact === 'visits' ? 'table.hint.visits' : 'table.hint.waiting_seconds';
  return (
    <div class="rule-two">
      {bound('table.at_least', 'at_least', hint)}
      {bound('table.at_most', 'at_most')}
    </div>
  );
}

function Hours({ at, condition, wrong, onCondition }: Props & { condition: HourCondition }) {
  const hour = (label: Key, name: 'from' | 'to', least: number, most: number) => (
    <TextField
      kind="number"
      label={t(label)}
      least={least}
      most={most}
      value={textOf(condition[name])}
      error={wrongWords(wrong(name === 'from' ? at : `${at}/to`))}
      hint={name === 'from' ? t('table.hint.hour_of_day') : ''}
      pointer={`${at}/${name}`}
      onValue={(value) => onCondition({ ...condition, [name]: numberOf(value) ?? Number.NaN })}
    />
  );
  return (
    <div class="rule-two">
      {hour('table.from_hour', 'from', 0, 23)}
      {hour('table.to_hour', 'to', 1, 24)}
    </div>
  );
}
