// Any number of a few: check boxes side by side.
import type { JSX } from 'preact';

interface Option {
  value: string;
  words: string;
  face?: JSX.Element;
}

interface Props {
  /** Names them where no row around them does. */
  label?: string;
  options: readonly Option[];
  chosen: readonly string[];
  onChosen: (chosen: string[]) => void;
}

export function Chips({ label, options, chosen, onChosen }: Props) {
  const toggle = (value: string) => {
    const isChosen = chosen.includes(value);
    onChosen(isChosen ? chosen.filter((one) => one !== value) : [...chosen, value]);
  };
  const boxes = options.map(({ value, words, face }) => (
    <label key={value} class="chip">
      <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
      {face}
      <span dir="auto">{words}</span>
    </label>
  ));
  if (label === undefined) return <div class="chips">{boxes}</div>;
  return (
    <fieldset class="chips" aria-label={label}>
      {boxes}
    </fieldset>
  );
}
