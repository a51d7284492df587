// A declared field of any kind: its words, what is wrong with it, and the control that fits it.
import type { Json } from '../../../store/json';
import type { PluginEditor } from '../../../store/plugin-editor';
import type { Field } from '../../../store/plugin-form';
import type { PluginMeans } from '../../../store/plugin-means';
import { filledIn, pointerOf, said } from '../../../store/plugin-values';
import { language, t } from '../../../store/texts';
import { wrongWords } from '../words';
import { Control } from './Control';
import { Setting } from './Setting';
import { TableField } from './TableField';

interface Props {
  field: Field;
  editor: PluginEditor;
  means: PluginMeans;
}

export function FieldRow({ field, editor, means }: Props) {
  const { key, kind, required } = field;
  const pointer = pointerOf(key);
  const value = filledIn(field, editor.draft.value.settings);
  const words = said(field.label, language()) || key;
  const isTable = typeof kind === 'object' && 'Table' in kind;
  const wrong = isTable ? editor.wrong(pointer) : editor.wrongIn(pointer);
  const isOptional = !required && field.default === null && kind !== 'Toggle';
  const onValue = (next: Json) => editor.set(key, next);
  return (
    <Setting
      label={isOptional ? t('plugins.optional', { label: words }) : words}
      help={said(field.help, language())}
      error={wrongWords(wrong, field)}
      pointer={pointer}
      isGroup={isGroup(field)}
      isWide={isTable || (typeof kind === 'object' && 'Text' in kind && kind.Text.multiline)}
    >
      {(aria) =>
        isTable ? (
          <TableField
            columns={kind.Table}
            label={words}
            value={value}
            means={means}
            wrong={(row, column) => editor.wrong(pointerOf(key, row, column))}
            onValue={onValue}
          />
        ) : (
          <Control
            field={field}
            value={value}
            kept={editor.kept.value.settings[key]}
            means={means}
            aria={aria}
            label={words}
            onValue={onValue}
          />
        )
      }
    </Setting>
  );
}

/** Segments, boxes and tables are several controls with one name. */
function isGroup({ kind, required }: Field): boolean {
  if (typeof kind === 'string') return kind === 'Consultants';
  if ('Choice' in kind) return isShort(kind.Choice.length, required);
  return 'Choices' in kind || 'Table' in kind;
}

/** A few options stand side by side; more, or none of them, need a list. */
export function isShort(options: number, required: boolean): boolean {
  return required && options <= 4;
}
