// One row of a declared form: what it asks on one side, where it is filled in on the other.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Input, type Kind } from './Input';

/** What ties a control to its words. */
export interface Aria {
  id: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

interface Props {
  label: string;
  help?: string | undefined;
  error: string | null;
  pointer: string;
  /** Several controls with one name. */
  isGroup?: boolean;
  /** Its control needs the whole width. */
  isWide?: boolean;
  children: (aria: Aria) => ComponentChildren;
}

export function Setting({ label, help = '', error, pointer, isGroup = false, isWide = false, children }: Props) {
  const id = useId();
  const described = [help === '' ? '' : `${id}-help`, error === null ? '' : `${id}-wrong`].join(' ').trim();
  const aria: Aria = { id, 'aria-invalid': error !== null, 'aria-describedby': described || undefined };
  const words = (
    <div class="setting-words">
      {isGroup ? (
        <span class="setting-label" id={`${id}-label`}>
          <bdi>{label}</bdi>
        </span>
      ) : (
        <label for={id}>
          <bdi>{label}</bdi>
        </label>
      )}
      {help === '' ? null : (
        <p id={`${id}-help`} class="hint">
          <bdi>{help}</bdi>
        </p>
      )}
      {error === null ? null : (
        <p id={`${id}-wrong`} class="wrong">
          {error}
        </p>
      )}
    </div>
  );
  const look = isWide ? 'setting wide' : 'setting';
  const control = <div class="setting-control">{children(aria)}</div>;
  if (!isGroup) {
    return (
      <div class={look} data-pointer={pointer}>
        {words}
        {control}
      </div>
    );
  }
  return (
    <fieldset
      class={look}
      data-pointer={pointer}
      aria-labelledby={`${id}-label`}
      aria-describedby={aria['aria-describedby']}
    >
      {words}
      {control}
    </fieldset>
  );
}

interface LineProps extends Aria {
  value: string;
  kind?: Kind;
  /** Lines shown; one is an input. */
  lines?: number;
  /** The greatest number. */
  most?: number;
  least?: number;
  step?: number | 'any';
  placeholder?: string;
  onValue: (value: string) => void;
}

/** A line to fill in; more characters than allowed can be typed and are said to be too many. */
export function Line({ kind = 'text', lines = 1, onValue, ...rest }: LineProps) {
  if (lines === 1) return <Input kind={kind} {...rest} onValue={onValue} />;
  const { id, value, 'aria-invalid': isWrong, 'aria-describedby': described } = rest;
  return (
    <textarea
      class="setting-line"
      id={id}
      rows={lines}
      dir="auto"
      value={value}
      aria-invalid={isWrong}
      aria-describedby={described}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  );
}
