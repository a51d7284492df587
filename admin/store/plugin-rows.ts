// The rows of a rule table, as the hub keeps them.
import type { AccountId } from '../../widget/kit/wire';

/** One rule: the first row whose conditions hold and whose action can be carried out decides. */
export interface Row {
  name: string;
  is_on: boolean;
  /** All must hold; none always holds. */
  when: Condition[];
  then: Action;
  tags: string[];
}

/** How a text is compared, upper and lower case alike. */
export type Test = 'one_of' | 'none_of' | 'contains' | 'starts_with';

export type TextFact = 'language' | 'topic' | 'page_url' | 'country' | 'tag' | 'package';
export type CountFact = 'waiting_seconds' | 'visits';

export type Condition =
  | { fact: TextFact; test: Test; values: string[] }
  | { fact: CountFact; at_least: number | null; at_most: number | null }
  /** From 0 to 23 and 1 to 24, on the package's clock, over midnight too. */
  | { fact: 'hour_of_day'; from: number; to: number };

export type Action =
  | { do: 'offer'; steps: Step[] }
  | { do: 'queue'; queue: string; priority: number; message: string | null; reconsider_seconds: number | null }
  | { do: 'callback'; message: string }
  | { do: 'refuse'; message: string; offer_callback: boolean }
  | { do: 'built_in' };

/** Some consultants who are offered the visitor together. */
export interface Step {
  to: Who;
  ring: RingMode;
  /** 0 gives a chat to the first of them without asking. */
  patience_seconds: number;
}

export type Who =
  | { consultants: AccountId[] }
  | { skill: string }
  | 'speakers'
  | 'last_consultant'
  | 'wished'
  | 'everybody';

export type RingMode = 'all_at_once' | 'one_by_one' | 'least_busy' | 'longest_idle';
