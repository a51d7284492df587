/** Sixteen emoji to pick from; keyboards of phones have the rest. */
import { t } from './speech';

interface Props {
  onPick: (emoji: string) => void;
  onLeave: () => void;
}

const SIXTEEN = '🙂 😀 😂 😉 😍 😎 🤔 😢 😡 👍 👎 👋 🙏 👏 ❤️ 🎉'.split(' ');

function focus(element: HTMLElement | null): void {
  element?.focus();
}

export function Emoji({ onPick, onLeave }: Props) {
  return (
    <fieldset
      class="emoji"
      aria-label={t('composer.emoji')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // Escape puts away the smallest open thing: not the whole window.
        event.preventDefault();
        onLeave();
      }}
    >
      {SIXTEEN.map((emoji, index) => (
        <button key={emoji} ref={index === 0 ? focus : null} type="button" onClick={() => onPick(emoji)}>
          {emoji}
        </button>
      ))}
    </fieldset>
  );
}
