// What is known of the visitor: page, where they came from, language, their time of day, the package. All of it text.
import './VisitorPanel.css';
import { X } from 'lucide';
import { Button } from '../parts/Button';
import { VisitorFace } from '../parts/VisitorFace';
import { t } from '../store/texts';
import type { Visit } from '../store/visit';
import { clock, hourIn, hourOf, languageName, visitorName } from '../store/words';

interface Props {
  visit: Visit;
  now: number;
  /** On narrow screens the panel is a drawer. */
  isOpen: boolean;
  onClose: () => void;
}

export function VisitorPanel({ visit, now, isOpen, onClose }: Props) {
  const visitor = visit.visitor.value;
  if (visitor === null) return null;
  const name = visitorName(visitor.id);
  const time = visitor.zone === undefined ? undefined : hourIn(visitor.zone, now);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <aside class={isOpen ? 'visitor-panel open' : 'visitor-panel'} aria-label={t('visitor.panel')} tabIndex={0}>
      <div class="visitor-panel-close">
        <Button kind="round" icon={X} label={t('visitor.panel_close')} onClick={onClose} />
      </div>
      <header>
        <VisitorFace name={name} size={56} />
        <h2>{name}</h2>
        <p>{t(visit.here.value ? 'visitor.here_long' : 'visitor.gone_long')}</p>
      </header>
      <h3>{t('visitor.visit')}</h3>
      <dl>
        <Fact label={t('visitor.page')} value={visitor.page_title ?? visitor.page_url} />
        {visitor.page_title === undefined ? null : <Fact label={t('visitor.address')} value={visitor.page_url} />}
        <Fact label={t('visitor.referrer')} value={visitor.referrer} />
        <Fact label={t('visitor.package')} value={visitor.package} />
        <Fact
          label={t('visitor.opened')}
          value={
            visit.openedAt.value > 0
              ? `${hourOf(visit.openedAt.value)} (${clock(now - visit.openedAt.value)})`
              : undefined
          }
        />
      </dl>
      <h3>{t('visitor')}</h3>
      <dl>
        <Fact label={t('visitor.time')} value={time} />
        <Fact label={t('visitor.zone')} value={visitor.zone} />
        <Fact
          label={t('visitor.language')}
          value={visitor.language === undefined ? undefined : languageName(visitor.language)}
        />
        <Fact label={t('visitor.system')} value={visitor.system} />
        <Fact label={t('visitor.browser')} value={visitor.browser} />
        <Fact label={t('visitor.ip')} value={visitor.ip} />
        <Fact
          label={t('visitor.previous')}
          value={visitor.previous_chats > 0 ? String(visitor.previous_chats) : t('visitor.first')}
        />
      </dl>
    </aside>
  );
}

function Fact({ label, value }: { label: string; value: string | undefined }) {
  if (value === undefined || value === '') return null;
  return (
    <div class="visitor-fact">
      <dt>{label}</dt>
      <dd dir="auto">{value}</dd>
    </div>
  );
}
