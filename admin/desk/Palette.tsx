// Ctrl+K: every action of the desk by its name.
import './Palette.css';
import { useSignal } from '@preact/signals';
import { Search } from 'lucide';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../widget/kit/Icon';
import { Dialog } from '../parts/Dialog';
import { type Action, found } from '../store/actions';
import { t } from '../store/texts';

interface Props {
  actions: readonly Action[];
  onClose: () => void;
}

export default function Palette({ actions, onClose }: Props) {
  const typed = useSignal('');
  const at = useSignal(0);
  const list = useRef<HTMLDivElement>(null);
  const matches = found(actions, typed.value).filter((action) => action.id !== 'palette');
  const chosen = Math.min(at.value, matches.length - 1);

  useLayoutEffect(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }));

  const run = (action: Action | undefined) => {
    if (!action) return;
    onClose();
    action.run();
  };

  const keys = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      at.value = (chosen + step + matches.length) % Math.max(1, matches.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(matches[chosen]);
    }
  };

  return (
    <Dialog label={t('palette.label')} look="palette" onClose={onClose}>
      <div class="palette-field">
        <Icon icon={Search} size={18} />
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={matches[chosen] ? `palette-${matches[chosen].id}` : undefined}
          aria-label={t('palette.label')}
          placeholder={t('palette.placeholder')}
          autoComplete="off"
          spellcheck={false}
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
            at.value = 0;
          }}
          onKeyDown={keys}
        />
      </div>
      <div
        class="palette-list"
        id="palette-list"
        role="listbox"
        aria-label={t('palette.label')}
        ref={list}
        tabIndex={-1}
      >
        {matches.map((action, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys, as in every combobox
          <div
            key={action.id}
            id={`palette-${action.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onPointerMove={() => {
              at.value = index;
            }}
            onClick={() => run(action)}
          >
            <span>{action.words}</span>
            <small>{t(action.group)}</small>
            {action.keys?.map((keys) => (
              <kbd key={keys}>{keys.replace('+', ' ')}</kbd>
            ))}
          </div>
        ))}
      </div>
      {matches.length === 0 ? <p class="palette-none">{t('palette.none')}</p> : null}
    </Dialog>
  );
}
