/** Who the visitor talks with, and the two buttons that put the window away: minimize and close. */
import { Face } from '../kit/Face';
import { Icon } from '../kit/Icon';
import { CallLink } from './CallLink';
import type { Conversation } from './conversation';
import { closeIcon, minimizeIcon, phoneIcon } from './icons';
import { config, locale, t } from './speech';
import { opening } from './times';
import type { View } from './view';
import './Header.css';

interface Props {
  conversation: Conversation;
  onMinimize: () => void;
  onClose: () => void;
}

export function Header({ conversation, onMinimize, onClose }: Props) {
  const { view } = conversation;
  const isWelcome = view.screen === 'welcome';
  return (
    <header class={`header ${isWelcome ? 'is-welcome' : ''}`}>
      <div class="header-bar">
        {isWelcome ? <Company /> : <Who view={view} />}
        {view.hasCalls && !view.asksHow && (
          <CallLink conversation={conversation} class="header-key" label={t('header.call')}>
            <Icon icon={phoneIcon} />
          </CallLink>
        )}
        {view.isTalking && <p class="header-talking">{t('header.talking')}</p>}
        <button type="button" class="header-key" aria-label={t('header.minimize')} onClick={onMinimize}>
          <Icon icon={minimizeIcon} />
        </button>
        <button type="button" class="header-key" aria-label={t('header.close')} onClick={onClose}>
          <Icon icon={closeIcon} />
        </button>
      </div>
      {isWelcome && (
        <div class="header-greeting">
          <h1>{t('greeting.title')}</h1>
          <p>{greeting(view)}</p>
        </div>
      )}
    </header>
  );
}

/** The logo stands on white: nobody knows its colors. */
function Company() {
  return (
    <p class="header-company">
      {config.logo === undefined ? config.company : <img src={config.logo} alt={config.company} />}
    </p>
  );
}

function greeting(view: View): string {
  if (view.asksHow) return t('greeting.choice');
  if (view.isClosed) {
    const until = view.hours.value?.until;
    return until === undefined
      ? t('greeting.closed')
      : t('greeting.opens', { when: opening(until, Date.now(), locale, config.zone) });
  }
  return t(view.isOpen.value ? 'greeting.write' : 'greeting.nobody');
}

function Who({ view }: { view: View }) {
  const consultant = view.consultant;
  const screen = view.screen;
  const isWriting = view.isConsultantWriting.value;
  const status = consultant?.status;
  let state = '';
  if (screen === 'closed') state = t('closed.title');
  else if (screen === 'waiting') state = t('header.waiting');
  else if (isWriting) state = t('header.writing');
  else if (status !== undefined) state = t(`status.${status}`);
  return (
    <div class="header-who">
      {consultant !== undefined && (
        <Face
          key={consultant.id}
          name={consultant.name}
          photo={consultant.photo}
          status={screen === 'talk' ? status : undefined}
          size={40}
        />
      )}
      <div class="header-name">
        <h1 dir="auto">{consultant?.name ?? config.company}</h1>
        <p>{state}</p>
      </div>
    </div>
  );
}
