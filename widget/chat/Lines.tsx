/** The lines of a chat, grouped by day and by what one person said in a row. */
import { type ComponentChildren, Fragment } from 'preact';
import { Face } from '../kit/Face';
import type { Conversation } from './conversation';
import { Line } from './Line';
import type { Scroller } from './scroller';
import { locale, t } from './speech';
import { dayName, daysApart, isSameGroup } from './times';
import './Lines.css';

interface Props {
  conversation: Conversation;
  scroller: Scroller;
  children: ComponentChildren;
}

export function Lines({ conversation, scroller, children }: Props) {
  const { view } = conversation;
  const lines = view.lines;
  const consultant = view.consultant;
  return (
    <section
      class="lines"
      // A new function each time: it runs after each drawing.
      ref={(box) => scroller.drawn(box, lines)}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
      tabIndex={0}
      aria-label={t('lines.region')}
      onScroll={() => scroller.scrolled()}
    >
      {view.hasEarlier && <p class="note">{t(view.isEarlierLost.value ? 'lines.lost' : 'lines.earlier')}</p>}
      <ol>
        {lines.map((line, index) => {
          const before = lines[index - 1];
          const startsDay = before === undefined || daysApart(before.at, line.at) !== 0;
          return (
            <Fragment key={line.key}>
              {startsDay && <li class="note">{day(line.at)}</li>}
              <Line
                line={line}
                isFirst={startsDay || !isSameGroup(before, line)}
                isLast={!isSameGroup(line, lines[index + 1])}
                conversation={conversation}
              />
            </Fragment>
          );
        })}
      </ol>
      {view.isConsultantWriting.value && consultant !== undefined && (
        <div class="writing">
          <Face name={consultant.name} photo={consultant.photo} size={28} />
          <span class="dots" role="img" aria-label={t('lines.writing', { name: consultant.name })}>
            <i />
            <i />
            <i />
          </span>
        </div>
      )}
      {children}
      <p class="quiet" role="log">
        {view.heard.value}
      </p>
    </section>
  );
}

function day(at: number): string {
  return dayName(at, Date.now(), locale, { today: t('lines.today'), yesterday: t('lines.yesterday') });
}
