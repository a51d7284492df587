// The middle of a chat window: it stays at the newest line unless somebody scrolls up, where earlier lines load.
import './Talk.css';
import type { Signal } from '@preact/signals';
import { ArrowDown } from 'lucide';
import { useRef } from 'preact/hooks';
import { Icon } from '../../widget/kit/Icon';
import type { Cid } from '../../widget/kit/wire';
import { Button } from '../parts/Button';
import { VisitorFace } from '../parts/VisitorFace';
import type { DeskLine } from '../store/desk-lines';
import { t } from '../store/texts';
import type { Loaded } from '../store/visit';
import { Lines } from './Lines';

interface Props {
  name: string;
  lines: readonly DeskLine[];
  now: number;
  /** What the visitor writes right now. */
  writing: string | null;
  /** How the page before stands; null when there is none. */
  older: Loaded<null>['is'] | null;
  isAtEnd: Signal<boolean>;
  onOlder: () => void;
  onRetry: (cid: Cid) => void;
  onDiscard: (cid: Cid) => void;
}

/** So close to an end counts as there. */
const NEAR_PX = 60;

export function Talk(props: Props) {
  const { name, lines, now, writing, older, isAtEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);

  // The box is laid out from its end, so the distance from the end is a negative number.
  const scrolled = () => {
    const box = scroller.current;
    if (!box) return;
    isAtEnd.value = box.scrollTop > -NEAR_PX;
    const fromTop = box.scrollHeight - box.clientHeight + box.scrollTop;
    if (fromTop < NEAR_PX && older === 'unasked') props.onOlder();
  };

  return (
    <div class="talk-frame">
      <div
        class="talk"
        ref={scroller}
        onScroll={scrolled}
        role="log"
        aria-label={t('talk.label', { name })}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard
        tabIndex={0}
      >
        <div class="talk-inside">
          {older !== null ? (
            <div class="talk-older">
              <Button kind="quiet" busy={older === 'loading'} onClick={props.onOlder}>
                {t(older === 'loading' ? 'loading' : older === 'failed' ? 'talk.earlier_failed' : 'talk.earlier')}
              </Button>
            </div>
          ) : null}
          <Lines lines={lines} name={name} now={now} onRetry={props.onRetry} onDiscard={props.onDiscard} />
          {writing !== null ? <Writing name={name} text={writing} /> : null}
        </div>
      </div>
      {isAtEnd.value ? null : (
        <button
          type="button"
          class="talk-down"
          aria-label={t('talk.down')}
          title={t('talk.down')}
          onClick={() => scroller.current?.scrollTo({ top: 0, behavior: 'smooth' })}
        >
          <Icon icon={ArrowDown} size={18} />
        </button>
      )}
    </div>
  );
}

/** The unsent text of the visitor; changes letter by letter, so screen readers hear only that somebody writes. */
function Writing({ name, text }: { name: string; text: string }) {
  return (
    <div class="line theirs first last writing">
      <span class="line-face">
        <VisitorFace name={name} size={28} />
      </span>
      <div class="line-said" aria-hidden="true">
        <p class="line-body" dir="auto">
          {text}
          <span class="writing-caret" />
        </p>
      </div>
      <p class="line-time">{t('chats.writing')}</p>
    </div>
  );
}
