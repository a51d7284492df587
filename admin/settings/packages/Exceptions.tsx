// Dates that differ from their day of the week: holidays, and days with hours of their own.
import { CalendarPlus, X } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { Exception } from '../../../widget/kit/wire';
import { Button } from '../../parts/Button';
import { TextField } from '../../parts/TextField';
import { MOST } from '../../store/package-checks';
import { t } from '../../store/texts';
import { DayHours } from './DayHours';

interface Props {
  exceptions: readonly Exception[];
  wrong: (pointer: string) => string | null;
  onExceptions: (exceptions: Exception[]) => void;
}

const POINTER = '/settings/hours/exceptions';

export function Exceptions({ exceptions, wrong, onExceptions }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const wasAdded = useRef(false);
  const set = (index: number, part: Partial<Exception>) =>
    onExceptions(exceptions.map((one, at) => (at === index ? { ...one, ...part } : one)));

  useEffect(() => {
    if (!wasAdded.current) return;
    wasAdded.current = false;
    list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus();
  });

  return (
    <div class="exceptions" data-pointer={POINTER}>
      <h4>{t('package.exceptions')}</h4>
      <p>{t('package.exceptions_hint')}</p>
      <ul ref={list}>
        {exceptions.map((exception, index) => (
          <li key={index} data-pointer={`${POINTER}/${index}`}>
            <div class="exception-head">
              <TextField
                kind="date"
                label={t('package.exception_date')}
                value={exception.date}
                error={wrong(`${POINTER}/${index}`)}
                onValue={(date) => set(index, { date })}
              />
              <TextField
                label={t('package.exception_note')}
                value={exception.note}
                most={MOST.note}
                onValue={(note) => set(index, { note })}
              />
              <Button
                kind="round"
                icon={X}
                label={t('package.exception_remove', { date: exception.date || t('package.exception_empty') })}
                onClick={() => onExceptions(exceptions.filter((_, at) => at !== index))}
              />
            </div>
            <DayHours
              name={t('package.exception_of', { date: exception.date || t('package.exception_empty') })}
              day={exception.day}
              pointer={`${POINTER}/${index}/day`}
              error={null}
              onDay={(day) => set(index, { day })}
            />
          </li>
        ))}
      </ul>
      {exceptions.length < MOST.exceptions ? (
        <Button
          icon={CalendarPlus}
          onClick={() => {
            wasAdded.current = true;
            onExceptions([...exceptions, { date: '', note: '', day: { open: 'closed' } }]);
          }}
        >
          {t('package.exception_add')}
        </Button>
      ) : null}
    </div>
  );
}
