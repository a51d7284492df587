// What a version of a plugin would make of the days ahead, month by month.
import { signal } from '@preact/signals';
import type { PackageId } from '../../widget/kit/wire';
import type { Problem } from './api';
import type { PlannedDay, PluginsApi, Span } from './api-plugins';

export type CalendarApi = Pick<PluginsApi, 'calendar'>;

/** As many days as fit one look. */
export const CALENDAR_DAYS = 62;

export class PluginCalendar {
  /** Null until something was asked. */
  readonly days = signal<readonly PlannedDay[] | null>(null);
  /** Why the version gave no answer. */
  readonly failure = signal<string | null>(null);
  readonly problem = signal<Problem | null>(null);
  readonly isBusy = signal(false);
  readonly #api: CalendarApi;

  constructor(api: CalendarApi) {
    this.#api = api;
  }

  async look(plugin: string, version: number, from: PackageId): Promise<void> {
    if (this.isBusy.value) return;
    this.isBusy.value = true;
    const answer = await this.#api.calendar(plugin, version, from, CALENDAR_DAYS);
    this.isBusy.value = false;
    this.problem.value = answer.ok ? null : answer.problem;
    this.days.value = answer.ok ? answer.value.days : null;
    this.failure.value = answer.ok ? answer.value.failure : null;
  }
}

/** How a day looks beside the owner's hours. */
export type DayLook = 'same' | 'closed' | 'changed';

export function lookOf({ base, planned }: PlannedDay): DayLook {
  if (planned === null || spansWords(planned) === spansWords(base)) return 'same';
  return planned.length === 0 ? 'closed' : 'changed';
}

/** `09:00–12:00, 13:00–17:00`; nothing when closed. */
export function spansWords(spans: readonly Span[]): string {
  return spans.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(', ');
}

function clock(minutes: number): string {
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
