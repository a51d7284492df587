// Names, news and times in the language of the desk; "now" is always handed in.
import type { Code, Moment, VisitorDetails, VisitorId, WaitingVisitor } from '../../widget/kit/wire';
import { guestNumber } from './naming';
import type { News } from './ports';
import { type Key, language, t } from './texts';
import type { Visit } from './visit';

/** What a visitor in a chat is called. */
export function nameOf(visitor: VisitorDetails | null): string {
  return visitorName(visitor?.id, visitor?.identity?.name);
}

/** What a visitor is called: as they said, else by a number. */
export function visitorName(id: VisitorId | undefined, name?: string): string {
  if (name !== undefined && name !== '') return name;
  // As text: a number would get a thousands separator.
  return t('visitor.name', { number: id === undefined ? '' : String(guestNumber(id)) });
}

/** What a waiting visitor is called. */
export function waiterName({ visitor, name }: WaitingVisitor): string {
  return visitorName(visitor, name);
}

/** Several names as one says them: Anna, Ben and Ola. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(language(), { type: 'conjunction' }).format(names);
}

/** Refusals with words of their own; the others share one text. */
const REFUSALS: Partial<Record<Code, Key>> = {
  chat_taken: 'refused.chat_taken',
  chat_offered: 'offer.refused',
  chat_closed: 'refused.chat_closed',
  chat_unavailable: 'refused.chat_unavailable',
  unknown_chat: 'refused.unknown_chat',
  not_yours: 'refused.not_yours',
  rate: 'refused.rate',
  unacked: 'refused.rate',
  unavailable: 'refused.unavailable',
  too_long: 'refused.too_long',
  no_voice: 'refused.no_voice',
  another_call: 'refused.another_call',
  calls_full: 'refused.calls_full',
  unknown_call: 'refused.unknown_call',
};

export function refusalWords(code: Code): string {
  return t(REFUSALS[code] ?? 'refused.other');
}

export function newsWords(news: News): { title: string; body: string } {
  switch (news.what) {
    case 'waits':
      return {
        title: t('news.waits', { name: waiterName(news.visitor) }),
        body: news.visitor.preview,
      };
    case 'said':
      return { title: nameOf(news.visit.visitor.value), body: news.body };
    case 'accepted':
      return { title: nameOf(news.visit.visitor.value), body: '' };
    case 'given':
      return { title: t('offer.given', { name: nameOf(news.visit.visitor.value) }), body: lastWords(news.visit) };
    case 'offer_over':
      return { title: t(`offer.over_${news.why}`, { name: waiterName(news.visitor) }), body: '' };
    case 'refused':
      return { title: refusalWords(news.refusal.code), body: '' };
    case 'stays':
      return { title: t('news.stays', { name: nameOf(news.visit.visitor.value) }), body: '' };
    case 'lost':
      return { title: t(news.unsent.length > 0 ? 'news.lost_unsent' : 'news.lost'), body: '' };
  }
}

/** What the visitor wrote last. */
function lastWords({ chat }: Visit): string {
  const last = chat.events.value.findLast((event) => event.k === 'said' && event.from.by === 'visitor');
  return last?.k === 'said' ? last.body : '';
}

/** A wait as a clock shows it: 0:41, 12:05, 1:02:30. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const two = (number: number) => String(number).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** A wait as a person says it: 41 s, 1 min 24 s, 2 h 5 min. */
export function lasting(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return t('time.seconds', { seconds });
  if (seconds < 3600) return t('time.minutes_seconds', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  return t('time.hours_minutes', { hours: Math.floor(seconds / 3600), minutes: Math.floor(seconds / 60) % 60 });
}

/** How long ago, for lists: now, 2 min, 3 h, then the date. */
export function ago(at: Moment, now: Moment): string {
  const minutes = Math.floor((now - at) / 60_000);
  if (minutes < 1) return t('time.now');
  if (minutes < 60) return t('time.minutes', { minutes });
  if (minutes < 24 * 60) return t('time.hours', { hours: Math.floor(minutes / 60) });
  return dayAndMonth(at);
}

/** 12:54, or 3:54 PM where clocks show that. */
export function hourOf(at: Moment): string {
  return new Intl.DateTimeFormat(region(), { timeStyle: 'short' }).format(at);
}

/** Today, Yesterday, or the date. */
export function dayOf(at: Moment, now: Moment): string {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return t('time.today');
  if (days === 1) return t('time.yesterday');
  const style = { weekday: 'long', day: 'numeric', month: 'long' } as const;
  return new Intl.DateTimeFormat(region(), style).format(at);
}

/** Entries under their days, in the order they come. */
export function byDay<T>(entries: readonly T[], at: (entry: T) => Moment, now: Moment): { day: string; of: T[] }[] {
  const found: { day: string; of: T[] }[] = [];
  for (const entry of entries) {
    const day = dayOf(at(entry), now);
    const last = found.at(-1);
    if (last?.day === day) last.of.push(entry);
    else found.push({ day, of: [entry] });
  }
  return found;
}

/** 12 October, with the year when it is another one. */
export function dateOf(at: Moment, now: Moment): string {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const style: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long' };
  if (!isThisYear) style.year = 'numeric';
  return new Intl.DateTimeFormat(region(), style).format(at);
}

/** Sunday 29 November, 18:40; in the browser's zone or another. */
export function dayAndHour(at: Moment, zone?: string): string {
  const style: Intl.DateTimeFormatOptions = {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    ...(zone === undefined ? {} : { timeZone: zone }),
  };
  try {
    return new Intl.DateTimeFormat(region(), style).format(at);
  } catch {
    // A zone no browser knows; the hub's own time is at least true.
    return new Intl.DateTimeFormat(region(), { ...style, timeZone: 'UTC', timeZoneName: 'short' }).format(at);
  }
}

/** Thu 24 December: a date of a calendar, whatever the zone of the browser. */
export function calendarDay(date: string): string {
  const style = { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(region(), style).format(new Date(`${date}T00:00Z`));
}

/** The clock on the visitor's wall; undefined for a zone no browser knows. */
export function hourIn(zone: string, now: Moment): string | undefined {
  try {
    return new Intl.DateTimeFormat(region(), { timeStyle: 'short', timeZone: zone }).format(now);
  } catch {
    return undefined;
  }
}

/** The name of a language such as `pl-PL`; what no browser knows is shown as it came. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(language(), { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** A page's address without what everybody knows; text only, never a link. */
export function shortPage(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
}

/** The language of the desk as it is written where the browser lives: clocks differ between en-GB and en-US. */
function region(): string {
  return navigator.languages.find((tag) => tag.startsWith(`${language()}-`)) ?? language();
}

function dayAndMonth(at: Moment): string {
  return new Intl.DateTimeFormat(region(), { day: 'numeric', month: 'short' }).format(at);
}

function midnight(at: Moment): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
