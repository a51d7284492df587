// Asks whoever leaves a plugin with unsaved changes.
import { useCallback } from 'preact/hooks';
import { Leaving as Asking } from '../../parts/Leaving';
import type { Place } from '../../routes';
import type { PluginEditor } from '../../store/plugin-editor';
import { t } from '../../store/texts';

interface Props {
  editor: PluginEditor;
  /** Gives back whether everything was saved. */
  onSave: () => Promise<boolean>;
}

export function Leaving({ editor, onSave }: Props) {
  const { id, name } = editor.kept.value;
  // The rules of a table guard themselves, and there is one guard only.
  const isWithin = useCallback((to: Place) => to.at === 'plugin' && to.id === id && to.tab !== 'table', [id]);
  return (
    <Asking
      work={editor}
      isWithin={isWithin}
      words={{
        title: t('plugins.leave_title'),
        text: t('plugins.leave_text', { count: editor.changes.value.length, name }),
        save: t('plugins.leave_save'),
        stay: t('plugins.leave_stay'),
        discard: t('plugins.leave_discard'),
      }}
      onSave={onSave}
    />
  );
}
