/** Whatever opens the call page: a link, so that it also works where no script may open a window. */
import type { ComponentChildren } from 'preact';
import type { Conversation } from './conversation';

interface Props {
  conversation: Conversation;
  class: string;
  /** What it is called, where it shows an icon only. */
  label?: string;
  children: ComponentChildren;
}

export function CallLink({ conversation: { view, way }, class: name, label, children }: Props) {
  const prepare = () => way.prepare();
  return (
    <a
      class={name}
      href={view.callPage}
      target="_blank"
      rel="noopener"
      aria-label={label}
      onPointerEnter={prepare}
      onFocus={prepare}
      onClick={(event) => way.open(event)}
    >
      {children}
    </a>
  );
}
