// The days ahead as a version plans them beside the owner's hours; nothing changes by looking.
import './Calendar.css';
import { useSignal } from '@preact/signals';
import { CalendarDays } from 'lucide';
import { useMemo } from 'preact/hooks';
import { Button } from '../../../parts/Button';
import { SelectField } from '../../../parts/SelectField';
import { type PlannedDay, type PluginDetail, pluginsApi } from '../../../store/api-plugins';
import { lookOf, PluginCalendar, spansWords } from '../../../store/plugin-calendar';
import type { PluginMeans } from '../../../store/plugin-means';
import { t } from '../../../store/texts';
import { calendarDay } from '../../../store/words';
import { versionOptions } from '../replay/versions';

interface Props {
  plugin: PluginDetail;
  means: PluginMeans;
}

export default function Calendar({ plugin, means }: Props) {
  const calendar = useMemo(() => new PluginCalendar(pluginsApi), []);
  const packages = means.packages.value ?? [];
  const version = useSignal(plugin.newest);
  const chosen = useSignal<string | null>(null);
  const shown = chosen.value ?? packages[0]?.id ?? '';
  const days = calendar.days.value;
  const wrong = calendar.problem.value?.detail ?? calendar.failure.value;

  return (
    <section class="plugin-calendar" aria-label={t('calendar.title')}>
      <p class="trial-lead">{t('calendar.lead')}</p>
      <div class="trial-form">
        <SelectField
          label={t('calendar.version')}
          value={String(version.value)}
          options={versionOptions(plugin)}
          onValue={(value) => {
            version.value = Number(value);
          }}
        />
        <SelectField
          label={t('calendar.package')}
          value={shown}
          options={packages.map(({ id, name }) => ({ value: id, words: name }))}
          onValue={(value) => {
            chosen.value = value;
          }}
        />
        <Button
          kind="main"
          icon={CalendarDays}
          busy={calendar.isBusy.value}
          onClick={() => void calendar.look(plugin.id, version.value, shown)}
        >
          {t('calendar.look')}
        </Button>
      </div>
      <div role="status">
        {wrong === null ? null : <p class="wrong-box">{wrong}</p>}
        {days === null || wrong !== null ? null : <p class="trial-lead">{summaryOf(days)}</p>}
      </div>
      {days === null || days.length === 0 ? null : (
        <ol class="calendar-days">
          {days.map((day) => (
            <Day key={day.date} day={day} />
          ))}
        </ol>
      )}
    </section>
  );
}

function summaryOf(days: readonly PlannedDay[]): string {
  const different = days.filter((day) => lookOf(day) !== 'same').length;
  return different === 0 ? t('calendar.same') : t('calendar.different', { count: different });
}

function Day({ day }: { day: PlannedDay }) {
  const look = lookOf(day);
  const own = spansWords(day.base) || t('calendar.closed');
  return (
    <li data-look={look}>
      <time dateTime={day.date}>{calendarDay(day.date)}</time>
      <span class="number">{look === 'same' ? own : spansWords(day.planned ?? []) || t('calendar.closed')}</span>
      {look === 'same' ? null : <small class="number">{t('calendar.instead', { hours: own })}</small>}
      {day.notice === null ? null : <small dir="auto">{day.notice}</small>}
    </li>
  );
}
