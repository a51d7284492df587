// One matter of the profile: its name and what it is for beside what can be done.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface Props {
  title: string;
  text: string;
  children: ComponentChildren;
}

export function Section({ title, text, children }: Props) {
  const id = useId();
  return (
    <section class="profile-section" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        <p>{text}</p>
      </header>
      <div>{children}</div>
    </section>
  );
}
