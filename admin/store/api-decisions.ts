// What the hub tells of decisions: the log, one decision with every voice in it, and decisions asked again.
import type { CallId, ChatId, Moment, PackageId } from '../../widget/kit/wire';
import type { PluginId } from './api-plugins';

export type DecisionId = string;

/** A decision as the log shows it. */
export interface Decision {
  id: DecisionId;
  at: Moment;
  package: PackageId;
  subject: ChatId | CallId;
  medium: 'chat' | 'call';
  /** Name, or '' when they gave none. */
  visitor: string;
  /** What was done, consultants by name. */
  sentence: string;
  /** A plugin's or rule table's name, or '' for the hub's own rule. */
  decided_by: string;
  has_failed: boolean;
  took_us: number;
}

/** A decision with all it depended on. */
export interface DecisionView extends Decision {
  /** As the playground takes it. */
  question: Question;
  stage: string;
  answer: object;
  steps: StepView[];
}

/** A question to a plugin, as JSON; `hook` names which. */
export interface Question {
  hook: string;
  [part: string]: unknown;
}

/** One voice in a decision. */
export interface StepView {
  /** Name, or '' for the hub's own rule. */
  who: string;
  plugin: PluginId | null;
  version: string | null;
  /** The answer of a shadow is compared, never carried out. */
  mode: 'active' | 'shadow';
  sentence: string | null;
  /** Of a shadow: against what was done. */
  differs: Difference[];
  reason: string;
  answer: object | null;
  /** What was changed in the answer, so that it could be carried out. */
  notes: { at: string; text: string }[];
  failure: string | null;
  cost: Cost | null;
  /** Of a rule table: why each row did or did not decide. */
  rows: RowVerdict[];
  logs: { level: string; text: string }[];
}

export interface Cost {
  fuel: number;
  took_us: number;
  memory_bytes: number;
}

export interface RowVerdict {
  /** Counted from 0. */
  row: number;
  name: string;
  verdict: string;
  text: string;
}

/** One place where two answers differ; null where one has nothing. */
export interface Difference {
  /** JSON pointer into the answer, or '' for the whole. */
  at: string;
  before: string | null;
  after: string | null;
}

/** Recorded decisions, asked again of a version. */
export interface Replayed {
  asked: number;
  same: number;
  different: Differing[];
  failed: { decision: DecisionId; why: string }[];
}

export interface Differing {
  decision: DecisionId;
  at: Moment;
  visitor: string;
  differences: Difference[];
}
