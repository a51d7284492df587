// Reads an entry of the audit: what was done, and which fields differ, in the words of the screens they stand on.
import type { AuditEntry } from '../../store/api-accounts';
import { fieldAt } from '../../store/package-fields';
import { same } from '../../store/same';
import { type Key, language, t } from '../../store/texts';
import { languageName } from '../../store/words';
import { CHOICES } from '../packages/values';

/** One field before and after; null where it was not there. */
export interface Difference {
  pointer: string;
  label: string;
  before: string | null;
  after: string | null;
}

const ACTIONS: Readonly<Record<string, Key>> = {
  'account.created': 'audit.account_created',
  'account.changed': 'audit.account_changed',
  'account.deleted': 'audit.account_deleted',
  'account.link_created': 'audit.link_created',
  'account.link_used': 'audit.link_used',
  'account.signed_out': 'audit.signed_out',
  'account.second_factor_set': 'audit.factor_set',
  'account.second_factor_cleared': 'audit.factor_cleared',
  'account.recovery_code_used': 'audit.code_used',
  'account.recovery_codes_replaced': 'audit.codes_replaced',
  'accounts.ordered': 'audit.accounts_ordered',
  'package.created': 'audit.package_created',
  'package.saved': 'audit.package_saved',
  'package.deleted': 'audit.package_deleted',
  'package.identity_secret_set': 'audit.secret_set',
};

/** Names of fields that are no package's. */
const LABELS: Readonly<Record<string, Key>> = {
  '/email': 'field.email',
  '/given_name': 'field.given_name',
  '/family_name': 'field.family_name',
  '/role': 'account.role',
  '/takes_calls': 'account.takes_calls',
  '/sends_transcripts': 'account.transcripts',
  '/photo': 'account.photo',
  '/most_chats': 'account.most_chats',
  '/languages': 'account.languages',
  '/skills': 'account.skills',
  '/language': 'language',
  '/accounts': 'account.order',
  '/has_new_password': 'audit.new_password',
  '/purpose': 'audit.purpose',
  '/expires_at': 'audit.expires',
};

/** Values that have a name on the screens. */
const VALUES: Readonly<Record<string, Key>> = {
  owner: 'account.role_owner',
  consultant: 'account.role_consultant',
  invitation: 'audit.invitation',
  reset: 'audit.reset',
};

/** What was done. */
export function actionWords(entry: AuditEntry): string {
  const known = ACTIONS[entry.action];
  // An action of a newer hub is told by its own name.
  return known === undefined ? entry.action : t(known);
}

/** The fields that differ, in the order the hub tells them. */
export function differencesOf(entry: AuditEntry): readonly Difference[] {
  const isPackage = entry.action.startsWith('package.');
  const before = leaves(entry.before, isPackage);
  const after = leaves(entry.after, isPackage);
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((pointer) => !same(before.get(pointer), after.get(pointer)))
    .map((pointer) => ({
      pointer,
      label: labelOf(pointer, isPackage),
      before: shown(pointer, before.get(pointer)),
      after: shown(pointer, after.get(pointer)),
    }))
    .filter((difference) => difference.before !== difference.after);
}

/** Every value by its JSON pointer, down to what one field of a screen shows. */
function leaves(value: unknown, isPackage: boolean, pointer = ''): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const isField = isPackage && fieldAt(pointer)?.pointers.includes(pointer) === true;
  if (isField || typeof value !== 'object' || value === null || Array.isArray(value)) {
    if (value !== undefined && value !== null) found.set(pointer, value);
    return found;
  }
  for (const [key, part] of Object.entries(value)) {
    for (const [deeper, leaf] of leaves(part, isPackage, `${pointer}/${key}`)) found.set(deeper, leaf);
  }
  return found;
}

function labelOf(pointer: string, isPackage: boolean): string {
  const field = isPackage ? fieldAt(pointer) : undefined;
  if (field !== undefined) {
    const day = /^\/settings\/hours\/week\/(mon|tue|wed|thu|fri|sat|sun)$/.exec(pointer)?.[1];
    return day === undefined ? t(field.label) : `${t('audit.hours')}: ${weekday(day)}`;
  }
  const known = LABELS[pointer];
  return known === undefined ? pointer.slice(1).replaceAll('/', ' › ') : t(known);
}

/** Any Monday will do: only the day of the week is shown. */
const A_MONDAY = Date.UTC(2024, 0, 1);
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function weekday(day: string): string {
  const at = A_MONDAY + DAYS.indexOf(day) * 86_400_000;
  return new Intl.DateTimeFormat(language(), { weekday: 'long', timeZone: 'UTC' }).format(at);
}

function shown(pointer: string, value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'boolean') return t(value ? 'account.yes' : 'account.no');
  if (typeof value === 'string') {
    if (pointer.endsWith('/language')) return languageName(value);
    const known = CHOICES[pointer]?.[value] ?? VALUES[value];
    return known === undefined ? value : t(known);
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? null : value.map((one) => shown(pointer, one) ?? '–').join(', ');
  }
  if (typeof value === 'object') return ofObject(pointer, value);
  return String(value);
}

function ofObject(pointer: string, value: object): string {
  const { open, intervals, from, to } = {
    open: undefined,
    intervals: undefined,
    from: undefined,
    to: undefined,
    ...value,
  };
  if (open === 'all_day') return t('audit.all_day');
  if (open === 'closed') return t('audit.closed');
  if (open === 'hours') return shown(pointer, intervals) ?? t('audit.closed');
  if (typeof from === 'string' && typeof to === 'string') return `${from}–${to}`;
  return Object.values(value)
    .map((part) => shown(pointer, part))
    .filter((part) => part !== null)
    .join(' · ');
}
