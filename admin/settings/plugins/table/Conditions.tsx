// What must be true of a visitor before a rule decides.
import { Plus, X } from 'lucide';
import { Button } from '../../../parts/Button';
import { SelectField } from '../../../parts/SelectField';
import type { FieldProblem } from '../../../store/package-checks';
import { type Condition, FACTS, MOST, newCondition } from '../../../store/rule-table';
import type { Known } from '../../../store/rule-table-known';
import { t } from '../../../store/texts';
import { ConditionFields } from './ConditionFields';

interface Props {
  at: string;
  when: readonly Condition[];
  known: Known;
  wrong: (pointer: string) => FieldProblem | undefined;
  onWhen: (when: Condition[]) => void;
}

export function Conditions({ at, when, known, wrong, onWhen }: Props) {
  const set = (index: number, next: Condition) => onWhen(when.map((one, place) => (place === index ? next : one)));
  return (
    <fieldset class="rule-part" data-pointer={at}>
      <legend>{t('table.conditions')}</legend>
      {when.length === 0 ? <p class="rule-hint">{t('table.no_conditions')}</p> : null}
      {when.map((condition, index) => (
        <div class="rule-condition" key={`${index}-${condition.fact}`} data-pointer={`${at}/${index}`}>
          <SelectField
            label={t('table.condition_fact', { number: index + 1 })}
            isLabelHidden
            value={condition.fact}
            options={FACTS.map((fact) => ({ value: fact, words: t(`table.fact.${fact}`) }))}
            onValue={(value) => set(index, newCondition(FACTS.find((fact) => fact === value) ?? 'language'))}
          />
          <ConditionFields
            at={`${at}/${index}`}
            number={index + 1}
            condition={condition}
            known={known}
            wrong={wrong}
            onCondition={(next) => set(index, next)}
          />
          <Button
            kind="round"
            icon={X}
            label={t('table.remove_condition', { number: index + 1 })}
            onClick={() => onWhen(when.filter((_, place) => place !== index))}
          />
        </div>
      ))}
      {when.length < MOST.conditions ? (
        <Button icon={Plus} onClick={() => onWhen([...when, newCondition('language')])}>
          {t('table.add_condition')}
        </Button>
      ) : null}
    </fieldset>
  );
}
