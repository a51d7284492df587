// Where the desk stands, kept in the address after #: links, reload and the back button work.
import { signal } from '@preact/signals';
import type { AccountId, ChatId, PackageId } from '../widget/kit/wire';

export type Place =
  | { at: 'list' }
  | { at: 'waiting' }
  | { at: 'chat'; chat: ChatId }
  | { at: 'orders' }
  | { at: 'messages' }
  | { at: 'calls' }
  | { at: 'packages' }
  | { at: 'package'; id: PackageId; tab: PackageTab }
  | { at: 'accounts' }
  | { at: 'account'; account: AccountId | 'new' }
  | { at: 'plugins' }
  | { at: 'plugin'; id: string; tab: PluginTab }
  | { at: 'decisions' }
  | { at: 'decision'; id: string }
  | { at: 'audit' }
  | { at: 'profile' }
  | { at: 'setup'; token: string }
  | { at: 'link'; token: string };

/** The parts of a package's editor. */
export const PACKAGE_TABS = ['common', 'button', 'page', 'versions'] as const;
export type PackageTab = (typeof PACKAGE_TABS)[number];

/** The parts of a plugin's page; a rule table has its rows as well. */
export const PLUGIN_TABS = ['settings', 'table', 'versions', 'replay', 'playground', 'calendar'] as const;
export type PluginTab = (typeof PLUGIN_TABS)[number];

/** Places whose address is their name alone. */
const NAMED = [
  'waiting',
  'orders',
  'messages',
  'calls',
  'packages',
  'accounts',
  'plugins',
  'decisions',
  'audit',
  'profile',
] as const;

/** How ids look on the outside. */
const ID = '[0-9A-HJKMNP-TV-Z]{13}';
const CHAT = new RegExp(`^#/chat/(${ID})$`);
const PACKAGE = new RegExp(`^#/packages/(${ID})(?:/(\\w+))?$`);
const PLUGIN = new RegExp(`^#/plugins/(${ID})(?:/(\\w+))?$`);
const DECISION = new RegExp(`^#/decisions/(${ID})$`);
const ACCOUNT = new RegExp(`^#/accounts/(${ID}|new)$`);

export const place = signal<Place>({ at: 'list' });

/** Reads an address part such as `#/chat/01J…`; what it does not know is the list. */
export function read(hash: string): Place {
  if (hash.startsWith('#setup=')) return { at: 'setup', token: hash.slice('#setup='.length) };
  if (hash.startsWith('#link=')) return { at: 'link', token: hash.slice('#link='.length) };
  const named = NAMED.find((name) => hash === `#/${name}`);
  if (named !== undefined) return { at: named };
  const [, id, tab] = PACKAGE.exec(hash) ?? [];
  if (id !== undefined) {
    return { at: 'package', id, tab: PACKAGE_TABS.find((known) => known === tab) ?? 'common' };
  }
  const [, plugin, part] = PLUGIN.exec(hash) ?? [];
  if (plugin !== undefined) {
    return { at: 'plugin', id: plugin, tab: PLUGIN_TABS.find((known) => known === part) ?? 'settings' };
  }
  const decision = DECISION.exec(hash)?.[1];
  if (decision !== undefined) return { at: 'decision', id: decision };
  const account = ACCOUNT.exec(hash)?.[1];
  if (account !== undefined) return { at: 'account', account };
  const chat = CHAT.exec(hash)?.[1];
  return chat === undefined ? { at: 'list' } : { at: 'chat', chat };
}

export function address(to: Place): string {
  switch (to.at) {
    case 'list':
      return '#/';
    case 'chat':
      return `#/chat/${to.chat}`;
    case 'package':
      return `#/packages/${to.id}/${to.tab}`;
    case 'plugin':
      return `#/plugins/${to.id}/${to.tab}`;
    case 'decision':
      return `#/decisions/${to.id}`;
    case 'account':
      return `#/accounts/${to.account}`;
    case 'setup':
      return `#setup=${to.token}`;
    case 'link':
      return `#link=${to.token}`;
    default:
      return `#/${to.at}`;
  }
}

/** Asked before the desk leaves for another place; true keeps it here, `leave` goes there later. */
export type Guard = (to: Place, leave: () => void) => boolean;
let guard: Guard | null = null;

/** Lets somebody with unsaved work ask first, until the function it gives back is called. */
export function guardPlace(ask: Guard): () => void {
  guard = ask;
  return () => {
    if (guard === ask) guard = null;
  };
}

/** Goes there; `replace` leaves no step behind for the back button. */
export function go(to: Place, how: 'push' | 'replace' = 'push') {
  const hash = address(to);
  if (hash === location.hash || guard?.(to, () => unguarded(to))) return;
  if (how === 'push') history.pushState(null, '', hash);
  else history.replaceState(null, '', hash);
  place.value = to;
}

function unguarded(to: Place) {
  guard = null;
  go(to);
}

/** Follows the address from now on. */
export function follow() {
  const look = () => {
    const to = read(location.hash);
    // A followed link is told twice; by the second time a guard may have brought the address back.
    if (address(to) === address(place.value)) return;
    if (guard?.(to, () => unguarded(to))) history.pushState(null, '', address(place.value));
    else place.value = to;
  };
  look();
  addEventListener('popstate', look);
  addEventListener('hashchange', look);
}
