// The playground of a plugin: a question that is edited as JSON or by a few fields, and what a version answers to it.
import { computed, signal } from '@preact/signals';
import type { Problem } from './api';
import type { Question, StepView } from './api-decisions';
import type { PluginsApi } from './api-plugins';
import { isObject, type RouteQuestion, routeOf } from './decisions-question';

/** A recorded question on its way to the playground of a plugin. */
export const takenAlong = signal<{ plugin: string; question: Question } | null>(null);

export type PlayApi = Pick<PluginsApi, 'play'>;

/** Why a text is no question. */
export type Flaw = { what: 'json'; line: number | null; why: string } | { what: 'shape' };

export class Playground {
  readonly text = signal('');
  readonly read = computed(() => readQuestion(this.text.value));
  /** The question where it is about who gets a visitor: then it has fields. */
  readonly route = computed(() => ('question' in this.read.value ? routeOf(this.read.value.question) : null));
  readonly answer = signal<StepView | null>(null);
  /** The answer is to another question than the one that stands there now. */
  readonly isOld = computed(() => this.answer.value !== null && this.#answered.value !== this.text.value);
  readonly problem = signal<Problem | null>(null);
  readonly isBusy = signal(false);
  readonly #answered = signal('');
  readonly #api: PlayApi;

  constructor(api: PlayApi) {
    this.#api = api;
  }

  put(question: object): void {
    this.text.value = JSON.stringify(question, null, 2);
  }

  /** Changes a copy of the question by one of the fields. */
  edit(change: (question: RouteQuestion) => void): void {
    const { value: route } = this.route;
    if (route === null) return;
    const copy = structuredClone(route);
    change(copy);
    this.put(copy);
  }

  async run(plugin: string, version: number): Promise<void> {
    const { value: read } = this.read;
    if (!('question' in read) || this.isBusy.value) return;
    const asked = this.text.value;
    this.isBusy.value = true;
    const answer = await this.#api.play(plugin, version, read.question);
    this.isBusy.value = false;
    this.#answered.value = asked;
    this.problem.value = answer.ok ? null : answer.problem;
    this.answer.value = answer.ok ? answer.value : null;
  }
}

/** Reads what was typed; the line of a flaw is counted from 1, where the browser tells it. */
export function readQuestion(text: string): { question: Question } | { flaw: Flaw } {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value) && typeof value.hook === 'string') return { question: { ...value, hook: value.hook } };
    return { flaw: { what: 'shape' } };
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    return { flaw: { what: 'json', line: lineOf(why, text), why } };
  }
}

/** Browsers tell the place as a line, as a position, or not at all. */
function lineOf(why: string, text: string): number | null {
  const line = /line (\d+)/.exec(why)?.[1];
  if (line !== undefined) return Number(line);
  const at = /position (\d+)/.exec(why)?.[1];
  return at === undefined ? null : text.slice(0, Number(at)).split('\n').length;
}
