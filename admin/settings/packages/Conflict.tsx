// Somebody saved in between: shows the difference field by field and asks whose to keep.
import './Conflict.css';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { Pick } from '../../parts/Pick';
import { type Colleague, packagesApi } from '../../store/api-packages';
import type { ConflictRow, Conflict as Found, PackageEditor, Side } from '../../store/package-editor';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { dayAndHour } from '../../store/words';
import { valueWords } from './values';

interface Props {
  editor: PackageEditor;
  toasts: Toasts;
  onSave: () => void;
}

export function Conflict({ editor, toasts, onSave }: Props) {
  const conflict = editor.conflict.value;
  if (conflict === null) return null;
  const merge = () => {
    const back = editor.merge();
    if (editor.isChanged.value) onSave();
    else toasts.say(t('package.conflict_theirs_taken'), { action: t('package.bring_back'), act: back });
  };
  return (
    <Choice
      conflict={conflict}
      editor={editor}
      onMerge={merge}
      onClose={() => {
        editor.conflict.value = null;
      }}
    />
  );
}

interface ChoiceProps {
  conflict: Found;
  editor: PackageEditor;
  onMerge: () => void;
  onClose: () => void;
}

function Choice({ conflict, editor, onMerge, onClose }: ChoiceProps) {
  const body = useRef<HTMLDivElement>(null);
  const colleagues = useSignal<readonly Colleague[]>([]);
  const { theirs, version, rows } = conflict;

  useEffect(() => {
    void packagesApi.colleagues().then((answer) => {
      if (answer.ok) colleagues.value = answer.value.accounts;
    });
  }, [colleagues]);

  return (
    <Dialog label={t('package.conflict_title')} look="conflict" onClose={onClose}>
      <div class="conflict-body" ref={body}>
        <h2>{t('package.conflict_title')}</h2>
        <p>
          {t('package.conflict_who', {
            name: version?.saved_by_name ?? t('package.conflict_somebody'),
            time: dayAndHour(version?.saved_at ?? theirs.updated_at),
          })}
        </p>
        <div class="conflict-all">
          <Button onClick={() => editor.choose('mine')}>{t('package.conflict_all_mine')}</Button>
          <Button onClick={() => editor.choose('theirs')}>{t('package.conflict_all_theirs')}</Button>
        </div>
        <ul class="conflict-rows">
          {rows.map((row) => (
            <Row
              key={row.field.pointers[0]}
              row={row}
              mine={valueWords(row.field, editor.draft.value, colleagues.value)}
              theirs={valueWords(row.field, theirs, colleagues.value)}
              onSide={(side) => editor.choose(side, row.field)}
            />
          ))}
        </ul>
        <footer>
          <Button onClick={() => body.current?.closest('dialog')?.close()}>{t('package.conflict_back')}</Button>
          <Button kind="main" onClick={onMerge}>
            {t('package.conflict_save')}
          </Button>
        </footer>
      </div>
    </Dialog>
  );
}

interface RowProps {
  row: ConflictRow;
  mine: string;
  theirs: string;
  onSide: (side: Side) => void;
}

function Row({ row, mine, theirs, onSide }: RowProps) {
  return (
    <li class="conflict-row">
      <div class="conflict-field">
        <b>{t(row.field.label)}</b>
        {row.isContested ? <small>{t('package.conflict_both')}</small> : null}
      </div>
      <Pick
        label={t(row.field.label)}
        isLabelHidden
        value={row.side}
        options={[
          { value: 'mine', words: t('package.conflict_mine') },
          { value: 'theirs', words: t('package.conflict_theirs') },
        ]}
        onValue={onSide}
      />
      <dl>
        <div data-chosen={row.side === 'mine'}>
          <dt>{t('package.conflict_mine')}</dt>
          <dd dir="auto">{mine}</dd>
        </div>
        <div data-chosen={row.side === 'theirs'}>
          <dt>{t('package.conflict_theirs')}</dt>
          <dd dir="auto">{theirs}</dd>
        </div>
      </dl>
    </li>
  );
}
