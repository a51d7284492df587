/**
 * Draws a line icon from its node list, the shape `lucide` gives its icons.
 * An icon never carries meaning alone: the control around it has the name.
 */
import { type ComponentChildren, h } from 'preact';

/** The parts of an icon: tag and attributes of each. */
export type IconNode = readonly (readonly [
  tag: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
])[];

interface Props {
  icon: IconNode;
  size?: number;
  class?: string;
}

export function Icon({ icon, size = 20, class: name = '' }: Props): ComponentChildren {
  return (
    <svg
      class={`icon ${name}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {icon.map(([tag, attributes], index) => h(tag, { ...attributes, key: index }))}
    </svg>
  );
}
