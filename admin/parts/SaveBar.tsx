// Stands at the bottom while something is not saved: how much, undo, save, and where something is wrong.
import './SaveBar.css';
import type { ComponentChildren } from 'preact';
import { t } from '../store/texts';
import { Button } from './Button';

interface WrongField {
  pointer: string;
  /** Its name, with its tab where that is another one. */
  words: string;
}

interface Props {
  changes: number;
  isSaving: boolean;
  wrong: readonly WrongField[];
  /** What went wrong and belongs to no field. */
  error: string | null;
  /** Another way to save. */
  second?: ComponentChildren;
  onUndo: () => void;
  onSave: () => void;
  onWrong: (pointer: string) => void;
}

export function SaveBar({ changes, isSaving, wrong, error, second, onUndo, onSave, onWrong }: Props) {
  return (
    <section class="save-bar" data-shown={changes > 0} aria-label={t('package.save')}>
      <div class="save-words">
        <p role="status">{changes > 0 ? t('package.changes', { count: changes }) : ''}</p>
        <div role="alert">
          {wrong.length > 0 ? (
            <p class="save-wrong">
              {t('package.look_at', { count: wrong.length })}{' '}
              {wrong.map(({ pointer, words }) => (
                <button type="button" key={pointer} onClick={() => onWrong(pointer)}>
                  {words}
                </button>
              ))}
            </p>
          ) : null}
          {error === null ? null : <p class="save-wrong">{error}</p>}
        </div>
      </div>
      {changes > 0 ? (
        <>
          <Button kind="quiet" disabled={isSaving} onClick={onUndo}>
            {t('package.undo')}
          </Button>
          {second}
          <Button kind="main" busy={isSaving} onClick={onSave}>
            {t(isSaving ? 'package.saving' : 'package.save')}
            <kbd>Ctrl S</kbd>
          </Button>
        </>
      ) : null}
    </section>
  );
}
