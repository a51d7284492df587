// A table of a declared form: rows that are added, filled in, moved and taken away.
import { useSignal } from '@preact/signals';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide';
import { Button } from '../../../parts/Button';
import type { FieldError } from '../../../store/api';
import type { Json } from '../../../store/json';
import type { Column } from '../../../store/plugin-form';
import type { PluginMeans } from '../../../store/plugin-means';
import { type Cells, emptyRow, rowsOf, said } from '../../../store/plugin-values';
import { language, t } from '../../../store/texts';
import { Cell } from './Cell';

interface Props {
  columns: readonly Column[];
  label: string;
  value: Json | undefined;
  means: PluginMeans;
  wrong: (row: number, column: string) => FieldError | undefined;
  onValue: (rows: Json) => void;
}

/** As many as the hub keeps. */
const MOST_ROWS = 200;

export function TableField({ columns, label, value, means, wrong, onValue }: Props) {
  const told = useSignal('');
  const rows = rowsOf(value);
  const set = (next: readonly Cells[]) => onValue(next);
  const move = (at: number, by: 1 | -1) => {
    const row = rows[at];
    if (row === undefined || at + by < 0 || at + by >= rows.length) return;
    set(rows.toSpliced(at, 1).toSpliced(at + by, 0, row));
    told.value = t('plugins.row_moved', { place: at + by + 1, count: rows.length });
  };
  return (
    <div class="table-field">
      {rows.length === 0 ? <p class="hint">{t('plugins.no_rows')}</p> : null}
      {rows.length === 0 ? null : (
        <div class="table-field-scroll">
          <table aria-label={label}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column.key} scope="col">
                    {wordsOf(column)}
                  </th>
                ))}
                <th scope="col">
                  <span class="unseen">{t('plugins.row_ways')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => (
                // Rows have nothing to be known by but their place.
                <tr key={at}>
                  {columns.map((column) => (
                    <td key={column.key} data-label={wordsOf(column)}>
                      <Cell
                        column={column}
                        label={t('plugins.cell', { column: wordsOf(column), row: at + 1 })}
                        value={row[column.key]}
                        means={means}
                        problem={wrong(at, column.key)}
                        onValue={(cell) => set(rows.with(at, { ...row, [column.key]: cell }))}
                      />
                    </td>
                  ))}
                  <td class="table-field-ways">
                    <Button
                      kind="round"
                      icon={ArrowUp}
                      label={t('plugins.row_up', { row: at + 1 })}
                      disabled={at === 0}
                      onClick={() => move(at, -1)}
                    />
                    <Button
                      kind="round"
                      icon={ArrowDown}
                      label={t('plugins.row_down', { row: at + 1 })}
                      disabled={at === rows.length - 1}
                      onClick={() => move(at, 1)}
                    />
                    <Button
                      kind="round"
                      icon={Trash2}
                      label={t('plugins.row_delete', { row: at + 1 })}
                      onClick={() => set(rows.toSpliced(at, 1))}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Button icon={Plus} disabled={rows.length >= MOST_ROWS} onClick={() => set([...rows, emptyRow(columns)])}>
        {t('plugins.row_add')}
      </Button>
      <p class="unseen" role="status">
        {told.value}
      </p>
    </div>
  );
}

function wordsOf({ key, label }: Column): string {
  return said(label, language()) || key;
}
