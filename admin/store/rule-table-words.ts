// A rule in a sentence an owner reads: when its conditions hold, what is done.
import type { FieldProblem } from './package-checks';
import type { Action, Condition, HourCondition, NumberCondition, Row, Step, Who } from './rule-table';
import { PATIENCE, PRIORITY, RECONSIDER } from './rule-table-checks';
import type { Known } from './rule-table-known';
import { type Key, language, t } from './texts';

/** `When language is one of pl, en and waiting at least 60 s`. */
export function whenWords({ when }: Pick<Row, 'when'>, known: Known): string {
  if (when.length === 0) return t('table.always');
  return t('table.when', { conditions: all(when.map((condition) => conditionWords(condition, known))) });
}

/** `offer to skill sales, all at once, 20 s, then to everybody, one by one, 30 s`. */
export function thenWords(action: Action, known: Known): string {
  switch (action.do) {
    case 'offer': {
      const [first, ...more] = action.steps.map((step) => stepWords(step, known));
      if (first === undefined) return t('table.offer_nobody');
      return more.reduce((words, step) => t('table.then_to', { words, step }), t('table.offer_to', { step: first }));
    }
    case 'queue': {
      const words = t('table.queue_in', { name: packageName(action.queue, known) });
      return action.message ? t('table.with_message', { words, message: action.message }) : words;
    }
    case 'callback':
      return t('table.callback_with', { message: action.message });
    case 'refuse':
      return t(action.offer_callback ? 'table.refuse_or_callback' : 'table.refuse_with', { message: action.message });
    case 'built_in':
      return t('table.leave_it');
  }
}

export function sentence(row: Pick<Row, 'when' | 'then'>, known: Known): string {
  return `${whenWords(row, known)} → ${thenWords(row.then, known)}`;
}

export function conditionWords(condition: Condition, known: Known): string {
  switch (condition.fact) {
    case 'waiting_seconds':
      return boundWords(condition, 'table.waiting');
    case 'visits':
      return boundWords(condition, 'table.visits');
    case 'hour_of_day':
      return t('table.hours', hours(condition));
    default: {
      const { fact, test } = condition;
      const names = condition.values.map((value) => (fact === 'package' ? packageName(value, known) : value));
      const values = names.length === 0 ? t('table.blank') : any(names);
      return t(`table.says.${test}`, { fact: t(`table.fact.${fact}`), values });
    }
  }
}

export function stepWords({ to, ring, patience_seconds: seconds }: Step, known: Known): string {
  const patience = seconds === 0 ? t('table.at_once') : t('table.for_seconds', { seconds: seconds || 0 });
  return t('table.step', { who: whoWords(to, known), ring: t(`table.ring.${ring}`), patience });
}

function whoWords(who: Who, known: Known): string {
  if (typeof who === 'string') return t(`table.who.${who}`);
  if ('skill' in who) return t('table.who.skill_named', { skill: who.skill || t('table.blank') });
  const names = who.consultants.map((id) => personName(id, known));
  return names.length === 0 ? t('table.blank') : all(names);
}

export function personName(id: string, known: Known): string {
  return known.people.find((one) => one.id === id)?.name ?? t('table.somebody_gone');
}

export function packageName(id: string, known: Known): string {
  if (id === '') return t('table.blank');
  return known.packages.find((one) => one.id === id)?.name ?? id;
}

/** What a cell may be, said where it is not. */
export function wrongWords(problem: FieldProblem | undefined): string | null {
  if (problem === undefined) return null;
  const { pointer, code } = problem;
  if (code === 'out_of_range') {
    const cell = pointer.slice(pointer.lastIndexOf('/') + 1);
    if (cell === 'patience_seconds') return t('table.wrong.patience', PATIENCE);
    if (cell === 'reconsider_seconds') return t('table.wrong.between', RECONSIDER);
    if (cell === 'priority') return t('table.wrong.between', PRIORITY);
  }
  return t(WRONG[code] ?? 'table.wrong.other');
}

const WRONG: Readonly<Record<string, Key>> = {
  missing: 'table.wrong.missing',
  unknown: 'table.wrong.unknown',
  twice: 'table.wrong.twice',
  too_many: 'table.wrong.too_many',
  unshowable: 'table.wrong.unshowable',
  no_bounds: 'table.wrong.no_bounds',
  no_hours: 'table.wrong.no_hours',
  never: 'table.wrong.never',
  not_a: 'table.wrong.not_a',
  out_of_range: 'table.wrong.out_of_range',
};

function boundWords({ at_least: least, at_most: most }: NumberCondition, key: 'table.waiting' | 'table.visits') {
  if (least !== null && most !== null) return t(`${key}_between`, { least, most });
  if (most !== null) return t(`${key}_most`, { most });
  return t(`${key}_least`, { least: least ?? t('table.blank') });
}

function hours({ from, to }: HourCondition): { from: string; to: string } {
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  return { from: clock(from), to: clock(to) };
}

/** `a, b and c` in the language of the desk. */
function all(parts: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: 'conjunction' }).format(parts);
}

function any(parts: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: 'disjunction' }).format(parts);
}
