// Where the desk leads, once: the left column, the tabs of phones and the palette read these lists.
import { CalendarClock, Contact, Headset, Package, Phone, Puzzle, ScrollText } from 'lucide';
import type { IconNode } from '../../widget/kit/Icon';
import type { SignedIn } from '../store/signed-in';
import type { Key } from '../store/texts';

export interface Stop {
  href: string;
  title: Key;
  icon: IconNode;
  /** The places that belong to it. */
  places: readonly string[];
  /** How much there wants to be looked at. */
  count?: (signedIn: SignedIn) => number;
  /** The count in words, for screen readers. */
  countWords?: Key;
  /** Somebody waits right now. */
  isUrgent?: boolean;
}

/** For everybody. */
export const DESK: readonly Stop[] = [
  {
    href: '#/',
    title: 'dashboard',
    icon: Headset,
    places: ['list', 'waiting', 'chat'],
    count: (signedIn) => signedIn.desk.room.waiting.value.length,
    countWords: 'waiting.count',
    isUrgent: true,
  },
  {
    href: '#/orders',
    title: 'order.title',
    icon: CalendarClock,
    places: ['orders', 'messages'],
    count: (signedIn) => signedIn.fresh.total.value,
    countWords: 'order.new_count',
  },
  {
    href: '#/calls',
    title: 'call.history',
    icon: Phone,
    places: ['calls'],
    count: (signedIn) => signedIn.calling.missed.count.value,
    countWords: 'call.missed_count',
  },
];

/** For owners. */
export const SETTINGS: readonly Stop[] = [
  { href: '#/packages', title: 'nav.packages', icon: Package, places: ['packages', 'package'] },
  { href: '#/accounts', title: 'account.title', icon: Contact, places: ['accounts', 'account'] },
  {
    href: '#/plugins',
    title: 'plugins.title',
    icon: Puzzle,
    places: ['plugins', 'plugin', 'decisions', 'decision'],
  },
  { href: '#/audit', title: 'audit.title', icon: ScrollText, places: ['audit'] },
];
