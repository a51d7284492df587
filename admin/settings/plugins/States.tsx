// What a plugin does now, as a word on a color.
import type { PluginEntry } from '../../store/api-plugins';
import { stateOf } from '../../store/plugins';
import { t } from '../../store/texts';

const LOOKS = { live: 'good', shadow: 'shadow', rests: 'bad', draft: '' } as const;

export function States({ one }: { one: PluginEntry }) {
  const state = stateOf(one);
  return (
    <>
      <span class={`badge ${LOOKS[state]}`}>{t(`plugins.state.${state}`)}</span>
      {state === 'live' && one.shadow !== null ? <span class="badge shadow">{t('plugins.state.shadow')}</span> : null}
    </>
  );
}
