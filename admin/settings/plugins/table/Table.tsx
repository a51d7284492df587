// The rules of a table: what each says, adding, moving, saving as a draft and making it live.
import './Fields.css';
import './Table.css';
import { useComputed } from '@preact/signals';
import { ListPlus, Plus } from 'lucide';
import { useEffect, useMemo } from 'preact/hooks';
import { Button } from '../../../parts/Button';
import { Calm } from '../../../parts/Calm';
import { LeaveGuard } from '../../../parts/LeaveGuard';
import { SaveBar } from '../../../parts/SaveBar';
import { type PluginDetail, pluginsApi } from '../../../store/api-plugins';
import { MOST } from '../../../store/rule-table';
import { RuleTableEditor, type Saved } from '../../../store/rule-table-editor';
import { Business, NOBODY } from '../../../store/rule-table-known';
import { t } from '../../../store/texts';
import type { Toasts } from '../../../store/toasts';
import { focusOn, listenForSave } from './keys';
import { RuleList } from './RuleList';

interface Props {
  plugin: PluginDetail;
  toasts: Toasts;
  onDetail: (detail: PluginDetail) => void;
}

export default function Table({ plugin, toasts, onDetail }: Props) {
  const editor = useMemo(() => new RuleTableEditor(plugin, pluginsApi), [plugin.id]);
  const business = useMemo(() => new Business(), []);
  const opened = useMemo(() => new Set<number>(), [plugin.id]);
  const wrong = useComputed(() => wrongRows(editor));
  useEffect(() => void business.load(), [business]);
  useEffect(() => editor.hear(plugin), [editor, plugin]);

  const { newest, live } = editor.kept.value;
  const known = business.known.value ?? NOBODY;
  const count = editor.held.value.length;
  const changes = editor.changes.value;

  const take = (saved: Saved): boolean => {
    if (saved === 'nothing') return true;
    if (saved === 'wrong') {
      const first = editor.problems.value[0];
      if (first) requestAnimationFrame(() => focusOn(first.pointer));
      return false;
    }
    if ('problem' in saved) {
      toasts.say(saved.problem.detail ?? t('table.failed_save'));
      return false;
    }
    onDetail(saved.detail);
    return true;
  };
  const save = async (): Promise<boolean> => {
    const saved = await editor.save();
    if (!take(saved)) return false;
    if (saved !== 'nothing') toasts.say(t('table.saved', { version: editor.kept.value.newest }));
    return true;
  };
  const makeLive = async () => {
    const { newest: version } = editor.kept.value;
    if (take(await editor.makeLive())) toasts.say(t('table.now_live', { version }));
  };
  const saveLive = async () => {
    if (take(await editor.save())) await makeLive();
  };
  const add = () => {
    opened.add(editor.add(t('table.new_name', { number: count + 1 })));
    // The fresh row is drawn first.
    requestAnimationFrame(() => requestAnimationFrame(() => focusOn(`/rows/${count}/name`)));
  };
  useEffect(() => listenForSave(() => void save()));

  return (
    <section class="rule-table" aria-label={t('table.rules')}>
      <p class="rule-lead">{t('table.lead')}</p>
      {business.hasFailed.value ? (
        <p class="wrong-box" role="alert">
          {t('table.failed_names')}
        </p>
      ) : null}
      {changes === 0 && count > 0 && live !== newest ? (
        <div class="rule-draft">
          <p>{t('table.draft', { version: newest })}</p>
          <Button busy={editor.isSaving.value} onClick={() => void makeLive()}>
            {t('table.make_live', { version: newest })}
          </Button>
        </div>
      ) : null}
      {count === 0 ? <Calm icon={ListPlus} title={t('table.none')} text={t('table.none_text')} /> : null}
      <RuleList editor={editor} known={known} opened={opened} toasts={toasts} />
      {count < MOST.rows ? (
        <Button icon={Plus} onClick={add}>
          {t('table.add')}
        </Button>
      ) : (
        <p class="rule-hint">{t('table.full')}</p>
      )}
      <SaveBar
        changes={changes}
        isSaving={editor.isSaving.value}
        wrong={wrong.value}
        error={null}
        second={
          <Button disabled={editor.isSaving.value} onClick={() => void saveLive()}>
            {t('table.save_live')}
          </Button>
        }
        onUndo={() => toasts.say(t('table.reverted'), { action: t('table.bring_back'), act: editor.revert() })}
        onSave={() => void save()}
        onWrong={focusOn}
      />
      <LeaveGuard isUnsaved={() => editor.changes.peek() > 0} />
    </section>
  );
}

/** Each rule with something wrong once, at the first cell of it. */
function wrongRows(editor: RuleTableEditor) {
  const rows = new Map<string, { pointer: string; words: string }>();
  for (const { pointer } of editor.problems.value) {
    const index = Number(pointer.split('/')[2] ?? 0);
    const words = t('table.wrong_rule', { number: index + 1 });
    if (!rows.has(words)) rows.set(words, { pointer, words });
  }
  return [...rows.values()];
}
