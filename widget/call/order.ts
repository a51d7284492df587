/**
 * The order of a call: what the visitor typed, what can be chosen, what is wrong with it. Nothing typed is ever cleared
 * but by the visitor; the hub checks everything again, in the package's zone.
 */
import { signal } from '@preact/signals-core';
import { mint } from '../kit/outbox';
import {
  askHalfHours,
  askOrder,
  type HalfHours,
  LOST,
  type NewOrder,
  OFFLINE,
  type Ordered,
  type Refused,
} from './ask';
import type { TextKey } from './config';
import { isOpenOn, lineOf } from './hours';
import type { Live } from './live';
import { settings, spoken } from './speech';
import { addDays, dateIn, timeIn } from './times';

/** Days on show: two weeks. */
export const SHOWN_DAYS = 14;
/** How far ahead the hub takes orders. */
export const AHEAD_DAYS = 365;
/** Shorter is no number anybody could call. */
const PHONE_DIGITS = 5;

export const FIELDS = ['phone', 'email', 'date', 'time', 'name', 'note', 'consented'] as const;
export type Field = (typeof FIELDS)[number];

export class OrderForm {
  readonly #live: Live;
  readonly #onOrdered: () => void;
  readonly phone = signal('');
  readonly email = signal('');
  readonly name = signal('');
  readonly note = signal('');
  readonly date = signal<string | undefined>(undefined);
  readonly time = signal<string | undefined>(undefined);
  readonly isConsented = signal(false);
  readonly problems = signal<ReadonlyMap<Field, TextKey>>(new Map());
  /** What stands in the way of the whole order. */
  readonly trouble = signal<TextKey | undefined>(undefined);
  readonly isSending = signal(false);
  readonly ordered = signal<Ordered | undefined>(undefined);
  /** What can be ordered, by date; a date that is absent was not asked for yet. */
  readonly #halfHours = signal<ReadonlyMap<string, readonly string[]>>(new Map());
  readonly isLost = signal(false);
  #asking = 0;
  /** The order that may have arrived although no answer came, and its name: the hub keeps a name once. */
  #tried = '';
  #cid = '';

  /** `onOrdered` is told before the success is on show. */
  constructor(live: Live, onOrdered: () => void) {
    this.#live = live;
    this.#onOrdered = onOrdered;
  }

  /** The date in the package's zone. */
  get today(): string {
    return dateIn(spoken().zone, this.#live.now.value);
  }

  get lastDate(): string {
    return addDays(this.today, AHEAD_DAYS);
  }

  /** The two weeks on show. */
  get dates(): string[] {
    const today = this.today;
    return Array.from({ length: SHOWN_DAYS }, (_, day) => addDays(today, day));
  }

  /** The times of a date that can still be chosen; nothing while they are not known. */
  times(date: string): readonly string[] | undefined {
    const known = this.#halfHours.value.get(date);
    if (date !== this.today) return known;
    const now = timeIn(spoken().zone, this.#live.now.value);
    return known?.filter((time) => time > now);
  }

  /** Has the hub told of the two weeks? */
  get areDaysKnown(): boolean {
    return this.#halfHours.value.has(this.today);
  }

  /** The next date after `date` with working hours. */
  nextOpen(date: string): string | undefined {
    const { hours } = settings.value;
    const last = this.lastDate;
    for (let next = addDays(date, 1); next <= last; next = addDays(next, 1)) {
      if (isOpenOn(lineOf(hours, next).day)) return next;
    }
    return undefined;
  }

  /** Asks the hub for the two weeks, and for the chosen date when it lies beyond. */
  async load(): Promise<void> {
    const from = this.today;
    if (this.date.value !== undefined && this.date.value < from) this.date.value = undefined;
    const chosen = this.date.value;
    await this.#ask(from, SHOWN_DAYS);
    if (chosen !== undefined && chosen > (this.dates.at(-1) ?? '') && this.#canBeAsked(chosen)) {
      await this.#ask(chosen, 1);
    }
    const first = this.dates.find((date) => (this.times(date) ?? []).length > 0);
    if (this.date.value === undefined && first !== undefined) this.pickDate(first);
    this.#dropTakenTime();
  }

  pickDate(date: string): void {
    this.date.value = date;
    this.#clear('date');
    if (date < this.today) this.#complain('date', 'problem.past');
    else if (date > this.lastDate) this.#complain('date', 'problem.far');
    else if (!this.#halfHours.value.has(date)) void this.#ask(date, 1).then(() => this.#dropTakenTime());
    this.#dropTakenTime();
  }

  pickTime(time: string): void {
    this.time.value = time;
    this.#clear('time');
  }

  /** The visitor typed: what was wrong with the field may be right. */
  type(field: 'phone' | 'email' | 'name' | 'note', text: string): void {
    this[field].value = text;
    this.#clear(field);
  }

  consent(isConsented: boolean): void {
    this.isConsented.value = isConsented;
    this.#clear('consented');
  }

  /** Orders, once: a second click while the first is on its way does nothing. */
  async send(): Promise<void> {
    const { date, time } = this;
    this.trouble.value = undefined;
    this.problems.value = this.#check();
    if (this.isSending.value || this.problems.value.size > 0) return;
    if (date.value === undefined || time.value === undefined) return;
    this.isSending.value = true;
    const answer = await askOrder(this.#order(date.value, time.value));
    this.isSending.value = false;
    if ('id' in answer) this.#done(answer);
    else this.#refused(answer);
  }

  /** Leaves the order that was made; another one can be begun. */
  startAnew(): void {
    this.ordered.value = undefined;
  }

  #order(date: string, time: string): NewOrder {
    const [name, note] = [this.name.value.trim(), this.note.value.trim()];
    const consultant = this.#live.chosen?.id;
    const tried = JSON.stringify([this.phone.value, this.email.value, date, time, name, note, consultant]);
    if (tried !== this.#tried) {
      this.#tried = tried;
      this.#cid = mint();
    }
    return {
      cid: this.#cid,
      package: settings.value.key,
      phone: this.phone.value.trim(),
      email: this.email.value.trim(),
      date,
      time,
      ...(name !== '' && { name }),
      ...(note !== '' && { note }),
      ...(consultant !== undefined && { consultant }),
      ...(this.isConsented.value && { consented: true }),
    };
  }

  #check(): ReadonlyMap<Field, TextKey> {
    const found = new Map<Field, TextKey>();
    const [date, time] = [this.date.value, this.time.value];
    if (this.phone.value.replace(/\D/g, '').length < PHONE_DIGITS) found.set('phone', 'problem.phone');
    if (!/^\S+@\S+$/.test(this.email.value.trim())) found.set('email', 'problem.email');
    if (date === undefined) found.set('date', 'problem.no_date');
    else if (date < this.today) found.set('date', 'problem.past');
    else if (date > this.lastDate) found.set('date', 'problem.far');
    else if (time === undefined || !this.times(date)?.includes(time)) found.set('time', 'problem.no_time');
    if (settings.value.form.consent !== '' && !this.isConsented.value) found.set('consented', 'problem.consented');
    return found;
  }

  #done(ordered: Ordered): void {
    this.#onOrdered();
    this.#tried = '';
    this.ordered.value = ordered;
    this.date.value = this.time.value = undefined;
    this.note.value = '';
  }

  #refused({ code, pointer }: Refused): void {
    const field = FIELDS.find((each) => pointer === `/${each}`);
    if (field !== undefined) {
      this.problems.value = new Map([[field, `problem.${field}` as const]]);
      // What was free is not any more.
      if (field === 'date' || field === 'time') void this.load();
      return;
    }
    if (code === LOST) this.trouble.value = 'trouble.lost';
    else if (code === OFFLINE) this.trouble.value = 'trouble.offline';
    else if (code === 'rate') this.trouble.value = 'trouble.rate';
    else this.trouble.value = 'trouble.other';
  }

  async #ask(from: string, days: number): Promise<void> {
    const { key } = settings.value;
    const mine = ++this.#asking;
    const found = await askHalfHours(key, from, days);
    this.#keep(found ?? []);
    // Of several questions the last one tells how the line is.
    if (mine === this.#asking) this.isLost.value = found === undefined;
  }

  #keep(found: readonly HalfHours[]): void {
    const known = new Map(this.#halfHours.value);
    for (const { date, half_hours } of found) known.set(date, half_hours);
    this.#halfHours.value = known;
  }

  #canBeAsked(date: string): boolean {
    return date >= this.today && date <= this.lastDate;
  }

  /** A chosen time stays when the day has it. */
  #dropTakenTime(): void {
    const [date, time] = [this.date.value, this.time.value];
    if (date === undefined || time === undefined) return;
    if (this.times(date)?.includes(time) === false) this.time.value = undefined;
  }

  #complain(field: Field, problem: TextKey): void {
    this.problems.value = new Map(this.problems.value).set(field, problem);
  }

  #clear(field: Field): void {
    const rest = new Map(this.problems.value);
    if (rest.delete(field)) this.problems.value = rest;
  }
}
