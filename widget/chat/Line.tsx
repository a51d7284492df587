/** One line of a chat: a bubble with its time and mark, or a note of what happened. */
import { Face } from '../kit/Face';
import type { ChatLine, SaidLine } from '../kit/lines';
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
  switch (line.kind) {
    case 'joined':
      return <li class="note">{t('lines.joined', { name })}</li>;
    case 'returned':
      return <li class="note">{t('lines.returned')}</li>;
    case 'closed':
      return null;
    case 'said':
  }
  const isFailed = line.mark === 'failed';
  const classes = ['said', line.mine ? 'mine' : 'theirs', isFirst && 'first', isFailed && 'failed'];
  return (
    <li class={classes.filter(Boolean).join(' ')}>
      {!line.mine && isLast && <Face name={name} photo={line.face?.photo} size={28} />}
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
