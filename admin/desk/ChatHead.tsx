// The top of a chat: the visitor and their page, what can be done, and the facts of their browser.
import { Archive, ArrowLeft, Globe, Languages, Link, MapPin, Monitor, PanelRight, Phone } from 'lucide';
import { Icon, type IconNode } from '../../widget/kit/Icon';
import { Button } from '../parts/Button';
import { VisitorFace } from '../parts/VisitorFace';
import { t } from '../store/texts';
import type { Visit } from '../store/visit';
import { languageName, shortPage } from '../store/words';

interface Props {
  visit: Visit;
  name: string;
  isPanelOpen: boolean;
  /** Invites to a call; null where that makes no sense. */
  onAskCall: (() => void) | null;
  onClose: () => void;
  onPanel: () => void;
}

export function ChatHead({ visit, name, isPanelOpen, onAskCall, onClose, onPanel }: Props) {
  const visitor = visit.visitor.value;
  const page = visitor?.page_url ?? '';
  return (
    <header class="chat-head">
      <div class="chat-head-top">
        <a class="back" href="#/" aria-label={t('back')} title={t('back')}>
          <Icon icon={ArrowLeft} size={18} class="pointing" />
        </a>
        <VisitorFace name={name} size={38} />
        <div class="chat-head-who">
          <h2>
            {name}
            <span class={visit.here.value ? 'here' : 'gone'}>
              {t(visit.here.value ? 'visitor.here' : 'visitor.gone')}
            </span>
          </h2>
          {page ? (
            <p title={page}>
              <Icon icon={Link} size={13} />
              <span dir="auto">{shortPage(page)}</span>
            </p>
          ) : null}
        </div>
        {onAskCall === null ? null : (
          <Button kind="call" icon={Phone} title={`${t('call.ask')} (C)`} onClick={onAskCall}>
            <span class="chat-head-close">{t(isInvited(visit) ? 'call.ask_again' : 'call.ask')}</span>
          </Button>
        )}
        <span class="chat-head-panel">
          <Button kind="round" icon={PanelRight} label={t('visitor.panel')} expanded={isPanelOpen} onClick={onPanel} />
        </span>
        <Button icon={Archive} title={`${t('action.close')} (E)`} onClick={onClose}>
          <span class="chat-head-close">{t(visit.chat.state.value === 'closed' ? 'chat.remove' : 'chat.close')}</span>
        </Button>
      </div>
      <dl class="chat-facts">
        <Fact icon={MapPin} label={t('visitor.ip')} value={visitor?.ip} />
        <Fact icon={Monitor} label={t('visitor.system')} value={visitor?.system} />
        <Fact icon={Globe} label={t('visitor.browser')} value={visitor?.browser} />
        <Fact
          icon={Languages}
          label={t('visitor.language')}
          value={visitor?.language === undefined ? undefined : languageName(visitor.language)}
        />
      </dl>
    </header>
  );
}

/** The visitor was asked for a call and has not answered that. */
function isInvited(visit: Visit): boolean {
  const last = visit.chat.events.value.findLast(
    ({ k }) => k === 'invited' || k === 'invite_declined' || k === 'called',
  );
  return last?.k === 'invited';
}

interface FactProps {
  icon: IconNode;
  label: string;
  value: string | undefined;
}

function Fact({ icon, label, value }: FactProps) {
  if (value === undefined) return null;
  return (
    <div title={`${label}: ${value}`}>
      <dt>
        <Icon icon={icon} size={14} />
        <span class="unseen">{label}</span>
      </dt>
      <dd dir="auto">{value}</dd>
    </div>
  );
}
