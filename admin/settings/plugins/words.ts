// What is said of plugins: refusals, states, and times in words.
import type { FieldError, Problem } from '../../store/api';
import type { Hook, PluginEntry, PluginVersion } from '../../store/api-plugins';
import type { CellKind, Field } from '../../store/plugin-form';
import { type Key, language, t } from '../../store/texts';

/** Codes that have words of their own; others speak for themselves or share one text. */
const CODES: Readonly<Record<string, Key>> = {
  offline: 'plugins.problem.offline',
  busy: 'plugins.problem.busy',
  unavailable: 'plugins.problem.busy',
  rate: 'plugins.problem.busy',
  owners_only: 'plugins.problem.forbidden',
  full: 'plugins.problem.full',
  too_big: 'plugins.problem.too_big',
  plugin_is_a_table: 'plugins.problem.is_a_table',
};

/** What may be wrong with a value, where the field itself says no more. */
const FLAWS: Readonly<Record<string, Key>> = {
  missing: 'plugins.wrong.missing',
  unknown: 'plugins.wrong.unknown',
  twice: 'plugins.wrong.twice',
  unshowable: 'plugins.wrong.unshowable',
  pattern: 'plugins.wrong.pattern',
};

const KINDS: Readonly<Record<string, Key>> = {
  TimeOfDay: 'plugins.wrong.time',
  Date: 'plugins.wrong.date',
  Duration: 'plugins.wrong.whole_number',
  Colour: 'plugins.wrong.color',
  Email: 'plugins.wrong.email',
  Phone: 'plugins.wrong.phone',
  Url: 'plugins.wrong.url',
  Secret: 'plugins.wrong.secret',
  Integer: 'plugins.wrong.whole_number',
  Consultant: 'plugins.wrong.choose',
  Skill: 'plugins.wrong.choose',
};

/** Why something was refused, as a sentence. */
export function problemWords({ code, status, detail }: Problem): string {
  const known = CODES[code];
  if (known !== undefined) return t(known);
  // The hub names what is wrong with a file better than any code could.
  if (detail !== undefined && detail !== '') return sentence(detail);
  return t(status === 404 ? 'plugins.problem.gone' : 'plugins.problem.failed');
}

/** What is wrong with a field, or with a cell of it. */
export function wrongWords(problem: FieldError | undefined, field: Field): string | null {
  if (problem === undefined) return null;
  const { code, message } = problem;
  const flaw = FLAWS[code];
  if (flaw !== undefined) return t(flaw);
  const { kind } = field;
  if (typeof kind === 'object') {
    if (code === 'out_of_range' && 'Integer' in kind) return t('plugins.wrong.range', limits(kind.Integer));
    if (code === 'out_of_range' && 'Number' in kind) return t('plugins.wrong.range', limits(kind.Number));
    if (code === 'step' && 'Integer' in kind) return t('plugins.wrong.step', { step: kind.Integer.step });
    if (code === 'too_many' && 'Text' in kind) return t('plugins.wrong.long', { count: kind.Text.max_length });
    if (code === 'not_a' && 'Integer' in kind) return t('plugins.wrong.whole_number');
    if (code === 'not_a' && 'Number' in kind) return t('plugins.wrong.number');
  }
  const kept = typeof kind === 'string' && code === 'not_a' ? KINDS[kind] : undefined;
  if (kept !== undefined) return t(kept);
  return message === '' ? t('plugins.wrong.other') : sentence(message);
}

/** What is wrong with one cell of a table. */
export function cellWrongWords({ code, message }: FieldError, kind: CellKind): string {
  const known = FLAWS[code] ?? (typeof kind === 'string' && code === 'not_a' ? KINDS[kind] : undefined);
  if (known !== undefined) return t(known);
  return message === '' ? t('plugins.wrong.other') : sentence(message);
}

export function hookWords(hook: Hook): string {
  return t(`plugins.hook.${hook}`);
}

/** What the hub asks plugins about today. */
const ASKED: readonly Hook[] = ['routing', 'working-hours'];

/** Hooks of a plugin that nobody asks about yet. */
export function unasked({ hooks }: PluginEntry): readonly Hook[] {
  return hooks.filter((hook) => !ASKED.includes(hook));
}

/** Microseconds, as people read them. */
export function tookWords(us: number): string {
  const ms = us / 1000;
  return t('plugins.ms', { ms: ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms) });
}

/** A file's size, as people read it. */
export function sizeWords(bytes: number): string {
  const kb = bytes / 1024;
  return kb < 1000
    ? t('plugins.kb', { kb: Math.max(1, Math.round(kb)) })
    : t('plugins.mb', { mb: Math.round(kb / 102.4) / 10 });
}

/** A version by the number of the hub and, where it says more, that of its author. */
export function versionWords({ version, label }: PluginVersion): string {
  const number = t('plugins.version', { number: String(version) });
  return label === '' || label === `${version}` ? number : `${number} · ${label}`;
}

export function listed(words: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: 'conjunction' }).format(words);
}

function limits({ min, max }: { min: number; max: number }) {
  return { least: min, most: max };
}

/** With a capital and a full stop, as sentences that stand alone have. */
function sentence(text: string): string {
  const said = text.trim();
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.!?…]$/.test(said) ? '' : '.'}`;
}
