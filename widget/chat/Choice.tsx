/** Where one may write or call, the visitor is asked first. */
import { Icon, type IconNode } from '../kit/Icon';
import { chatIcon, phoneIcon } from './icons';
import { config, t } from './speech';
import './Choice.css';

interface Props {
  onChat: () => void;
}

export function Choice({ onChat }: Props) {
  return (
    <>
      <button type="button" class="panel choice" onClick={onChat}>
        <Way icon={chatIcon} title={t('choice.chat')} text={t('choice.chat_text')} />
      </button>
      <a class="panel choice" href={config.call_page} target="_blank" rel="noopener">
        <Way icon={phoneIcon} title={t('choice.call')} text={t('choice.call_text')} />
      </a>
    </>
  );
}

function Way({ icon, title, text }: { icon: IconNode; title: string; text: string }) {
  return (
    <>
      <Icon icon={icon} />
      <span>
        <b>{title}</b>
        {text}
      </span>
    </>
  );
}
