// Where an answer is written: the draft survives everything, Enter sends, the visitor sees that somebody writes.
import './Composer.css';
import { type Signal, useSignal } from '@preact/signals';
import { ArrowUp, Smile } from 'lucide';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../widget/kit/Icon';
import type { ChatId } from '../../widget/kit/wire';
import { Button } from '../parts/Button';
import { lazy } from '../parts/lazy';
import { Menu } from '../parts/Menu';
import type { Drafts } from '../store/drafts';
import { t } from '../store/texts';
import { Writer } from './writer';

interface Props {
  chat: ChatId;
  name: string;
  isHere: boolean;
  /** Longest message, in characters. */
  limit: number;
  /** The chat whose field should take the focus; null once it has it. */
  composing: Signal<ChatId | null>;
  drafts: Drafts;
  onSay: (body: string) => void;
  onWriting: (writing: boolean) => void;
}

const Emoji = lazy(() => import('./Emoji'));

/** The counter appears when this many characters are left. */
const NEAR_LIMIT = 200;

export function Composer(props: Props) {
  const { chat, name, limit, drafts, composing } = props;
  const text = useSignal(drafts.of(chat));
  const field = useRef<HTMLTextAreaElement>(null);
  const writer = useRef(new Writer(props.onWriting));
  const left = limit - Array.from(text.value.normalize('NFC')).length;
  const canSend = text.value.trim() !== '' && left >= 0;

  useEffect(() => () => writer.current.stop(), []);
  useLayoutEffect(() => fit(field.current), [text.value]);
  useEffect(() => {
    if (composing.value !== chat) return;
    composing.value = null;
    field.current?.focus();
  }, [composing.value]);

  const write = (value: string) => {
    text.value = value;
    drafts.keep(chat, value);
    if (value.trim() === '') writer.current.stop();
    else writer.current.goOn();
  };

  const send = () => {
    if (!canSend) return;
    props.onSay(text.value.trim());
    write('');
    field.current?.focus();
  };

  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') field.current?.blur();
    // On touch keyboards Enter is the only way to a new line.
    const isTouch = matchMedia('(pointer: coarse)').matches;
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || isTouch) return;
    event.preventDefault();
    send();
  };

  const insert = (sign: string) => {
    const box = field.current;
    if (!box) return;
    box.focus();
    box.setRangeText(sign, box.selectionStart, box.selectionEnd, 'end');
    write(box.value);
  };

  return (
    <footer class="composer">
      {props.isHere ? null : <p class="composer-away">{t('composer.away')}</p>}
      <div class="composer-box">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          aria-label={t('composer.label', { name })}
          placeholder={t('composer.placeholder')}
          value={text.value}
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={keys}
        />
        <div class="composer-tools">
          <div class="composer-emoji">
            <Menu look="button round" label={t('composer.emoji')} trigger={<Icon icon={Smile} size={18} />}>
              {() => <Emoji onPick={insert} />}
            </Menu>
          </div>
          <span class="composer-note" aria-live="polite">
            {left < NEAR_LIMIT ? (
              <span class={left < 0 ? 'over number' : 'number'}>
                {left < 0 ? t('composer.over', { count: -left }) : t('composer.left', { count: left })}
              </span>
            ) : null}
            {left >= NEAR_LIMIT && text.value.trim() !== '' ? t('composer.kept') : null}
          </span>
          <Button kind="main" icon={ArrowUp} disabled={!canSend} onClick={send}>
            {t('composer.send')} <kbd>Enter</kbd>
          </Button>
        </div>
      </div>
    </footer>
  );
}

/** The field grows with its text; the style sheet says how far. */
function fit(box: HTMLTextAreaElement | null) {
  if (!box) return;
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight}px`;
}
