// What can be said about a rule table before the hub is asked; the hub has the last word.
import type { FieldProblem } from './package-checks';
import type { Action, Condition, Row, Step } from './rule-table';
import { MOST } from './rule-table';

/** In seconds. */
export const PATIENCE = { least: 5, most: 300 } as const;
/** In seconds. */
export const RECONSIDER = { least: 5, most: 3600 } as const;
export const PRIORITY = { least: -1000, most: 1000 } as const;

const U32 = 4_294_967_295;

/** Everything that is wrong, in the order of the screen, by JSON pointer. */
export function problemsOf(rows: readonly Row[]): readonly FieldProblem[] {
  const wrong: FieldProblem[] = [];
  const check = (isRight: boolean, pointer: string, code: string) => {
    if (!isRight) wrong.push({ pointer, code });
  };
  check(rows.length <= MOST.rows, '/rows', 'too_many');
  rows.forEach((row, index) => {
    const at = `/rows/${index}`;
    check(row.name.trim() !== '', `${at}/name`, 'missing');
    check(length(row.name) <= MOST.name, `${at}/name`, 'too_many');
    check(row.when.length <= MOST.conditions, `${at}/when`, 'too_many');
    row.when.forEach((condition, place) => {
      ofCondition(check, `${at}/when/${place}`, condition);
    });
    check(row.tags.length <= MOST.tags && row.tags.every((tag) => length(tag) <= MOST.tag), `${at}/tags`, 'too_many');
    ofAction(check, `${at}/then`, row.then);
  });
  return wrong;
}

type Check = (isRight: boolean, pointer: string, code: string) => void;

function ofCondition(check: Check, at: string, condition: Condition): void {
  switch (condition.fact) {
    case 'waiting_seconds':
    case 'visits': {
      const { at_least: least, at_most: most } = condition;
      check(least !== null || most !== null, at, 'no_bounds');
      check(isNatural(least) && isNatural(most), at, 'not_a');
      check(least === null || most === null || least <= most, at, 'never');
      return;
    }
    case 'hour_of_day':
      check(isWithin(condition.from, 0, 23), `${at}/from`, 'out_of_range');
      check(isWithin(condition.to, 1, 24), `${at}/to`, 'out_of_range');
      check(condition.from !== condition.to, at, 'no_hours');
      return;
    default: {
      const { values } = condition;
      check(values.length > 0, `${at}/values`, 'missing');
      const isShort = values.length <= MOST.values && values.every((value) => length(value) <= MOST.value);
      check(isShort, `${at}/values`, 'too_many');
    }
  }
}

function ofAction(check: Check, at: string, action: Action): void {
  switch (action.do) {
    case 'offer':
      check(action.steps.length > 0, `${at}/steps`, 'missing');
      check(action.steps.length <= MOST.steps, `${at}/steps`, 'too_many');
      action.steps.forEach((step, index) => {
        ofStep(check, `${at}/steps/${index}`, step);
      });
      return;
    case 'queue': {
      const { priority, reconsider_seconds: again } = action;
      check(action.queue !== '', `${at}/queue`, 'missing');
      check(isWithin(priority, PRIORITY.least, PRIORITY.most), `${at}/priority`, 'out_of_range');
      check(length(action.message ?? '') <= MOST.message, `${at}/message`, 'too_many');
      const isAgain = again === null || isWithin(again, RECONSIDER.least, RECONSIDER.most);
      check(isAgain, `${at}/reconsider_seconds`, 'out_of_range');
      return;
    }
    case 'callback':
    case 'refuse':
      check(action.message.trim() !== '', `${at}/message`, 'missing');
      check(length(action.message) <= MOST.message, `${at}/message`, 'too_many');
      return;
    case 'built_in':
  }
}

function ofStep(check: Check, at: string, { to, patience_seconds: patience }: Step): void {
  const isPatient = patience === 0 || isWithin(patience, PATIENCE.least, PATIENCE.most);
  check(isPatient, `${at}/patience_seconds`, 'out_of_range');
  if (typeof to === 'string') return;
  if ('skill' in to) check(to.skill !== '', `${at}/to/skill`, 'missing');
  else check(to.consultants.length > 0, `${at}/to/consultants`, 'missing');
}

function length(text: string): number {
  return [...text].length;
}

function isWithin(number: number, least: number, most: number): boolean {
  return Number.isInteger(number) && number >= least && number <= most;
}

function isNatural(number: number | null): boolean {
  return number === null || isWithin(number, 0, U32);
}
