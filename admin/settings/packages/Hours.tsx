// Working hours: three rows as most need them, each day on its own where that is not enough, and single dates.
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Day, Week } from '../../../widget/kit/wire';
import { Button } from '../../parts/Button';
import { SelectField } from '../../parts/SelectField';
import { DAYS, ROWS, type Row, rowsOf, simplified, withRow } from '../../store/hours-rows';
import type { PackageEditor } from '../../store/package-editor';
import { suggestedZone, zones } from '../../store/packages';
import { t } from '../../store/texts';
import { DayHours } from './DayHours';
import { Exceptions } from './Exceptions';
import { NextDays } from './NextDays';
import { RowHours } from './RowHours';
import { Section } from './Section';
import { wrongWords } from './words';

interface Props {
  editor: PackageEditor;
}

export function Hours({ editor }: Props) {
  const { hours, zone } = editor.draft.value.settings;
  const rows = rowsOf(hours.week);
  const wantsDetail = useSignal(rows === null);
  const isDetail = wantsDetail.value || rows === null;
  const setWeek = (week: Week) => editor.settings({ hours: { ...hours, week } });
  const wrong = (pointer: string) => wrongWords(editor.wrong(pointer));
  return (
    <Section title={t('package.section_hours')}>
      <Zone zone={zone} error={wrong('/settings/zone')} onZone={(next) => editor.settings({ zone: next })} />
      {isDetail || rows === null ? (
        <div class="hours-days">
          {DAYS.map((name) => (
            <DayHours
              key={name}
              name={t(`package.day.${name}`)}
              day={hours.week[name]}
              pointer={`/settings/hours/week/${name}`}
              error={wrong(`/settings/hours/week/${name}`)}
              onDay={(day) => setWeek({ ...hours.week, [name]: day })}
            />
          ))}
        </div>
      ) : (
        <div class="hours-rows">
          {ROWS.map((row) => (
            <RowHours
              key={row}
              name={t(`package.${row}`)}
              day={rows[row]}
              pointer={pointerOf(row)}
              onDay={(day: Day) => setWeek(withRow(hours.week, row, day))}
            />
          ))}
        </div>
      )}
      <div class="hours-more">
        {isDetail ? (
          <Button
            onClick={() => {
              wantsDetail.value = false;
              if (rows === null) setWeek(simplified(hours.week));
            }}
          >
            {t('package.hours_rows')}
          </Button>
        ) : (
          <Button
            onClick={() => {
              wantsDetail.value = true;
            }}
          >
            {t('package.hours_detail')}
          </Button>
        )}
        {isDetail && rows === null ? <p>{t('package.hours_simplify')}</p> : null}
      </div>
      <NextDays editor={editor} />
      <Exceptions
        exceptions={hours.exceptions}
        wrong={wrong}
        onExceptions={(exceptions) => editor.settings({ hours: { ...hours, exceptions } })}
      />
    </Section>
  );
}

interface ZoneProps {
  zone: string;
  error: string | null;
  onZone: (zone: string) => void;
}

function Zone({ zone, error, onZone }: ZoneProps) {
  const here = suggestedZone();
  const options = useMemo(() => {
    const all = zones();
    const known = all.includes(zone) ? all : [zone, ...all];
    return known.map((value) => ({ value, words: value.replaceAll('_', ' ') }));
  }, [zone]);
  return (
    <div class="package-pair">
      <SelectField
        label={t('package.zone')}
        value={zone}
        options={options}
        hint={t('package.zone_hint')}
        error={error}
        pointer="/settings/zone"
        onValue={onZone}
      />
      {here === zone ? null : (
        <p class="hours-here">
          <Button kind="quiet" onClick={() => onZone(here)}>
            {t('package.zone_use', { zone: here })}
          </Button>
        </p>
      )}
    </div>
  );
}

/** The first day of a row stands for the row in the errors of the hub. */
function pointerOf(row: Row): string {
  return `/settings/hours/week/${row === 'weekdays' ? 'mon' : row === 'saturday' ? 'sat' : 'sun'}`;
}
