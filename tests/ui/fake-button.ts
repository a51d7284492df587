/** The settings of a button as the hub bakes them, for one corner: what corners and edges do is tested with a real hub. */
import type { Config } from '../../widget/loader/config';
import english from '../../widget/locales/en.json' with { type: 'json' };
import polish from '../../widget/locales/pl.json' with { type: 'json' };

export type Baked = Config;

export const CHAT_ICON = 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z';
export const CALL_ICON = 'M5 4h4l2 5-2.5 1.5Z';
/** At the bottom right, 20 px from the edges. */
export const FREE =
  '--a:#1763e0;--b:#1b49c4;--h:56px;--r:28px;--flow:ltr;--shut:0 0 0 calc(100% - 56px);--badge:-5px auto auto;--dock:auto 20px 20px auto;--win:auto 20px 88px auto';
/** In the corner itself; comes off it when it may. */
export const STUCK = `${FREE.replace('--r:28px', '--r:22.4px 0 0 0').replace('--dock:auto 20px 20px auto', '--dock:auto 0 0 auto')};--off:-20px -20px`;

export function bake(origin: string, lang: 'en' | 'pl', settings: Partial<Config> = {}): Config {
  const { open, close, title } = { en: english, pl: polish }[lang].common;
  const label = settings.label ?? 'Talk to us';
  return {
    key: 'demo',
    origin,
    look: FREE,
    icon: settings.call ? CALL_ICON : CHAT_ICON,
    label,
    reveal: 0,
    texts: { open: label || open, close, title },
    lang,
    ...settings,
  };
}
