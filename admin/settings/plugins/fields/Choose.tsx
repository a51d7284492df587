// One of a list, in the browser's own list box; what is chosen and gone stays to be seen.
import { t } from '../../../store/texts';
import type { Aria } from './Setting';

export interface Choice {
  value: string;
  words: string;
}

interface Props extends Aria {
  value: string;
  options: readonly Choice[];
  /** Nothing may be chosen, or nothing is chosen yet. */
  canBeEmpty: boolean;
  label?: string;
  onValue: (value: string) => void;
}

export function Choose({ value, options, canBeEmpty, label, onValue, ...aria }: Props) {
  const isGone = value !== '' && !options.some((one) => one.value === value);
  return (
    <select
      class="setting-line"
      {...aria}
      aria-label={label}
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
    >
      {canBeEmpty || value === '' ? (
        <option value="" selected={value === ''}>
          {t('plugins.nothing_chosen')}
        </option>
      ) : null}
      {options.map((one) => (
        <option key={one.value} value={one.value} selected={one.value === value}>
          {one.words}
        </option>
      ))}
      {isGone ? (
        <option value={value} selected>
          {t('plugins.chosen_gone', { value })}
        </option>
      ) : null}
    </select>
  );
}
