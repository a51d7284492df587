// A group of fields with its heading.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface Props {
  title: string;
  hint?: string;
  children: ComponentChildren;
}

export function Section({ title, hint, children }: Props) {
  const id = useId();
  return (
    <section class="package-section" aria-labelledby={id}>
      <header>
        <h3 id={id}>{title}</h3>
        {hint === undefined ? null : <p>{hint}</p>}
      </header>
      {children}
    </section>
  );
}
