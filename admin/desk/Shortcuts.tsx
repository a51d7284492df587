// The sheet of shortcuts, opened by "?"; letters alone can be turned off here.
import './Palette.css';
import { X } from 'lucide';
import { Button } from '../parts/Button';
import { Dialog } from '../parts/Dialog';
import { Switch } from '../parts/Switch';
import type { Action } from '../store/actions';
import type { Prefs } from '../store/prefs';
import { t } from '../store/texts';

interface Props {
  actions: readonly Action[];
  prefs: Prefs;
  onClose: () => void;
}

/** Shortcuts that have no action of their own in the palette, or not at every moment. */
const ALWAYS = [
  { words: 'action.accept', keys: ['A'] },
  { words: 'offer.accept_do', keys: ['A', 'Alt+A'] },
  { words: 'offer.decline_do', keys: ['Alt+R'] },
  { words: 'action.next', keys: ['J'] },
  { words: 'action.before', keys: ['K'] },
  { words: 'action.write', keys: ['R'] },
  { words: 'action.close', keys: ['E'] },
  { words: 'call.ask', keys: ['C'] },
  { words: 'call.answer_do', keys: ['Enter', 'Alt+A'] },
  { words: 'call.decline_do', keys: ['Esc', 'Alt+R'] },
  { words: 'call.minimize_do', keys: ['M'] },
  { words: 'call.mute_do', keys: ['Alt+M'] },
  { words: 'call.hang_up_do', keys: ['Alt+H'] },
  { words: 'shortcuts.chat', keys: ['Alt+1', 'Alt+9'] },
  { words: 'shortcuts.send', keys: ['Enter'] },
  { words: 'shortcuts.line', keys: ['Shift+Enter'] },
] as const;

export default function Shortcuts({ actions, prefs, onClose }: Props) {
  const known = new Set<string>(ALWAYS.flatMap((one) => one.keys));
  const others = actions.filter((action) => action.keys?.some((keys) => !known.has(keys) && !/^Alt/.test(keys)));
  return (
    <Dialog label={t('action.shortcuts')} look="shortcuts" onClose={onClose}>
      <header>
        <h2>{t('action.shortcuts')}</h2>
        <Button kind="round" icon={X} label={t('close')} onClick={onClose} />
      </header>
      <dl>
        {ALWAYS.map(({ words, keys }) => (
          <Row key={words} words={t(words)} keys={keys} />
        ))}
        {others.map((action) => (
          <Row key={action.id} words={action.words} keys={action.keys ?? []} />
        ))}
      </dl>
      <Switch
        label={t('shortcuts.letters')}
        isOn={prefs.letters.value}
        onTurn={(isOn) => prefs.turn('letters', isOn)}
      />
      <p>{t('shortcuts.fields')}</p>
    </Dialog>
  );
}

function Row({ words, keys }: { words: string; keys: readonly string[] }) {
  return (
    <div>
      <dt>{words}</dt>
      {keys.map((name) => (
        <dd key={name}>
          <kbd>{name.replace('+', ' ')}</kbd>
        </dd>
      ))}
    </div>
  );
}
