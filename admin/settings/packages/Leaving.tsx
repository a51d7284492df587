// Asks whoever leaves a package with unsaved changes.
import { useCallback } from 'preact/hooks';
import { Leaving as Asking } from '../../parts/Leaving';
import type { Place } from '../../routes';
import type { PackageEditor } from '../../store/package-editor';
import { t } from '../../store/texts';

interface Props {
  editor: PackageEditor;
  /** Gives back whether everything was saved. */
  onSave: () => Promise<boolean>;
}

export function Leaving({ editor, onSave }: Props) {
  const { id, name } = editor.kept.value;
  const isWithin = useCallback((to: Place) => to.at === 'package' && to.id === id, [id]);
  return (
    <Asking
      work={editor}
      isWithin={isWithin}
      words={{
        title: t('package.leave_title'),
        text: t('package.leave_text', { count: editor.changes.value.length, name }),
        save: t('package.leave_save'),
        stay: t('package.leave_stay'),
        discard: t('package.leave_discard'),
      }}
      onSave={onSave}
    />
  );
}
