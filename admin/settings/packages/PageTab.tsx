// The tab Page: what the call page says, and whether one can chat there.
import { Switch } from '../../parts/Switch';
import { TextField } from '../../parts/TextField';
import { MOST } from '../../store/package-checks';
import type { PackageEditor } from '../../store/package-editor';
import { t } from '../../store/texts';
import { Section } from './Section';
import { wrongWords } from './words';

interface Props {
  editor: PackageEditor;
}

export function PageTab({ editor }: Props) {
  const { page } = editor.draft.value.settings;
  const field = (pointer: string) => ({ pointer, error: wrongWords(editor.wrong(pointer)) });
  return (
    <Section title={t('package.section_headings')}>
      <TextField
        label={t('package.heading')}
        value={page.heading}
        most={MOST.heading}
        hint={t('package.heading_hint')}
        {...field('/settings/page/heading')}
        onValue={(heading) => editor.page({ heading })}
      />
      <TextField
        label={t('package.subheading')}
        lines={2}
        value={page.subheading}
        most={MOST.subheading}
        hint={t('package.heading_hint')}
        {...field('/settings/page/subheading')}
        onValue={(subheading) => editor.page({ subheading })}
      />
      <Switch
        label={t('package.has_chat')}
        isOn={page.has_chat}
        onTurn={(hasChat) => editor.page({ has_chat: hasChat })}
      />
    </Section>
  );
}
