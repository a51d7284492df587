/** One line of a chat: a bubble with its time and mark, or a note of what happened. */
import { Face } from '../kit/Face';
import type { CalledLine, ChatLine, FactLine, SaidLine } from '../kit/lines';
import type { Code } from '../kit/wire';
import type { Conversation } from './conversation';
import { locale, reason, t } from './speech';
import { clock } from './times';
import './Line.css';

interface Props {
  line: ChatLine;
  /** First and last of what one person said in a row. */
  isFirst: boolean;
  isLast: boolean;
  conversation: Conversation;
}

export function Line({ line, isFirst, isLast, conversation }: Props) {
  const name = line.face?.name ?? '';
  if (line.kind !== 'said') {
    // What has a card at the end of the lines stands there.
    const text = line.seq !== conversation.view.invitation?.seq && note(line, name);
    return text && <li class="note">{text}</li>;
  }
  const isFailed = line.mark === 'failed';
  const classes = ['said', line.mine ? 'mine' : 'theirs', isFirst && 'first', isFailed && 'failed'];
  return (
    <li class={classes.filter(Boolean).join(' ')}>
      {name && isLast && <Face name={name} photo={line.face?.photo} size={28} />}
      <p class="bubble">
        <span class="quiet">{line.mine ? t('lines.you') : name}: </span>
        <span dir="auto">{line.body}</span>
      </p>
      {isFailed && <Failed line={line} conversation={conversation} />}
      {isLast && line.mark !== 'failed' && (
        <p class="stamp">
          <time>{clock(line.at, locale)}</time> {line.mark && t(`mark.${line.mark}`)}
        </p>
      )}
    </li>
  );
}

function note(line: FactLine | CalledLine, name: string) {
  switch (line.kind) {
    case 'closed':
      return false;
    case 'invited':
      return t('invite.title', { name });
    case 'called':
      return line.seconds > 0 ? t('lines.talked', { count: Math.ceil(line.seconds / 60) }) : t('lines.no_call');
    default:
      return t(`lines.${line.kind}`, { name });
  }
}

/** A chat that takes nothing more: trying again means a new one. */
const OVER: ReadonlySet<Code | undefined> = new Set<Code>(['chat_closed', 'unknown_chat', 'chat_unavailable']);

function Failed({ line, conversation }: { line: SaidLine; conversation: Conversation }) {
  const code = line.failed ?? 'invalid';
  return (
    <div class="stamp" role="alert">
      <p>{reason(code)}</p>
      <button type="button" class="link" onClick={() => conversation.retry(line.cid)}>
        {t(OVER.has(code) ? 'failed.new_chat' : 'failed.retry')}
      </button>{' '}
      <button type="button" class="link" onClick={() => conversation.discard(line.cid)}>
        {t('failed.discard')}
      </button>
    </div>
  );
}
