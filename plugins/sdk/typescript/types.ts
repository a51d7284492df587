/**
 * The types of `plugin.wit`; written by a test from there. Functions that return a `result` in WIT return its value
 * or throw its error.
 */

export type Result<T, E> = { tag: 'ok'; val: T } | { tag: 'err'; val: E };

/** Seconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** Seconds. */
export type Duration = number;

/** BCP 47, e.g. "pl" or "en-GB". */
export type Language = string;

export type Medium = 'chat' | 'call';

export type Presence = 'available' | 'busy' | 'away';

/** Open-ended key and value. New facts arrive here first, so that records need not change. */
export interface Attribute {
  key: string;
  value: string;
}

export interface CivilDate {
  year: number;
  month: number;
  day: number;
}

/** Minutes after local midnight, 0..=1440. */
export type MinuteOfDay = number;

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/** Wall-clock reading in the package's zone. The hub owns the time-zone database; plugins need none. */
export interface LocalTime {
  date: CivilDate;
  weekday: Weekday;
  minute: MinuteOfDay;
  utcOffsetMinutes: number;
  zone: string;
}

export interface Consultant {
  id: string;
  name: string;
  presence: Presence;
  presenceFor: Duration;
  languages: Language[];
  skills: string[];
  activeChats: number;
  maxChats: number;
  inCall: boolean;
  lastAssigned: Instant | null;
  facts: Attribute[];
}

export interface QueueState {
  id: string;
  name: string;
  waiting: number;
  longestWait: Duration;
  members: string[];
  facts: Attribute[];
}

export interface Visitor {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  language: Language;
  country: string | null;
  pageUrl: string;
  referrer: string | null;
  browser: string;
  os: string;
  visits: number;
  previousChats: number;
  lastConsultant: string | null;
  attributes: Attribute[];
  tags: string[];
}

export type SettingValue =
  | { tag: 'text'; val: string }
  | { tag: 'integer'; val: number }
  | { tag: 'number'; val: number }
  | { tag: 'toggle'; val: boolean }
  | { tag: 'texts'; val: string[] }
  /** One inner list per row, cells in column order. */
  | { tag: 'rows'; val: string[][] };

export interface Setting {
  key: string;
  value: SettingValue;
}

/** Facts common to every call. */
export interface Context {
  now: Instant;
  local: LocalTime;
  packageId: string;
  packageName: string;
  /** What working hours, this plugin's included, say about `now`. */
  open: boolean;
  /** Already checked against the form. A `secret` field holds a placeholder, never the secret. */
  settings: Setting[];
  /** Source of randomness. Same seed, same decision. */
  seed: number;
  facts: Attribute[];
}

export interface Localised {
  language: string;
  text: string;
}

export type Capability = 'key-value' | 'http-fetch' | 'notify-anyone';

export interface ChoiceOption {
  value: string;
  label: Localised[];
}

export interface TextRule {
  maxLength: number;
  multiline: boolean;
  pattern: string | null;
}

export interface IntegerRule {
  min: number;
  max: number;
  step: number;
  unit: string | null;
}

export interface NumberRule {
  min: number;
  max: number;
}

export type CellKind =
  | { tag: 'text' }
  | { tag: 'integer' }
  | { tag: 'toggle' }
  | { tag: 'time-of-day' }
  | { tag: 'date' }
  | { tag: 'consultant' }
  | { tag: 'skill' }
  | { tag: 'choice'; val: ChoiceOption[] };

export interface Column {
  key: string;
  label: Localised[];
  kind: CellKind;
}

export type FieldKind =
  | { tag: 'text'; val: TextRule }
  | { tag: 'secret' }
  | { tag: 'integer'; val: IntegerRule }
  | { tag: 'number'; val: NumberRule }
  | { tag: 'toggle' }
  | { tag: 'choice'; val: ChoiceOption[] }
  | { tag: 'choices'; val: ChoiceOption[] }
  | { tag: 'time-of-day' }
  | { tag: 'duration' }
  | { tag: 'date' }
  | { tag: 'language' }
  | { tag: 'colour' }
  | { tag: 'email' }
  | { tag: 'phone' }
  | { tag: 'url' }
  | { tag: 'consultant' }
  | { tag: 'consultants' }
  | { tag: 'queue' }
  | { tag: 'skill' }
  | { tag: 'table'; val: Column[] };

/** Show the field only while another one has one of these values. */
export interface Condition {
  key: string;
  oneOf: string[];
}

export interface Field {
  key: string;
  label: Localised[];
  help: Localised[];
  section: string | null;
  kind: FieldKind;
  required: boolean;
  default: Setting | null;
  visibleWhen: Condition | null;
}

export interface About {
  id: string;
  name: Localised[];
  summary: Localised[];
  version: string;
  author: string;
  homepage: string | null;
  license: string | null;
  capabilities: Capability[];
  /** For `http-fetch`; an admin approves each host. */
  hosts: string[];
  fields: Field[];
}

export interface Problem {
  key: string;
  message: Localised[];
}

/** What the plugin is and which form the admin shows for it. */
export interface Manifest {
  describe(): About;
  /** Asked when an admin saves the form, after the hub has checked it against `fields`. */
  check(settings: Setting[]): Problem[];
}

export type Stage =
  | { tag: 'arrived' }
  /** The tier with this index was offered and nobody took it. */
  | { tag: 'unanswered'; val: number }
  /** Still queued after this long. */
  | { tag: 'waiting'; val: Duration }
  /** Handed over by this consultant. */
  | { tag: 'transferred'; val: string }
  /** This consultant went away while talking. */
  | { tag: 'abandoned'; val: string };

export interface Request {
  medium: Medium;
  stage: Stage;
  attempts: number;
  visitor: Visitor;
  /** The consultant whom the visitor picked on the call page. */
  wished: string | null;
  topic: string | null;
  firstMessage: string | null;
  /** In the admin's order; only those who may take visitors. */
  consultants: Consultant[];
  queues: QueueState[];
  facts: Attribute[];
}

export type Ring = 'all-at-once' | 'one-by-one' | 'least-busy' | 'longest-idle';

export interface Tier {
  consultants: string[];
  ring: Ring;
  patience: Duration;
}

export interface Ticket {
  queue: string;
  priority: number;
  message: string | null;
  reconsiderAfter: Duration | null;
}

export interface Refusal {
  message: string;
  offerCallback: boolean;
}

export type Decision =
  /** The hub's own rule decides. */
  | { tag: 'inherit' }
  /** Ring tier after tier. */
  | { tag: 'offer'; val: Tier[] }
  | { tag: 'enqueue'; val: Ticket }
  /** Let this plugin's bot talk first. */
  | { tag: 'bot' }
  /** Offer a callback, with this text. */
  | { tag: 'callback'; val: string }
  | { tag: 'refuse'; val: Refusal };

/** `reason` is for people: it stands in the trace next to the decision. */
export interface Outcome {
  decision: Decision;
  reason: string;
  tags: string[];
}

/** Who gets a visitor. Asked again at every stage, which is also how escalation works. */
export interface Routing {
  route(ctx: Context, request: Request): Outcome;
}

export interface Span {
  start: MinuteOfDay;
  end: MinuteOfDay;
}

export interface Day {
  date: CivilDate;
  weekday: Weekday;
  holiday: string | null;
  base: Span[];
}

export interface WorkingHoursPlan {
  spans: Span[];
  notice: string | null;
}

export type WorkingHoursVerdict =
  | { tag: 'inherit' }
  | { tag: 'replace'; val: WorkingHoursPlan };

export interface Slot {
  start: Instant;
  end: Instant;
  taken: number;
  capacity: number;
}

export interface SlotQuery {
  medium: Medium;
  topic: string | null;
  answers: Attribute[];
  slots: Slot[];
}

/**
 * Pure in (settings, day). From the answers the hub derives "open now?", "opens next at" and the slot
 * grid, daylight saving included, and keeps them until the settings or the plugin change.
 */
export interface WorkingHours {
  /** One verdict per day, in order. */
  planDays(ctx: Context, days: Day[]): WorkingHoursVerdict[];
  /** Indices of the slots to offer, best first. */
  offerSlots(ctx: Context, query: SlotQuery): number[];
}

export type EventKind = 'visitor-waiting' | 'chat-started' | 'chat-finished' | 'chat-missed' | 'call-finished' | 'call-missed' | 'callback-ordered' | 'callback-due' | 'consultant-offline' | 'rating-received' | 'plugin-failed';

export interface Event {
  kind: EventKind;
  at: Instant;
  medium: Medium | null;
  visitor: Visitor | null;
  consultant: string | null;
  facts: Attribute[];
}

export type Channel = 'in-app' | 'web-push' | 'email' | 'webhook';

export type Recipient =
  | { tag: 'consultant'; val: string }
  | { tag: 'available-consultants' }
  | { tag: 'owners' }
  | { tag: 'visitor' }
  /** An address from the plugin's own settings; any other needs the `notify-anyone` capability. */
  | { tag: 'address'; val: string };

export interface Notification {
  to: Recipient;
  channel: Channel;
  subject: string;
  body: string;
  urgent: boolean;
  after: Duration;
  /** A later one with the same key replaces one not sent yet. */
  collapseKey: string | null;
}

export type NotificationsPlan =
  | { tag: 'inherit' }
  | { tag: 'send'; val: Notification[] };

export interface Notifications {
  notify(ctx: Context, event: Event): NotificationsPlan;
}

export type Author = 'visitor' | 'consultant' | 'bot';

export interface Message {
  author: Author;
  text: string;
}

export type MessagesVerdict =
  | { tag: 'pass' }
  | { tag: 'replace'; val: string }
  | { tag: 'refuse'; val: string };

export interface Finding {
  verdict: MessagesVerdict;
  tags: string[];
}

/** Look at a message before it is stored or delivered. */
export interface Messages {
  review(ctx: Context, visitor: Visitor, message: Message): Finding;
}

/** `memory` is whatever the previous answer put there; the hub keeps it with the chat. */
export interface Turn {
  history: Message[];
  memory: string;
  availableConsultants: number;
}

export interface Speech {
  texts: string[];
  quickReplies: string[];
}

export type Act =
  | { tag: 'silent' }
  | { tag: 'say'; val: Speech }
  | { tag: 'hand-over'; val: string }
  | { tag: 'close'; val: string };

export interface Answer {
  act: Act;
  memory: string;
}

export interface Bot {
  reply(ctx: Context, visitor: Visitor, turn: Turn): Answer;
}

export interface PreChat {
  form(ctx: Context, visitor: Visitor, medium: Medium): Field[];
  submit(ctx: Context, visitor: Visitor, answers: Attribute[]): Attribute[];
}

export interface HttpRequest {
  method: string;
  url: string;
  headers: Attribute[];
  body: Uint8Array;
}

export interface HttpResponse {
  status: number;
  headers: Attribute[];
  body: Uint8Array;
}

export interface Profile {
  name: string | null;
  attributes: Attribute[];
  tags: string[];
}

/**
 * Two steps, so that a plugin never waits: it names the requests, the hub performs those that the
 * admin allowed and asks again with the answers.
 */
export interface Enrichment {
  requests(ctx: Context, visitor: Visitor): HttpRequest[];
  enrich(ctx: Context, visitor: Visitor, responses: Result<HttpResponse, string>[]): Profile;
}

export type Level = 'debug' | 'info' | 'warn' | 'error';
