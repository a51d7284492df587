// What the saved hours come to on the days ahead: exceptions, nights and clock changes included.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { packagesApi } from '../../store/api-packages';
import { type OpenDay, timesOf } from '../../store/open-days';
import type { PackageEditor } from '../../store/package-editor';
import { t } from '../../store/texts';
import { calendarDay } from '../../store/words';

interface Props {
  editor: PackageEditor;
}

/** A week and the next weekend. */
const DAYS = 10;

export function NextDays({ editor }: Props) {
  const { id, version, settings } = editor.kept.value;
  const isOpen = useSignal(false);
  const days = useSignal<readonly OpenDay[] | null>(null);

  // Each save makes another version, and other days.
  useEffect(() => {
    if (!isOpen.value) return;
    void packagesApi.hours(id, DAYS).then((answer) => {
      days.value = answer.ok ? answer.value.days : [];
    });
  }, [id, version, isOpen.value, days]);

  return (
    <details
      class="next-days"
      onToggle={(event) => {
        isOpen.value = event.currentTarget.open;
      }}
    >
      <summary>{t('package.next_days')}</summary>
      <dl aria-busy={days.value === null}>
        {days.value?.map((day) => (
          <div key={day.date}>
            <dt>{calendarDay(day.date)}</dt>
            <dd class="number">
              {timesOf(day, settings.zone)
                .map(({ from, to }) => `${from}–${to}`)
                .join(', ') || t('package.day_closed')}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
