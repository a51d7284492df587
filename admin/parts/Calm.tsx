// A calm word where there is nothing to show, with the way on from there.
import './Calm.css';
import type { ComponentChildren } from 'preact';
import { Icon, type IconNode } from '../../widget/kit/Icon';

interface Props {
  icon: IconNode;
  title: string;
  text: string;
  children?: ComponentChildren;
}

export function Calm({ icon, title, text, children }: Props) {
  return (
    <section class="empty">
      <span class="empty-mark">
        <Icon icon={icon} size={30} />
      </span>
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </section>
  );
}
