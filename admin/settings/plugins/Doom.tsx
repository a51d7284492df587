// Asks before a plugin is deleted.
import { useSignal } from '@preact/signals';
import { Confirm } from '../../parts/Confirm';
import { go, place } from '../../routes';
import type { PluginEntry } from '../../store/api-plugins';
import type { Plugins } from '../../store/plugins';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { problemWords } from './words';

interface Props {
  one: PluginEntry;
  plugins: Plugins;
  toasts: Toasts;
  onClose: () => void;
}

export function Doom({ one, plugins, toasts, onClose }: Props) {
  const isBusy = useSignal(false);
  const problem = useSignal<string | null>(null);
  const { name } = one;
  const remove = async () => {
    isBusy.value = true;
    const refused = await plugins.remove(one.id);
    isBusy.value = false;
    problem.value = refused === null ? null : problemWords(refused);
    if (refused !== null) return;
    toasts.say(t('plugins.deleted', { name }));
    onClose();
    const here = place.value;
    if (here.at === 'plugin' && here.id === one.id) go({ at: 'plugins' }, 'replace');
  };
  return (
    <Confirm
      title={t('plugins.delete_title', { name })}
      yes={t('plugins.delete')}
      no={t('plugins.cancel')}
      isBad
      isBusy={isBusy.value}
      problem={problem.value}
      onYes={() => void remove()}
      onNo={onClose}
    >
      <p>{t(one.live === null ? 'plugins.delete_text' : 'plugins.delete_live_text')}</p>
    </Confirm>
  );
}
