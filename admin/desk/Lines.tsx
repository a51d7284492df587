// What was said, in bubbles grouped by speaker, with days between them and what happened to the chat.
import './Lines.css';
import { Check, CheckCheck, CircleAlert, Clock, Phone, PhoneMissed } from 'lucide';
import { Fragment } from 'preact';
import { Icon } from '../../widget/kit/Icon';
import type { CalledLine, FactLine, SaidLine } from '../../widget/kit/lines';
import type { Cid } from '../../widget/kit/wire';
import { VisitorFace } from '../parts/VisitorFace';
import type { DeskLine, ToldLine } from '../store/desk-lines';
import { t } from '../store/texts';
import { dayOf, hourOf, lasting, refusalWords } from '../store/words';

interface Props {
  lines: readonly DeskLine[];
  /** What the visitor is called. */
  name: string;
  now: number;
  /** A finished chat: nobody waits for marks any more. */
  isFinished?: boolean;
  onRetry?: (cid: Cid) => void;
  onDiscard?: (cid: Cid) => void;
}

/** Messages of one person further apart stand alone, with their own time. */
const GROUP_MS = 5 * 60_000;

export function Lines({ lines, name, now, isFinished = false, onRetry, onDiscard }: Props) {
  return (
    <ol class="lines">
      {lines.map((line, index) => {
        const before = lines[index - 1];
        const after = lines[index + 1];
        const isNewDay = before === undefined || dayOf(before.at, now) !== dayOf(line.at, now);
        return (
          <Fragment key={line.key}>
            {isNewDay ? <li class="line-day">{dayOf(line.at, now)}</li> : null}
            {line.kind === 'said' ? (
              <Said
                line={line}
                name={name}
                isFirst={isNewDay || !belongs(before, line)}
                isLast={!belongs(line, after)}
                isFinished={isFinished}
                onRetry={onRetry}
                onDiscard={onDiscard}
              />
            ) : (
              <Happened line={line} />
            )}
          </Fragment>
        );
      })}
    </ol>
  );
}

function belongs(line: DeskLine | undefined, next: DeskLine | undefined): boolean {
  if (line?.kind !== 'said' || next?.kind !== 'said') return false;
  const isSame = line.mine === next.mine && (line.face?.id === next.face?.id || next.mark === 'pending');
  return isSame && next.at - line.at < GROUP_MS && line.mark !== 'failed';
}

interface SaidProps {
  line: SaidLine;
  name: string;
  isFirst: boolean;
  isLast: boolean;
  isFinished: boolean;
  onRetry: ((cid: Cid) => void) | undefined;
  onDiscard: ((cid: Cid) => void) | undefined;
}

function Said({ line, name, isFirst, isLast, isFinished, onRetry, onDiscard }: SaidProps) {
  const { mine } = line;
  const who = mine ? (line.face?.name ?? t('talk.me')) : name;
  const look = `line ${mine ? 'mine' : 'theirs'}${isFirst ? ' first' : ''}${isLast ? ' last' : ''} ${line.mark ?? ''}`;
  return (
    <li class={look}>
      {mine ? null : <span class="line-face">{isLast ? <VisitorFace name={name} size={28} /> : null}</span>}
      <div class="line-said">
        <span class="unseen">{who}:</span>
        <p class="line-body" dir="auto">
          {line.body}
        </p>
      </div>
      {line.failed !== undefined ? (
        <p class="line-failed">
          <Icon icon={CircleAlert} size={14} />
          {t('talk.failed', { why: refusalWords(line.failed) })}
          <button type="button" onClick={() => onRetry?.(line.cid)}>
            {t('again')}
          </button>
          <button type="button" onClick={() => onDiscard?.(line.cid)}>
            {t('talk.discard')}
          </button>
        </p>
      ) : null}
      {isLast && line.failed === undefined ? (
        <p class="line-time">
          <time>{hourOf(line.at)}</time>
          {mine && isFinished && line.face ? <span>{line.face.name}</span> : null}
          {mine && !isFinished ? <Mark mark={line.mark} /> : null}
        </p>
      ) : null}
    </li>
  );
}

function Mark({ mark }: { mark: SaidLine['mark'] }) {
  switch (mark) {
    case 'pending':
      return (
        <span class="line-mark">
          <Icon icon={Clock} size={13} /> {t('talk.pending')}
        </span>
      );
    case 'sent':
      return (
        <span class="line-mark">
          <Icon icon={Check} size={14} /> {t('talk.sent')}
        </span>
      );
    case 'seen':
      return (
        <span class="line-mark seen">
          <Icon icon={CheckCheck} size={14} /> {t('talk.seen')}
        </span>
      );
    default:
      return null;
  }
}

function Happened({ line }: { line: FactLine | CalledLine | ToldLine }) {
  return (
    <li class="line-fact">
      {line.kind === 'called' ? <Icon icon={line.seconds > 0 ? Phone : PhoneMissed} size={14} /> : null}
      <span>{factWords(line)}</span>
      <time>{hourOf(line.at)}</time>
    </li>
  );
}

function factWords(line: FactLine | CalledLine | ToldLine): string {
  if (line.kind === 'told') return t('offer.told', { text: line.body });
  const name = line.face?.name;
  switch (line.kind) {
    case 'joined':
      return t('fact.joined', { name: name ?? '' });
    case 'returned':
      return t('fact.returned');
    case 'invited':
      return t('fact.invited', { name: name ?? '' });
    case 'invite_declined':
      return t('fact.invite_declined');
    case 'called':
      if (line.seconds > 0) return t('fact.called', { time: lasting(line.seconds * 1000) });
      return t('fact.not_called', { why: t(`call.how_${line.reason}`) });
    case 'closed':
      return name === undefined ? t('fact.closed') : t('fact.closed_by', { name });
  }
}
