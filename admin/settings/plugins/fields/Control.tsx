// The control that fits a kind of field; tables have a file of their own.
import { Face } from '../../../../widget/kit/Face';
import { Pick } from '../../../parts/Pick';
import type { Json } from '../../../store/json';
import type { Field, IntegerRule } from '../../../store/plugin-form';
import type { PluginMeans } from '../../../store/plugin-means';
import { optionWords, textsOf } from '../../../store/plugin-values';
import { language, t } from '../../../store/texts';
import { lasting } from '../../../store/words';
import { Chips } from './Chips';
import { Choose } from './Choose';
import { isShort } from './FieldRow';
import { languages } from './languages';
import { Secret } from './Secret';
import { type Aria, Line } from './Setting';

interface Props {
  field: Field;
  /** As filled in, else the default. */
  value: Json | undefined;
  /** As the hub keeps it. */
  kept: Json | undefined;
  means: PluginMeans;
  aria: Aria;
  label: string;
  onValue: (value: Json) => void;
}

/** So many steps fit on a slider where each can be hit. */
const MOST_STEPS = 50;

export function Control({ field, value, kept, means, aria, label, onValue }: Props) {
  const { kind, required } = field;
  const text = typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
  const line = { ...aria, value: text, onValue };
  const number = { ...aria, value: text, onValue: (typed: string) => onValue(numberOf(typed)) };
  const choose = { ...aria, value: text, canBeEmpty: !required, onValue };
  if (typeof kind === 'object') {
    if ('Text' in kind) {
      return <Line {...line} lines={kind.Text.multiline ? 4 : 1} />;
    }
    if ('Integer' in kind) return <Whole rule={kind.Integer} value={value} line={number} onValue={onValue} />;
    if ('Number' in kind) {
      return <Line {...number} kind="number" step="any" least={kind.Number.min} most={kind.Number.max} />;
    }
    if ('Choice' in kind) {
      const options = kind.Choice.map((one) => ({ value: one.value, words: optionWords(one, language()) }));
      if (!isShort(options.length, required)) return <Choose {...choose} options={options} />;
      return <Pick label={label} isLabelHidden value={text} options={options} onValue={onValue} />;
    }
    if ('Choices' in kind) {
      const options = kind.Choices.map((one) => ({ value: one.value, words: optionWords(one, language()) }));
      return <Chips options={options} chosen={textsOf(value)} onChosen={onValue} />;
    }
    return null;
  }
  const people = means.people.value ?? [];
  switch (kind) {
    case 'Secret':
      return <Secret aria={aria} name={field.key} value={value} isKept={kept !== undefined} onValue={onValue} />;
    case 'Toggle':
      return <Toggle aria={aria} isOn={value === true} onTurn={onValue} />;
    case 'TimeOfDay':
      // The end of a day is a time for plugins, but not for browsers.
      return <Line {...line} kind={text === '24:00' ? 'text' : 'time'} />;
    case 'Duration':
      return (
        <span class="with-unit">
          <Line {...number} kind="number" least={0} />
          <span>{typeof value === 'number' && value >= 60 ? `s = ${lasting(value * 1000)}` : 's'}</span>
        </span>
      );
    case 'Date':
      return <Line {...line} kind="date" />;
    case 'Language':
      return <Choose {...choose} options={languages(language(), text)} />;
    case 'Colour':
      return (
        <span class="with-unit">
          <input
            type="color"
            class="setting-color"
            aria-label={t('plugins.pick_color', { label })}
            value={/^#[0-9a-f]{6}$/i.test(text) ? text : '#5b5bd6'}
            onInput={(event) => onValue(event.currentTarget.value)}
          />
          <Line {...line} placeholder="#5b5bd6" />
        </span>
      );
    case 'Email':
      return <Line {...line} kind="email" />;
    case 'Phone':
      return <Line {...line} kind="tel" />;
    case 'Url':
      return <Line {...line} kind="url" placeholder="https://" />;
    case 'Consultant':
      return <Choose {...choose} options={people.map(({ id, name }) => ({ value: id, words: name }))} />;
    case 'Consultants':
      return <People means={means} chosen={textsOf(value)} onChosen={onValue} />;
    case 'Skill':
      return <Choose {...choose} options={means.skills.value.map((one) => ({ value: one, words: one }))} />;
    case 'Queue':
      // Each package has its queue.
      return (
        <Choose
          {...choose}
          options={(means.packages.value ?? []).map(({ id, name }) => ({ value: id, words: name }))}
        />
      );
  }
}

interface WholeProps {
  rule: IntegerRule;
  value: Json | undefined;
  line: Aria & { value: string; onValue: (value: string) => void };
  onValue: (value: number) => void;
}

function Whole({ rule, value, line, onValue }: WholeProps) {
  const { min, max, step, unit } = rule;
  const isSlider = typeof value === 'number' && value >= min && value <= max && (max - min) / step <= MOST_STEPS;
  const words = unit === null ? '' : ` ${unit}`;
  if (isSlider) {
    const { value: _, onValue: __, ...aria } = line;
    return (
      <span class="slider" style={{ '--part': `${max === min ? 0 : (value - min) / (max - min)}` }}>
        <input
          type="range"
          {...aria}
          {...{ min, max, step, value }}
          aria-valuetext={`${value}${words}`}
          onInput={(event) => onValue(event.currentTarget.valueAsNumber)}
        />
        <output class="number" aria-hidden="true">
          {value}
          {words}
        </output>
      </span>
    );
  }
  return (
    <span class="with-unit">
      <Line {...line} kind="number" least={min} most={max} step={step} />
      {unit === null ? null : <span>{unit}</span>}
    </span>
  );
}

function Toggle({ aria, isOn, onTurn }: { aria: Aria; isOn: boolean; onTurn: (isOn: boolean) => void }) {
  const { id, 'aria-describedby': described } = aria;
  return (
    <button
      id={id}
      type="button"
      class="switch bare"
      role="switch"
      aria-checked={isOn}
      aria-describedby={described}
      onClick={() => onTurn(!isOn)}
    >
      <span class="track" />
    </button>
  );
}

interface PeopleProps {
  means: PluginMeans;
  chosen: readonly string[];
  onChosen: (chosen: string[]) => void;
}

function People({ means, chosen, onChosen }: PeopleProps) {
  const people = means.people.value;
  if (people === null) return null;
  const gone = chosen.filter((id) => !people.some((one) => one.id === id));
  const options = [
    ...people.map(({ id, name, photo }) => ({
      value: id,
      words: name,
      face: <Face name={name} photo={photo} size={20} />,
    })),
    ...gone.map((id) => ({ value: id, words: t('plugins.consultant_gone') })),
  ];
  return <Chips options={options} chosen={chosen} onChosen={onChosen} />;
}

/** A number where there is one; what is no number is said to be wrong when it is saved. */
function numberOf(typed: string): Json {
  const number = Number(typed);
  return typed.trim() === '' ? null : Number.isFinite(number) ? number : typed;
}
