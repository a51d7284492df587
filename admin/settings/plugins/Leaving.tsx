// Asks whoever leaves a plugin with unsaved changes; for closing the page the browser asks in its own words.
import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { guardPlace } from '../../routes';
import type { PluginEditor } from '../../store/plugin-editor';
import { t } from '../../store/texts';

interface Props {
  editor: PluginEditor;
  /** Gives back whether everything was saved. */
  onSave: () => Promise<boolean>;
}

export function Leaving({ editor, onSave }: Props) {
  const leave = useSignal<(() => void) | null>(null);
  const isChanged = editor.isChanged.value;
  const { id, name } = editor.kept.value;

  // An effect would wait for a frame, and whoever goes back at once would not be asked.
  useLayoutEffect(() => {
    if (!isChanged) return;
    const stop = guardPlace((to, go) => {
      // Deleted a moment ago: there is nothing left to save.
      if (!editor.isChanged.peek()) return false;
      // The rules of a table guard themselves, and there is one guard only.
      if (to.at === 'plugin' && to.id === id && to.tab !== 'table') return false;
      leave.value = go;
      return true;
    });
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => {
      stop();
      removeEventListener('beforeunload', ask);
    };
  }, [isChanged, id, leave, editor]);

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
      title={t('plugins.leave_title')}
      yes={t('plugins.leave_save')}
      no={t('plugins.leave_stay')}
      isBusy={editor.isSaving.value}
      third={
        <Button
          onClick={() => {
            stay();
            editor.revert();
            go();
          }}
        >
          {t('plugins.leave_discard')}
        </Button>
      }
      onYes={() => void save()}
      onNo={stay}
    >
      <p>{t('plugins.leave_text', { count: editor.changes.value.length, name })}</p>
    </Confirm>
  );
}
