// The parts of a plugin's page, and where it opens.
import { address, type PluginTab } from '../../routes';
import type { PluginEntry } from '../../store/api-plugins';

/** A rule table has its rows first; in the playground they say why each did or did not decide. */
const TABS: Readonly<Record<PluginEntry['kind'], readonly PluginTab[]>> = {
  wasm: ['settings', 'versions', 'replay', 'playground'],
  table: ['table', 'settings', 'versions', 'replay', 'playground'],
};

/** A plugin that plans hours shows them as a calendar. */
export function tabsOf({ kind, hooks }: PluginEntry): readonly PluginTab[] {
  return hooks.includes('working-hours') ? [...TABS[kind], 'calendar'] : TABS[kind];
}

/** Where a plugin opens. */
export function tabOf(one: PluginEntry): string {
  return address({ at: 'plugin', id: one.id, tab: TABS[one.kind][0] ?? 'settings' });
}
