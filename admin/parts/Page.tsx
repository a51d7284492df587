// A page of the settings: one column that scrolls under the top bar.
import './Page.css';
import './form.css';
import type { ComponentChildren } from 'preact';

interface Props {
  /** A class of its own for what stands on it. */
  look: string;
  children: ComponentChildren;
}

export function Page({ look, children }: Props) {
  return (
    <main class={`page ${look}`}>
      <div class="page-column">{children}</div>
    </main>
  );
}
