// Decisions in words an owner reads: what was asked, what a voice said, why a row did not decide.
import type { Difference, RowVerdict, StepView } from './api-decisions';
import { isObject, type RouteRequest } from './decisions-question';
import { type Key, t } from './texts';

/** Names of consultants by id. */
export type Names = ReadonlyMap<string, string>;

/** What was done or would have been, from the hub's own words where the answer cannot be read. */
export function answerWords(answer: object | null, sentence: string | null, names: Names): string {
  const outcome = isObject(answer) && isObject(answer.answer) ? answer.answer : answer;
  const decision = isObject(outcome) ? outcome.decision : undefined;
  return decisionWords(decision, names) ?? (retold(sentence ?? '', names) || t('decisions.did.other'));
}

export function stepWords(step: StepView, names: Names): string {
  return step.failure !== null ? t('decisions.gave_none') : answerWords(step.answer, step.sentence, names);
}

/** Why the hub asked. */
export function stageWords({ stage: asked }: Pick<RouteRequest, 'stage'>, names: Names): string {
  // A newer hub may know further stages.
  const stage: unknown = asked;
  if (stage === 'Arrived') return t('decisions.stage.arrived');
  if (!isObject(stage)) return String(stage);
  if (typeof stage.Unanswered === 'number') return t('decisions.stage.unanswered', { step: stage.Unanswered + 1 });
  if (typeof stage.Waiting === 'number') return t('decisions.stage.waiting', { seconds: stage.Waiting });
  const who = String(stage.Transferred ?? stage.Abandoned ?? '');
  const name = names.get(who) ?? t('decisions.somebody');
  return t('Transferred' in stage ? 'decisions.stage.transferred' : 'decisions.stage.abandoned', { name });
}

/** One difference between two answers. */
export function differenceWords({ at, before, after }: Difference, names: Names): string {
  const [was, is] = [before, after].map((text) => (text === null ? null : retold(text, names)));
  const where = at.startsWith('/tags') ? `${t('decisions.tags')}: ` : at === '' ? '' : `${at}: `;
  if (was === null || was === undefined) return `${where}${t('decisions.also', { after: is ?? '' })}`;
  if (is === null || is === undefined) return `${where}${t('decisions.no_longer', { before: was })}`;
  return `${where}${t('decisions.instead', { before: was, after: is })}`;
}

/** Why a row of a rule table did or did not decide. */
export function verdictWords({ verdict, text }: RowVerdict): string {
  const known = VERDICTS[verdict];
  if (known !== undefined) return t(known);
  const [, unknown] = /^(.+) is not known$/.exec(text) ?? [];
  const [, fact, found] = /^(.+?) is (.+)$/s.exec(text) ?? [];
  const name = FACTS[unknown ?? fact ?? ''];
  if (verdict !== 'missed' || name === undefined) return text;
  if (unknown !== undefined) return t('decisions.row.not_known', { fact: t(name) });
  return t('decisions.row.missed', { fact: t(name), found: found ?? '' });
}

const VERDICTS: Readonly<Record<string, Key>> = {
  decided: 'decisions.row.decided',
  off: 'decisions.row.off',
  nobody_free: 'decisions.row.nobody_free',
  not_reached: 'decisions.row.not_reached',
};

/** Facts as the rule table of the hub calls them. */
const FACTS: Readonly<Record<string, Key>> = {
  language: 'table.fact.language',
  topic: 'table.fact.topic',
  'page address': 'table.fact.page_url',
  country: 'table.fact.country',
  tags: 'table.fact.tag',
  package: 'table.fact.package',
  'waiting seconds': 'table.fact.waiting_seconds',
  visits: 'table.fact.visits',
  time: 'table.fact.hour_of_day',
};

const RINGS: Readonly<Record<string, Key>> = {
  AllAtOnce: 'table.ring.all_at_once',
  OneByOne: 'table.ring.one_by_one',
  LeastBusy: 'table.ring.least_busy',
  LongestIdle: 'table.ring.longest_idle',
  'all at once': 'table.ring.all_at_once',
  'one by one': 'table.ring.one_by_one',
  'least busy first': 'table.ring.least_busy',
  'longest idle first': 'table.ring.longest_idle',
};

function decisionWords(decision: unknown, names: Names): string | null {
  if (decision === 'Inherit') return t('decisions.did.inherit');
  if (decision === 'Bot') return t('decisions.did.bot');
  if (!isObject(decision)) return null;
  const { Offer: offer, Enqueue: ticket, Callback: callback, Refuse: refusal } = decision;
  if (Array.isArray(offer)) return offered(offer.map((tier) => tierWords(tier, names)));
  if (isObject(ticket)) return queued(ticket.reconsider_after);
  if (typeof callback === 'string') return t('decisions.did.callback', { message: callback });
  if (!isObject(refusal)) return null;
  const key = refusal.offer_callback === true ? 'decisions.did.refuse_callback' : 'decisions.did.refuse';
  return t(key, { message: String(refusal.message ?? '') });
}

function tierWords(tier: unknown, names: Names): string {
  if (!isObject(tier) || !Array.isArray(tier.consultants)) return '';
  return people(tier.consultants.map(String), String(tier.ring), Number(tier.patience), names);
}

function people(ids: readonly string[], ring: string, seconds: number, names: Names): string {
  const who = ids.map((id) => names.get(id) ?? id).join(', ');
  const key = RINGS[ring];
  if (seconds === 0) return t('decisions.tier_at_once', { who });
  return t('decisions.tier', { who, ring: key === undefined ? ring : t(key), seconds });
}

function offered(tiers: readonly string[]): string {
  const [first = '', ...more] = tiers;
  return more.reduce(
    (words, tier) => t('decisions.did.then', { words, tier }),
    t('decisions.did.offer', { tier: first }),
  );
}

function queued(again: unknown): string {
  return typeof again === 'number' ? t('decisions.did.queue_again', { seconds: again }) : t('decisions.did.queue');
}

/** A sentence of the hub in the language of the desk; one of a newer hub stays as it is. */
export function retold(sentence: string, names: Names): string {
  if (sentence === 'leaves it to the next rule') return t('decisions.did.inherit');
  if (sentence === 'lets the bot talk first') return t('decisions.did.bot');
  const [, callback] = /^offers a callback: (.*)$/s.exec(sentence) ?? [];
  if (callback !== undefined) return t('decisions.did.callback', { message: callback });
  const [, also, message] = /^refuses( and offers a callback)?: (.*)$/s.exec(sentence) ?? [];
  if (message !== undefined) return t(also ? 'decisions.did.refuse_callback' : 'decisions.did.refuse', { message });
  const queue = /^queue .+, priority -?\d+(?:, asks again after (\d+) s)?$/.exec(sentence);
  if (queue !== null) return queued(queue[1] === undefined ? undefined : Number(queue[1]));
  const tiers = [...sentence.replace(/^offers /, '').matchAll(TIER)];
  if (!sentence.startsWith('offers ') || tiers.length === 0) return sentence;
  return offered(
    tiers.map(([, ids = '', ring = '', seconds = '0']) => people(ids.split(', '), ring, Number(seconds), names)),
  );
}

const TIER = /(?:, then )?(.+?) \((all at once|one by one|least busy first|longest idle first), (\d+) s\)/g;
