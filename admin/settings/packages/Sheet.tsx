// A package on the screen: tabs, fields, preview, what to paste, and the bar that saves.
import { useSignal } from '@preact/signals';
import { ChevronLeft, Eye, EyeOff } from 'lucide';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Icon } from '../../../widget/kit/Icon';
import { Button } from '../../parts/Button';
import { SaveBar } from '../../parts/SaveBar';
import { TabBar } from '../../parts/TabBar';
import { address, go, PACKAGE_TABS, type PackageTab } from '../../routes';
import { packagesApi } from '../../store/api-packages';
import type { PackageEditor } from '../../store/package-editor';
import { fieldAt } from '../../store/package-fields';
import { PackagePreview } from '../../store/package-preview';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { ButtonTab } from './ButtonTab';
import { CommonTab } from './CommonTab';
import { Conflict } from './Conflict';
import { Leaving } from './Leaving';
import { PageTab } from './PageTab';
import { Preview } from './Preview';
import { TakeAlong } from './TakeAlong';
import { VersionsTab } from './VersionsTab';
import { problemWords } from './words';

interface Props {
  editor: PackageEditor;
  tab: PackageTab;
  toasts: Toasts;
}

export function Sheet({ editor, tab, toasts }: Props) {
  const kept = editor.kept.value;
  const { settings } = editor.draft.value;
  const error = useSignal<string | null>(null);
  // On wide screens it is always there.
  const isPreviewOpen = useSignal(matchMedia('(width >= 720px)').matches);
  const preview = useMemo(() => new PackagePreview(kept.id, packagesApi), [kept.id]);

  useEffect(() => () => preview.stop(), [preview]);
  useEffect(() => preview.show(settings), [preview, settings]);

  const save = async (): Promise<boolean> => {
    error.value = null;
    const problem = await editor.save();
    if (problem !== null) error.value = problemWords(problem);
    const isSaved = problem === null && editor.problems.value.length === 0 && editor.conflict.value === null;
    if (isSaved) toasts.say(t('package.saved'));
    return isSaved;
  };
  const undo = () => {
    error.value = null;
    toasts.say(t('package.reverted'), { action: t('package.bring_back'), act: editor.revert() });
  };
  const newest = useRef(save);
  newest.current = save;
  useEffect(() => listen(() => void newest.current()), []);

  return (
    <main class="page package-editor">
      <div class="package-sheet">
        <header class="package-head">
          <a class="button round" href="#/packages" aria-label={t('package.to_list')} title={t('package.to_list')}>
            <Icon icon={ChevronLeft} size={18} class="pointing" />
          </a>
          <h2 dir="auto">{kept.name}</h2>
          <span class="preview-toggle">
            <Button
              icon={isPreviewOpen.value ? EyeOff : Eye}
              expanded={isPreviewOpen.value}
              onClick={() => {
                isPreviewOpen.value = !isPreviewOpen.value;
              }}
            >
              {t('package.preview')}
            </Button>
          </span>
        </header>
        <TabBar label={t('package.tabs')} tabs={PACKAGE_TABS.map((one) => tabOf(editor, one, tab))} />
        <div class="package-fields">
          {tab === 'common' ? <CommonTab editor={editor} /> : null}
          {tab === 'button' ? <ButtonTab editor={editor} preview={preview} toasts={toasts} /> : null}
          {tab === 'page' ? <PageTab editor={editor} /> : null}
          {tab === 'versions' ? <VersionsTab editor={editor} toasts={toasts} /> : null}
        </div>
        {tab === 'versions' ? null : <TakeAlong kept={kept} />}
        <SaveBar
          changes={editor.changes.value.length}
          isSaving={editor.isSaving.value}
          wrong={wrongFields(editor, tab)}
          error={error.value}
          onUndo={undo}
          onSave={() => void save()}
          onWrong={(pointer) => {
            const field = fieldAt(pointer);
            if (field && field.tab !== tab) go({ at: 'package', id: kept.id, tab: field.tab });
            requestAnimationFrame(() => focus(pointer));
          }}
        />
      </div>
      <Preview publicKey={kept.key} preview={preview} web={settings.web_address} isOpen={isPreviewOpen.value} />
      <Conflict editor={editor} toasts={toasts} onSave={() => void save()} />
      <Leaving editor={editor} onSave={save} />
    </main>
  );
}

function tabOf(editor: PackageEditor, tab: PackageTab, shown: PackageTab) {
  const isWrong = editor.problems.value.some(({ pointer }) => fieldAt(pointer)?.tab === tab);
  const isChanged = editor.changes.value.some((field) => field.tab === tab);
  const look = isWrong ? ('wrong' as const) : ('changed' as const);
  return {
    href: address({ at: 'package', id: editor.kept.value.id, tab }),
    words: t(`package.tab.${tab}`),
    isCurrent: tab === shown,
    mark: isWrong || isChanged ? { look, words: t(`package.tab_${look}`) } : undefined,
  };
}

/** Each wrong field once, with the name of its tab where that is not the one shown. */
function wrongFields(editor: PackageEditor, shown: PackageTab) {
  const fields = new Map<string, { pointer: string; words: string }>();
  for (const { pointer } of editor.problems.value) {
    const field = fieldAt(pointer);
    const label = field === undefined ? pointer : t(field.label);
    const words = field === undefined || field.tab === shown ? label : `${label} (${t(`package.tab.${field.tab}`)})`;
    if (!fields.has(words)) fields.set(words, { pointer, words });
  }
  return [...fields.values()];
}

/** Moves to the field of a pointer, or to the nearest one around it. */
function focus(pointer: string): void {
  for (let part = pointer; part !== ''; part = part.slice(0, part.lastIndexOf('/'))) {
    const found = document.querySelector(`[data-pointer="${CSS.escape(part)}"]`);
    const field = found?.querySelector<HTMLElement>('input:not([type=file]), textarea, select, button');
    if (field) {
      field.scrollIntoView({ block: 'center' });
      field.focus();
      return;
    }
  }
}

/** Ctrl+S saves, also while somebody types. */
function listen(save: () => void): () => void {
  const hear = (event: KeyboardEvent) => {
    const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === 's';
    if (!isSave) return;
    // The browser would save this page as a file.
    event.preventDefault();
    if (!document.querySelector('dialog[open]')) save();
  };
  addEventListener('keydown', hear);
  return () => removeEventListener('keydown', hear);
}
