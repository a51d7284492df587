// Some of a list, by boxes to tick; where the order counts, the number of each is told.
import { useId } from 'preact/hooks';

interface Props {
  label: string;
  isLabelHidden?: boolean;
  options: readonly { id: string; name: string }[];
  chosen: readonly string[];
  /** The order of ticking is kept and shown. */
  isOrdered?: boolean;
  error: string | null;
  pointer: string;
  onChosen: (chosen: string[]) => void;
}

export function Chosen(props: Props) {
  const { label, isLabelHidden = false, options, chosen, isOrdered = false, error, pointer, onChosen } = props;
  const id = useId();
  // What is chosen and gone can still be taken away.
  const gone = chosen.filter((value) => !options.some((one) => one.id === value));
  const shown = [...options, ...gone.map((value) => ({ id: value, name: value }))];
  return (
    <fieldset class="rule-chosen" data-pointer={pointer} aria-describedby={error === null ? undefined : `${id}-wrong`}>
      <legend class={isLabelHidden ? 'unseen' : ''}>{label}</legend>
      <div>
        {shown.map((one) => {
          const place = chosen.indexOf(one.id);
          return (
            <label key={one.id}>
              <input
                type="checkbox"
                checked={place >= 0}
                onChange={() => onChosen(place < 0 ? [...chosen, one.id] : chosen.filter((value) => value !== one.id))}
              />
              <span dir="auto">{one.name}</span>
              {isOrdered && place >= 0 ? <b>{place + 1}</b> : null}
            </label>
          );
        })}
      </div>
      {error === null ? null : (
        <p class="rule-wrong" id={`${id}-wrong`}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
