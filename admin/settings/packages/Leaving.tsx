// Asks whoever leaves with unsaved changes; for closing the page the browser asks in its own words.
import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { guardPlace } from '../../routes';
import type { PackageEditor } from '../../store/package-editor';
import { t } from '../../store/texts';

interface Props {
  editor: PackageEditor;
  /** Gives back whether everything was saved. */
  onSave: () => Promise<boolean>;
}

export function Leaving({ editor, onSave }: Props) {
  const leave = useSignal<(() => void) | null>(null);
  const isChanged = editor.isChanged.value;
  const { id } = editor.kept.value;

  // An effect would wait for a frame, and whoever goes back at once would not be asked.
  useLayoutEffect(() => {
    if (!isChanged) return;
    const stop = guardPlace((to, go) => {
      if (to.at === 'package' && to.id === id) return false;
      leave.value = go;
      return true;
    });
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => {
      stop();
      removeEventListener('beforeunload', ask);
    };
  }, [isChanged, id, leave]);

  if (leave.value === null) return null;
  const go = leave.value;
  const stay = () => {
    leave.value = null;
  };
  const save = async () => {
    const isSaved = await onSave();
    stay();
    if (isSaved) go();
  };
  return (
    <Confirm
      title={t('package.leave_title')}
      yes={t('package.leave_save')}
      no={t('package.leave_stay')}
      isBusy={editor.isSaving.value}
      third={
        <Button
          onClick={() => {
            stay();
            // Given up on purpose, so that nothing brings it back.
            editor.revert();
            go();
          }}
        >
          {t('package.leave_discard')}
        </Button>
      }
      onYes={() => void save()}
      onNo={stay}
    >
      <p>{t('package.leave_text', { count: editor.changes.value.length, name: editor.kept.value.name })}</p>
    </Confirm>
  );
}
