/** Where one may write or call, the visitor is asked first. */
import { Icon, type IconNode } from '../kit/Icon';
import { CallLink } from './CallLink';
import type { Conversation } from './conversation';
import { chatIcon, phoneIcon } from './icons';
import { t } from './speech';
import './Choice.css';

interface Props {
  conversation: Conversation;
  onChat: () => void;
}

export function Choice({ conversation, onChat }: Props) {
  return (
    <>
      <button type="button" class="panel choice" onClick={onChat}>
        <Kind icon={chatIcon} title={t('choice.chat')} text={t('choice.chat_text')} />
      </button>
      <CallLink conversation={conversation} class="panel choice">
        <Kind icon={phoneIcon} title={t('choice.call')} text={t('choice.call_text')} />
      </CallLink>
    </>
  );
}

function Kind({ icon, title, text }: { icon: IconNode; title: string; text: string }) {
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
