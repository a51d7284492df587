// The tab Settings: the form that the plugin declares, the packages it decides for, and the bar that saves.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { SaveBar } from '../../parts/SaveBar';
import { address, go, place } from '../../routes';
import type { PluginDetail } from '../../store/api-plugins';
import type { PluginEditor } from '../../store/plugin-editor';
import type { PluginMeans } from '../../store/plugin-means';
import { pointerOf, said, sectionsOf } from '../../store/plugin-values';
import { language, t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { DecidesFor } from './DecidesFor';
import { FieldRow } from './fields/FieldRow';
import { Line, Setting } from './fields/Setting';
import { Leaving } from './Leaving';
import { problemWords } from './words';

interface Props {
  editor: PluginEditor;
  means: PluginMeans;
  toasts: Toasts;
  /** Another tab may be shown; the bar stays while there are changes. */
  isShown: boolean;
  onSaved: (kept: PluginDetail) => void;
}

export function SettingsTab({ editor, means, toasts, isShown, onSaved }: Props) {
  const error = useSignal<string | null>(null);
  const save = async (): Promise<boolean> => {
    error.value = null;
    const problem = await editor.save();
    if (problem !== null) error.value = problemWords(problem);
    const isSaved = problem === null && editor.problems.value.length === 0;
    if (isSaved) {
      toasts.say(t('plugins.settings_saved'));
      onSaved(editor.kept.value);
    }
    return isSaved;
  };
  const undo = () => {
    error.value = null;
    toasts.say(t('plugins.reverted'), { action: t('plugins.bring_back'), act: editor.revert() });
  };
  const newest = useRef(save);
  newest.current = save;
  useEffect(() => (isShown ? listen(() => void newest.current()) : undefined), [isShown]);

  return (
    <>
      {isShown ? <Form editor={editor} means={means} /> : null}
      {isShown ? (
        <SaveBar
          changes={editor.changes.value.length}
          isSaving={editor.isSaving.value}
          wrong={wrongFields(editor)}
          error={error.value}
          onUndo={undo}
          onSave={() => void save()}
          onWrong={(pointer) => {
            const { id } = editor.kept.value;
            if (address(place.value) !== address({ at: 'plugin', id, tab: 'settings' })) {
              go({ at: 'plugin', id, tab: 'settings' });
            }
            requestAnimationFrame(() => focus(pointer));
          }}
        />
      ) : null}
      <Leaving editor={editor} onSave={save} />
    </>
  );
}

function Form({ editor, means }: { editor: PluginEditor; means: PluginMeans }) {
  const { kind, name, live, versions, newest, fields } = editor.kept.value;
  const shown = editor.shown.value;
  const wrongName = editor.wrong('/name');
  const isOlder = live !== null && live !== newest && versions.length > 1;
  return (
    <div class="plugin-form">
      {kind === 'table' ? (
        <Setting label={t('plugins.name')} pointer="/name" error={wrongName ? t('plugins.wrong.name') : null}>
          {(aria) => <Line {...aria} value={editor.draft.value.name} onValue={(value) => editor.name(value)} />}
        </Setting>
      ) : null}
      {isOlder && fields.length > 0 ? (
        <p class="plugin-note">{t('plugins.fields_of', { number: String(live) })}</p>
      ) : null}
      {kind === 'wasm' && fields.length === 0 ? <p class="plugin-note">{t('plugins.no_fields', { name })}</p> : null}
      {sectionsOf(shown).map(({ title, fields: own }) => (
        <section key={title ?? ''} class="plugin-section">
          {title === null ? null : (
            <h3>
              <bdi>{title}</bdi>
            </h3>
          )}
          {own.map((field) => (
            <FieldRow key={field.key} field={field} editor={editor} means={means} />
          ))}
        </section>
      ))}
      <DecidesFor editor={editor} packages={means.packages.value} />
    </div>
  );
}

/** Each wrong field once. */
function wrongFields(editor: PluginEditor) {
  const { fields } = editor.kept.value;
  const known = [
    { pointer: '/name', words: t('plugins.name') },
    ...fields.map(({ key, label }) => ({ pointer: pointerOf(key), words: said(label, language()) || key })),
    { pointer: '/packages', words: t('plugins.decides_for') },
  ];
  const named = known.filter(({ pointer }) => editor.wrongIn(pointer) !== undefined);
  const isKnown = (pointer: string) =>
    known.some((one) => pointer === one.pointer || pointer.startsWith(`${one.pointer}/`));
  const others = editor.problems.value.filter(({ pointer }) => !isKnown(pointer));
  return [...named, ...others.map(({ pointer, message }) => ({ pointer, words: message || pointer }))];
}

/** Moves to the field of a pointer, or to the nearest one around it. */
function focus(pointer: string): void {
  for (let part = pointer; part !== ''; part = part.slice(0, part.lastIndexOf('/'))) {
    const found = document.querySelector(`[data-pointer="${CSS.escape(part)}"]`);
    const field = found?.querySelector<HTMLElement>('[aria-invalid=true]') ?? found?.querySelector<HTMLElement>(FIELDS);
    if (field) {
      field.scrollIntoView({ block: 'center' });
      field.focus();
      return;
    }
  }
}

const FIELDS = 'input, textarea, select, button';

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
