// One rule: its sentence, its switch, its place, and its fields once it is opened.
import { ArrowDown, ArrowRight, ArrowUp, ChevronDown, CopyPlus, GripVertical, Trash2 } from 'lucide';
import { useId } from 'preact/hooks';
import { Icon, type IconNode } from '../../../../widget/kit/Icon';
import { Button } from '../../../parts/Button';
import { TextField } from '../../../parts/TextField';
import type { FieldProblem } from '../../../store/package-checks';
import { MOST, type Row } from '../../../store/rule-table';
import type { Known } from '../../../store/rule-table-known';
import { thenWords, whenWords, wrongWords } from '../../../store/rule-table-words';
import { t } from '../../../store/texts';
import { ActionFields } from './ActionFields';
import { Conditions } from './Conditions';
import { Values } from './Values';

interface Props {
  row: Row;
  index: number;
  count: number;
  known: Known;
  isOpen: boolean;
  isDragged: boolean;
  wrong: (pointer: string) => FieldProblem | undefined;
  onRow: (part: Partial<Row>) => void;
  onOpen: (isOpen: boolean) => void;
  onStep: (by: 1 | -1) => void;
  onGrab: (event: PointerEvent) => void;
  onDuplicate: () => void;
  onRemove: () => void;
}

export function RuleRow(props: Props) {
  const { row, index, count, known, isOpen, onRow, onStep } = props;
  const id = useId();
  const name = row.name.trim() || t('table.unnamed', { number: index + 1 });
  const keys = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    // The desk's own shortcuts must not hear it as well.
    event.stopPropagation();
    onStep(event.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <li class={props.isDragged ? 'rule-row dragged' : 'rule-row'} data-on={row.is_on} onKeyDown={keys}>
      <div class="rule-head">
        <span class="rule-move">
          <span class="rule-grip" aria-hidden="true" title={t('table.drag')} onPointerDown={props.onGrab}>
            <Icon icon={GripVertical} size={16} />
          </span>
          <b aria-hidden="true">{index + 1}</b>
        </span>
        <button
          type="button"
          class="rule-open"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          aria-describedby={`${id}-words`}
          onClick={() => props.onOpen(!isOpen)}
        >
          <Icon icon={ChevronDown} size={16} />
          <h3 dir="auto">{name}</h3>
          {row.is_on ? null : <span class="badge">{t('table.off')}</span>}
        </button>
        <span class="rule-ways">
          <Step icon={ArrowUp} label={t('table.up', { name })} isOff={index === 0} onStep={() => onStep(-1)} />
          <Step
            icon={ArrowDown}
            label={t('table.down', { name })}
            isOff={index === count - 1}
            onStep={() => onStep(1)}
          />
          <Button kind="round" icon={CopyPlus} label={t('table.duplicate', { name })} onClick={props.onDuplicate} />
          <Button kind="round" icon={Trash2} label={t('table.delete', { name })} onClick={props.onRemove} />
          <button
            type="button"
            class="switch rule-switch"
            role="switch"
            aria-checked={row.is_on}
            aria-label={t('table.is_on', { name })}
            onClick={() => onRow({ is_on: !row.is_on })}
          >
            <span class="track" />
          </button>
        </span>
        <p class="rule-words" id={`${id}-words`} dir="auto">
          <span>{whenWords(row, known)}</span> <Icon icon={ArrowRight} size={14} class="pointing" />{' '}
          <span>{thenWords(row.then, known)}</span>
        </p>
      </div>
      {isOpen ? (
        <div class="rule-fields" id={id}>
          <Fields {...props} />
        </div>
      ) : null}
    </li>
  );
}

function Fields({ row, index, known, wrong, onRow }: Props) {
  const at = `/rows/${index}`;
  return (
    <>
      <TextField
        label={t('table.name')}
        value={row.name}
        most={MOST.name}
        pointer={`${at}/name`}
        error={wrongWords(wrong(`${at}/name`))}
        onValue={(name) => onRow({ name })}
      />
      <Conditions at={`${at}/when`} when={row.when} known={known} wrong={wrong} onWhen={(when) => onRow({ when })} />
      <ActionFields at={`${at}/then`} then={row.then} known={known} wrong={wrong} onThen={(then) => onRow({ then })} />
      <Values
        label={t('table.tags')}
        values={row.tags}
        hint={`${t('table.values_commas')} ${t('table.optional')}`}
        pointer={`${at}/tags`}
        error={wrongWords(wrong(`${at}/tags`))}
        onValues={(tags) => onRow({ tags })}
      />
    </>
  );
}

interface StepProps {
  icon: IconNode;
  label: string;
  isOff: boolean;
  onStep: () => void;
}

/** Stays focusable at the ends of the list: the focus must not vanish under a key. */
function Step({ icon, label, isOff, onStep }: StepProps) {
  return (
    <button type="button" class="button round" aria-label={label} title={label} aria-disabled={isOff} onClick={onStep}>
      <Icon icon={icon} size={15} />
    </button>
  );
}
