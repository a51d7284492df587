// The steps of an offer: to whom, how they are rung, and for how long.
import { Plus, X } from 'lucide';
import { Button } from '../../../parts/Button';
import { SelectField } from '../../../parts/SelectField';
import { TextField } from '../../../parts/TextField';
import type { FieldProblem } from '../../../store/package-checks';
import { GROUPS, groupOf, MOST, newStep, newWho, RINGS, type Step } from '../../../store/rule-table';
import type { Known } from '../../../store/rule-table-known';
import { personName, wrongWords } from '../../../store/rule-table-words';
import { t } from '../../../store/texts';
import { Chosen } from './Chosen';
import { numberOf, textOf } from './numbers';

interface Props {
  at: string;
  steps: readonly Step[];
  known: Known;
  wrong: (pointer: string) => FieldProblem | undefined;
  onSteps: (steps: Step[]) => void;
}

export function Steps({ at, steps, known, wrong, onSteps }: Props) {
  const set = (index: number, part: Partial<Step>) =>
    onSteps(steps.map((one, place) => (place === index ? { ...one, ...part } : one)));
  const isMissing = steps.length === 0 && wrong(at) !== undefined;
  return (
    <div class="rule-steps" data-pointer={at}>
      <p class="rule-hint">{t('table.steps_hint')}</p>
      {isMissing ? <p class="rule-wrong">{wrongWords(wrong(at))}</p> : null}
      {steps.map((step, index) => (
        <fieldset class="rule-step" key={index} data-pointer={`${at}/${index}`}>
          <legend>{t('table.step_title', { number: index + 1 })}</legend>
          <StepFields
            at={`${at}/${index}`}
            step={step}
            known={known}
            wrong={wrong}
            onStep={(part) => set(index, part)}
          />
          {steps.length > 1 ? (
            <Button
              kind="round"
              icon={X}
              label={t('table.remove_step', { number: index + 1 })}
              onClick={() => onSteps(steps.filter((_, place) => place !== index))}
            />
          ) : null}
        </fieldset>
      ))}
      {steps.length < MOST.steps ? (
        <Button icon={Plus} onClick={() => onSteps([...steps, newStep()])}>
          {t('table.add_step')}
        </Button>
      ) : null}
    </div>
  );
}

interface StepProps extends Omit<Props, 'steps' | 'onSteps'> {
  step: Step;
  onStep: (part: Partial<Step>) => void;
}

function StepFields({ at, step, known, wrong, onStep }: StepProps) {
  const group = groupOf(step.to);
  return (
    <>
      <div class="rule-three">
        <SelectField
          label={t('table.to_whom')}
          value={group}
          options={GROUPS.map((one) => ({ value: one, words: t(`table.who.${one}`) }))}
          onValue={(value) => {
            const next = GROUPS.find((one) => one === value) ?? 'everybody';
            onStep({ to: newWho(next, known.skills.length === 1 ? known.skills[0] : '') });
          }}
        />
        <SelectField
          label={t('table.ring_mode')}
          value={step.ring}
          options={RINGS.map((ring) => ({ value: ring, words: t(`table.ring.${ring}`) }))}
          onValue={(value) => onStep({ ring: RINGS.find((ring) => ring === value) ?? 'all_at_once' })}
        />
        <TextField
          kind="number"
          label={t('table.patience')}
          least={0}
          value={textOf(step.patience_seconds)}
          hint={t('table.patience_hint')}
          pointer={`${at}/patience_seconds`}
          error={wrongWords(wrong(`${at}/patience_seconds`))}
          onValue={(value) => onStep({ patience_seconds: numberOf(value) ?? Number.NaN })}
        />
      </div>
      <Whom at={at} step={step} known={known} wrong={wrong} onStep={onStep} />
    </>
  );
}

function Whom({ at, step: { to }, known, wrong, onStep }: StepProps) {
  if (typeof to === 'string') return null;
  if ('skill' in to) {
    const isKnown = known.skills.includes(to.skill);
    const options = known.skills.map((skill) => ({ value: skill, words: skill }));
    const first = { value: to.skill, words: to.skill || t('table.pick_skill') };
    return (
      <SelectField
        label={t('table.skill')}
        value={to.skill}
        options={isKnown ? options : [first, ...options]}
        {...(known.skills.length === 0 ? { hint: t('table.no_skills') } : {})}
        pointer={`${at}/to/skill`}
        error={wrongWords(wrong(`${at}/to/skill`))}
        onValue={(skill) => onStep({ to: { skill } })}
      />
    );
  }
  const gone = to.consultants.filter((id) => !known.people.some((one) => one.id === id));
  return (
    <Chosen
      label={t('table.people')}
      options={[...known.people, ...gone.map((id) => ({ id, name: personName(id, known) }))]}
      chosen={to.consultants}
      isOrdered
      pointer={`${at}/to/consultants`}
      error={wrongWords(wrong(`${at}/to/consultants`))}
      onChosen={(consultants) => onStep({ to: { consultants } })}
    />
  );
}
