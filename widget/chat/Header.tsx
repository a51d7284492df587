/** Who the visitor talks with, and the two buttons that put the window away: minimize and close. */
import { Face } from '../kit/Face';
import { Icon } from '../kit/Icon';
import { closeIcon, minimizeIcon } from './icons';
import { config, t } from './speech';
import type { View } from './view';
import './Header.css';

interface Props {
  view: View;
  onMinimize: () => void;
  onClose: () => void;
}

export function Header({ view, onMinimize, onClose }: Props) {
  const isWelcome = view.screen === 'welcome';
  return (
    <header class={`header ${isWelcome ? 'is-welcome' : ''}`}>
      <div class="header-bar">
        {isWelcome ? <p class="header-company">{config.company}</p> : <Who view={view} />}
        <button type="button" class="header-key" aria-label={t('header.minimize')} onClick={onMinimize}>
          <Icon icon={minimizeIcon} size={20} />
        </button>
        <button type="button" class="header-key" aria-label={t('header.close')} onClick={onClose}>
          <Icon icon={closeIcon} size={20} />
        </button>
      </div>
      {isWelcome && (
        <div class="header-greeting">
          <h1>{t('greeting.title')}</h1>
          <p>{t(view.isOpen.value ? 'greeting.write' : 'greeting.nobody')}</p>
        </div>
      )}
    </header>
  );
}

function Who({ view }: Pick<Props, 'view'>) {
  const consultant = view.consultant;
  const screen = view.screen;
  const isWriting = view.isConsultantWriting.value;
  const status = consultant?.status;
  let state = '';
  if (screen === 'closed') state = t('header.closed');
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
