// What went wrong with a package, in words: one sentence for each field, one for each refusal.
import type { Problem } from '../../store/api';
import type { FieldProblem } from '../../store/package-checks';
import { type Key, t } from '../../store/texts';

/** The first that a pointer begins with. */
const FIELDS: readonly (readonly [pointer: string, words: Key])[] = [
  ['/name', 'package.wrong.name'],
  ['/settings/company', 'package.wrong.company'],
  ['/settings/web_address', 'package.wrong.web_address'],
  ['/settings/logo', 'package.wrong.logo'],
  ['/settings/zone', 'package.wrong.zone'],
  ['/settings/hours/week', 'package.wrong.day'],
  ['/settings/hours/exceptions', 'package.wrong.exception'],
  ['/settings/consultants', 'package.wrong.consultants'],
  ['/settings/form/fields', 'package.wrong.form'],
  ['/settings/form/consent', 'package.wrong.consent'],
  ['/settings/message/text', 'package.wrong.text'],
  ['/settings/button/label', 'package.wrong.label'],
  ['/settings/button/reveal_seconds', 'package.wrong.reveal_seconds'],
  ['/settings/button/brand', 'package.wrong.brand'],
  ['/settings/button/show_on', 'package.wrong.patterns'],
  ['/settings/button/hide_on', 'package.wrong.patterns'],
  ['/settings/sites', 'package.wrong.sites'],
  ['/settings/page/heading', 'package.wrong.heading'],
  ['/settings/page/subheading', 'package.wrong.text'],
];

const CODES: Readonly<Record<string, Key>> = {
  offline: 'package.problem.offline',
  busy: 'package.problem.busy',
  unavailable: 'package.problem.busy',
  rate: 'package.problem.busy',
  owners_only: 'package.problem.forbidden',
  full: 'package.problem.full',
};

/** What a field may be, said where it is not. */
export function wrongWords(problem: FieldProblem | undefined): string | null {
  if (problem === undefined) return null;
  const found = FIELDS.find(([pointer]) => problem.pointer === pointer || problem.pointer.startsWith(`${pointer}/`));
  return t(found?.[1] ?? 'package.wrong.other');
}

/** What belongs to no field. */
export function problemWords(problem: Problem): string {
  if (problem.status === 404) return t('package.problem.gone');
  return t(CODES[problem.code] ?? 'package.problem.failed');
}
