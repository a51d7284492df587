// Switching versions: what each step says afterwards, and the way back from it.
import { useState } from 'preact/hooks';
import type { Life, PluginDetail } from '../../store/api-plugins';
import type { Plugins } from '../../store/plugins';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { problemWords } from './words';

interface Switching {
  isBusy: boolean;
  set: (life: Life) => Promise<void>;
}

export function useLife(
  plugin: PluginDetail,
  plugins: Plugins,
  toasts: Toasts,
  onDetail: (detail: PluginDetail) => void,
): Switching {
  const [isBusy, setBusy] = useState(false);
  const { id, name, live, shadow } = plugin;
  const go = async (to: Life): Promise<boolean> => {
    setBusy(true);
    const answer = await plugins.life(id, to);
    setBusy(false);
    if (answer.ok) onDetail(answer.value);
    else toasts.say(problemWords(answer.problem));
    return answer.ok;
  };
  const set = async (to: Life) => {
    const isDone = await go(to);
    if (!isDone) return;
    toasts.say(doneWords(name, { live, shadow }, to), {
      action: t('plugins.undo'),
      act: () => void go({ live, shadow }),
    });
  };
  return { isBusy, set };
}

/** The version that decided last, else the newest. */
export function lastLive({ versions, newest }: PluginDetail): number | undefined {
  const [last] = versions
    .filter((one) => one.went_live_at !== null)
    .sort((one, other) => (other.went_live_at ?? 0) - (one.went_live_at ?? 0));
  return last?.version ?? versions.find(({ version }) => version === newest)?.version;
}

function doneWords(name: string, before: Life, now: Life): string {
  if (now.live !== null && now.live !== before.live) {
    return t('plugins.live_now', { name, number: String(now.live) });
  }
  if (now.live === null && before.live !== null) return t('plugins.off_now', { name });
  if (now.shadow === null) return t('plugins.shadow_off_now', { name });
  return t('plugins.shadow_now', { name, number: String(now.shadow) });
}
