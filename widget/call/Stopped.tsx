/** The hub does not speak with this page any more: the package is gone, or the page is out of date. */
import type { ComponentChildren } from 'preact';
import { isOld } from './headings';
import type { Live } from './live';
import { t } from './speech';
import './screens.css';

interface Props {
  live: Live;
  heading: ComponentChildren;
}

export function Stopped({ live, heading }: Props) {
  return (
    <div class="screen" role="alert">
      {heading}
      <p class="lead">{t(isOld(live) ? 'stopped.old_text' : 'stopped.gone_text')}</p>
      <div class="actions">
        <button type="button" class="plain-key" onClick={() => location.reload()}>
          {t('stopped.reload')}
        </button>
      </div>
    </div>
  );
}
