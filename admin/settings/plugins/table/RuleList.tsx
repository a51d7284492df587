// The rules from the top; they move by dragging, by buttons and by Alt and arrows.
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { RuleTableEditor } from '../../../store/rule-table-editor';
import type { Known } from '../../../store/rule-table-known';
import { t } from '../../../store/texts';
import type { Toasts } from '../../../store/toasts';
import { useDrag } from '../../accounts/drag';
import { RuleRow } from './RuleRow';

interface Props {
  editor: RuleTableEditor;
  known: Known;
  /** Keys of the rules whose fields are shown. */
  opened: Set<number>;
  toasts: Toasts;
}

export function RuleList({ editor, known, opened, toasts }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const said = useSignal('');
  const redrawn = useSignal(0);
  const held = editor.held.value;
  void redrawn.value;

  const nameOf = (key: number) => held.find((one) => one.key === key)?.row.name ?? '';
  const tell = (key: number) => {
    const now = editor.held.value;
    const place = now.findIndex((one) => one.key === key) + 1;
    said.value = t('table.moved', { name: nameOf(key), place, count: now.length });
  };
  const step = (key: number, by: 1 | -1) => {
    const at = held.findIndex((one) => one.key === key);
    if (editor.place(key, at + by)) tell(key);
    else said.value = t(by < 0 ? 'table.is_first' : 'table.is_last', { name: nameOf(key) });
  };
  const drag = useDrag(list, {
    onMove: (id, to) => editor.place(Number(id), to),
    onDrop: (id) => tell(Number(id)),
  });
  const open = (key: number, isOpen: boolean) => {
    if (isOpen) opened.add(key);
    else opened.delete(key);
    redrawn.value += 1;
  };

  return (
    <>
      <ol class="rule-rows" ref={list}>
        {held.map(({ key, row }, index) => (
          <RuleRow
            key={key}
            row={row}
            index={index}
            count={held.length}
            known={known}
            isOpen={opened.has(key) || editor.wrong(`/rows/${index}`) !== undefined}
            isDragged={drag.id === String(key)}
            wrong={(pointer) => editor.wrong(pointer)}
            onRow={(part) => editor.change(key, part)}
            onOpen={(isOpen) => open(key, isOpen)}
            onStep={(by) => step(key, by)}
            onGrab={(event) => drag.grab(String(key), event)}
            onDuplicate={() => open(editor.duplicate(key, t('table.copy_word')), true)}
            onRemove={() => {
              const act = editor.remove(key);
              toasts.say(t('table.deleted', { name: row.name }), { action: t('table.bring_back'), act });
            }}
          />
        ))}
      </ol>
      {held.length > 1 ? <p class="rule-hint">{t('table.move_hint')}</p> : null}
      <p class="unseen" role="status">
        {said.value}
      </p>
    </>
  );
}
