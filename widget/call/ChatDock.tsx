/** The chat window at the corner of the page, and the key that brings a minimized one back. */
import { Icon } from '../kit/Icon';
import type { Dock } from './dock';
import { chatIcon } from './icons';
import { settings, t } from './speech';
import './ChatDock.css';

interface Props {
  dock: Dock;
}

const MOST_COUNTED = 9;

export function ChatDock({ dock }: Props) {
  const isOpen = dock.isOpen.value;
  const unread = dock.unread.value;
  const peek = dock.peek.value;
  return (
    <div class={`dock ${isOpen ? 'is-open' : ''}`}>
      {!isOpen && dock.isMinimized.value && (
        <button
          type="button"
          class="dock-key"
          aria-label={t('chat.open') + (unread > 0 ? ` (${unread})` : '')}
          onClick={() => dock.open()}
        >
          {peek !== '' && (
            <span class="dock-peek" dir="auto">
              {peek}
            </span>
          )}
          <Icon icon={chatIcon} size={24} />
          {unread > 0 && <span class="dock-badge">{unread > MOST_COUNTED ? `${MOST_COUNTED}+` : unread}</span>}
        </button>
      )}
      {dock.isLoaded.value && (
        <iframe class="dock-frame" ref={dock.hold} title={t('chat.title')} src={`/w/${settings.value.key}/chat`} />
      )}
    </div>
  );
}
