// What is known of the visitor: who they say they are, what they answered, page, language, time of day. All of it text.
import './VisitorPanel.css';
import { BadgeCheck, X } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import type { Answer, Identity } from '../../widget/kit/wire';
import { Button } from '../parts/Button';
import { VisitorFace } from '../parts/VisitorFace';
import { t } from '../store/texts';
import type { Visit } from '../store/visit';
import { clock, hourIn, hourOf, languageName, nameOf } from '../store/words';

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
  const name = nameOf(visitor);
  const time = visitor.zone === undefined ? undefined : hourIn(visitor.zone, now);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
    <aside class={isOpen ? 'visitor-panel open' : 'visitor-panel'} aria-label={t('visitor.panel')} tabIndex={0}>
      <div class="visitor-panel-close">
        <Button kind="round" icon={X} label={t('visitor.panel_close')} onClick={onClose} />
      </div>
      <header>
        <VisitorFace name={name} size={56} />
        <h2 dir="auto">{name}</h2>
        <Email identity={visitor.identity} />
        <p>{t(visit.here.value ? 'visitor.here_long' : 'visitor.gone_long')}</p>
      </header>
      <Facts title={t('visitor.answers')} facts={visitor.answers} />
      <Facts title={t('visitor.attributes')} facts={visitor.identity?.attributes ?? []} />
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

/** Anybody can type an e-mail; only one the business's server signed is marked. */
function Email({ identity }: { identity: Identity | undefined }) {
  if (identity?.email === undefined) return null;
  return (
    <p class="visitor-email">
      <span dir="auto">{identity.email}</span>
      {identity.is_verified ? (
        <b class="verified" title={t('visitor.verified_why')}>
          <Icon icon={BadgeCheck} size={14} />
          {t('visitor.verified')}
        </b>
      ) : null}
    </p>
  );
}

function Facts({ title, facts }: { title: string; facts: readonly Answer[] }) {
  if (facts.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <dl>
        {facts.map((fact) => (
          <Fact key={fact.label} label={fact.label} value={fact.value} />
        ))}
      </dl>
    </>
  );
}

function Fact({ label, value }: { label: string; value: string | undefined }) {
  if (value === undefined || value === '') return null;
  return (
    <div class="visitor-fact">
      <dt dir="auto">{label}</dt>
      <dd dir="auto">{value}</dd>
    </div>
  );
}
