// The versions of a plugin to choose from, the newest first, with what each does now.
import type { PluginDetail } from '../../../store/api-plugins';
import { t } from '../../../store/texts';
import { versionWords } from '../words';

export function versionOptions({ versions, live, shadow }: PluginDetail): { value: string; words: string }[] {
  return [...versions]
    .sort((one, other) => other.version - one.version)
    .map((one) => {
      const state = one.version === live ? 'live' : one.version === shadow ? 'shadow' : null;
      const words = versionWords(one);
      return {
        value: String(one.version),
        words: state === null ? words : t('replay.version_is', { words, state: t(`replay.state.${state}`) }),
      };
    });
}
