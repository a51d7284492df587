/** The field to write in: grows with the text, sends on Enter, counts characters near the limit. */
import { Icon } from '../kit/Icon';
import type { Conversation } from './conversation';
import { Emoji } from './Emoji';
import { emojiIcon, sendIcon } from './icons';
import { t } from './speech';
import './Composer.css';

interface Props {
  conversation: Conversation;
}

/** The counter appears when this little is left. */
const COUNTED_FROM = 400;

let field: HTMLTextAreaElement | null = null;

/** The field takes the keyboard: the window was opened, a message sent, an emoji picked. */
export function focusField(): void {
  field?.focus();
}

export function Composer({ conversation }: Props) {
  const { draft, bodyChars, hasEmoji } = conversation.view;
  const text = draft.value;
  const left = bodyChars.value - Array.from(text).length;
  const isCounted = left <= COUNTED_FROM;
  const say = () => {
    conversation.say();
    focusField();
  };
  const insert = (emoji: string) => {
    const at = field?.selectionStart ?? text.length;
    conversation.write(text.slice(0, at) + emoji + text.slice(field?.selectionEnd ?? at));
    hasEmoji.value = false;
    focusField();
    field?.setSelectionRange(at + emoji.length, at + emoji.length);
  };
  return (
    <form
      class="composer"
      id="composer"
      onSubmit={(event) => {
        event.preventDefault();
        say();
      }}
    >
      {hasEmoji.value && (
        <Emoji
          onPick={insert}
          onLeave={() => {
            hasEmoji.value = false;
          }}
        />
      )}
      {isCounted && (
        <p id="left" class={left < 0 ? 'is-over' : ''} role="status">
          {left < 0 ? t('composer.over', { count: -left }) : t('composer.left', { count: left })}
        </p>
      )}
      <div>
        <textarea
          // A new function each time: it runs after each drawing, when the height of the text is known.
          ref={(element) => grow(element)}
          rows={1}
          dir="auto"
          value={text}
          enterkeyhint="send"
          aria-label={t('composer.label')}
          aria-invalid={left < 0}
          aria-describedby={isCounted ? 'left' : undefined}
          placeholder={t('composer.placeholder')}
          onInput={(event) => conversation.write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            // Not by itself: the form checks what else is asked.
            event.currentTarget.form?.requestSubmit();
          }}
        />
        <button
          type="button"
          aria-label={t('composer.emoji')}
          aria-expanded={hasEmoji.value}
          onClick={() => {
            hasEmoji.value = !hasEmoji.value;
          }}
        >
          <Icon icon={emojiIcon} />
        </button>
        <button type="submit" class="send" aria-label={t('composer.send')} disabled={text.trim() === '' || left < 0}>
          <Icon icon={sendIcon} />
        </button>
      </div>
    </form>
  );
}

function grow(element: HTMLTextAreaElement | null): void {
  field = element;
  if (element === null) return;
  element.style.height = 'auto';
  element.style.height = `${element.scrollHeight}px`;
}
