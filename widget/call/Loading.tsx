/** Before the hub has said who is there: the heading stands already, nothing is promised. */
import type { ComponentChildren } from 'preact';
import { t } from './speech';
import './screens.css';

interface Props {
  heading: ComponentChildren;
}

export function Loading({ heading }: Props) {
  return (
    <div class="screen">
      <span class="hero hero-empty" />
      {heading}
      <p class="lead" role="status">
        {t('loading.text')}
      </p>
      <div class="actions" />
    </div>
  );
}
