// The value of a field in words, for comparing two versions of a package.
import type { Day, Exception, Interval } from '../../../widget/kit/wire';
import type { Colleague, Draft } from '../../store/api-packages';
import { DAYS, isPastMidnight } from '../../store/hours-rows';
import type { PackageField } from '../../store/package-fields';
import { type Key, t } from '../../store/texts';

/** Values that have words of their own, by the field they are of. */
export const CHOICES: Readonly<Record<string, Readonly<Record<string, Key>>>> = {
  '/settings/language': { en: 'package.language.en', pl: 'package.language.pl' },
  '/settings/button/reveal': {
    always: 'package.reveal.always',
    click: 'package.reveal.click',
    seconds: 'package.reveal.seconds',
  },
  '/settings/button/corner': {
    top_left: 'package.corner.top_left',
    top_right: 'package.corner.top_right',
    bottom_left: 'package.corner.bottom_left',
    bottom_right: 'package.corner.bottom_right',
  },
  '/settings/button/stick': {
    none: 'package.stick.none',
    horizontal: 'package.stick.horizontal',
    vertical: 'package.stick.vertical',
    both: 'package.stick.both',
  },
  '/settings/button/size': { small: 'package.size.small', medium: 'package.size.medium', large: 'package.size.large' },
  '/settings/button/color': {
    green: 'package.color.green',
    blue: 'package.color.blue',
    violet: 'package.color.violet',
    orange: 'package.color.orange',
  },
  '/settings/button/mode': {
    chat: 'package.mode.chat',
    voice: 'package.mode.voice',
    chat_and_voice: 'package.mode.chat_and_voice',
  },
  '/settings/button/outside_hours': {
    callback: 'package.outside.callback',
    message: 'package.outside.message',
    hide: 'package.outside.hide',
  },
};

export function valueWords(field: PackageField, draft: Draft, colleagues: readonly Colleague[]): string {
  const [pointer] = field.pointers;
  const { settings } = draft;
  if (pointer.startsWith('/settings/hours/week/')) return weekWords(field, draft);
  switch (pointer) {
    case '/settings/hours/exceptions':
      return lines(settings.hours.exceptions.map(exceptionWords));
    case '/settings/form/fields':
      return lines(settings.form.fields.map(({ label, kind }) => `${label} (${t(`package.kind.${kind}`)})`));
    case '/settings/consultants':
      return settings.consultants === null
        ? t('package.consultants_all')
        : settings.consultants.map((id) => name(id, colleagues)).join(', ');
    case '/settings/logo':
      return t(settings.logo === null ? 'package.value_none' : 'package.value_own');
    default:
      return plain(field.read(draft), CHOICES[pointer] ?? {});
  }
}

function plain(value: unknown, choices: Readonly<Record<string, Key>>): string {
  if (typeof value === 'boolean') return t(value ? 'package.value_yes' : 'package.value_no');
  if (Array.isArray(value)) return lines(value.map(String));
  if (value === null) return t('package.value_none');
  const text = String(value);
  const known = choices[text];
  if (known !== undefined) return t(known);
  return text === '' ? t('package.value_empty') : text;
}

function weekWords({ pointers }: PackageField, { settings }: Draft): string {
  const days = DAYS.filter((day) => pointers.includes(`/settings/hours/week/${day}`));
  const words = days.map((day) => dayWords(settings.hours.week[day]));
  // Where all days are alike, one stands for all.
  if (new Set(words).size === 1) return words[0] ?? '';
  return days.map((day, index) => `${t(`package.day.${day}`)}: ${words[index]}`).join('\n');
}

function dayWords(day: Day): string {
  if (day.open === 'all_day') return t('package.day_all');
  if (day.open === 'closed') return t('package.day_closed');
  return day.intervals.map(intervalWords).join(', ');
}

function intervalWords(interval: Interval): string {
  const to = isPastMidnight(interval) ? t('package.next_day', { time: interval.to }) : interval.to;
  return `${interval.from}–${to}`;
}

function exceptionWords({ date, note, day }: Exception): string {
  return `${date}: ${dayWords(day)}${note === '' ? '' : ` (${note})`}`;
}

function lines(entries: readonly string[]): string {
  return entries.length === 0 ? t('package.value_none') : entries.join('\n');
}

function name(id: string, colleagues: readonly Colleague[]): string {
  return colleagues.find((one) => one.id === id)?.given_name ?? t('package.consultant_gone');
}
