// Where the desk stands, kept in the address after #: links, reload and the back button work.
import { signal } from '@preact/signals';
import type { ChatId } from '../widget/kit/wire';

export type Place = { at: 'list' } | { at: 'waiting' } | { at: 'chat'; chat: ChatId } | { at: 'setup'; token: string };

export const place = signal<Place>({ at: 'list' });

/** Reads an address part such as `#/chat/01J…`; what it does not know is the list. */
export function read(hash: string): Place {
  if (hash.startsWith('#setup=')) return { at: 'setup', token: hash.slice('#setup='.length) };
  if (hash === '#/waiting') return { at: 'waiting' };
  const chat = /^#\/chat\/([0-9A-HJKMNP-TV-Z]{13})$/.exec(hash)?.[1];
  return chat === undefined ? { at: 'list' } : { at: 'chat', chat };
}

export function address(to: Place): string {
  switch (to.at) {
    case 'list':
      return '#/';
    case 'waiting':
      return '#/waiting';
    case 'chat':
      return `#/chat/${to.chat}`;
    case 'setup':
      return `#setup=${to.token}`;
  }
}

/** Goes there; `replace` leaves no step behind for the back button. */
export function go(to: Place, how: 'push' | 'replace' = 'push') {
  const hash = address(to);
  if (hash === location.hash) return;
  if (how === 'push') history.pushState(null, '', hash);
  else history.replaceState(null, '', hash);
  place.value = to;
}

/** Follows the address from now on. */
export function follow() {
  const look = () => {
    place.value = read(location.hash);
  };
  look();
  addEventListener('popstate', look);
  addEventListener('hashchange', look);
}
