// The tab Common: what the package is, whose it is, when it is open, who serves it, what is asked before a chat.
import { useMemo } from 'preact/hooks';
import { ImagePicker } from '../../parts/ImagePicker';
import { SelectField } from '../../parts/SelectField';
import { Switch } from '../../parts/Switch';
import { TextField } from '../../parts/TextField';
import { images } from '../../store/api-images';
import { MOST } from '../../store/package-checks';
import type { PackageEditor } from '../../store/package-editor';
import { t } from '../../store/texts';
import { Consultants } from './Consultants';
import { FormFields } from './FormFields';
import { Hours } from './Hours';
import { languages } from './NewPackage';
import { Section } from './Section';
import { wrongWords } from './words';

interface Props {
  editor: PackageEditor;
}

export function CommonTab({ editor }: Props) {
  const { name, settings } = editor.draft.value;
  const logos = useMemo(() => images('logo'), []);
  const field = (pointer: string) => ({ pointer, error: wrongWords(editor.wrong(pointer)) });
  return (
    <>
      <Section title={t('package.section_package')}>
        <div class="package-pair">
          <TextField
            label={t('package.name')}
            value={name}
            most={MOST.name}
            hint={t('package.name_hint')}
            isRequired
            {...field('/name')}
            onValue={(value) => editor.name(value)}
          />
          <SelectField
            label={t('package.language')}
            value={settings.language}
            options={languages()}
            {...field('/settings/language')}
            onValue={(value) => editor.settings({ language: value === 'pl' ? 'pl' : 'en' })}
          />
        </div>
      </Section>
      <Section title={t('package.section_company')}>
        <div class="package-pair">
          <TextField
            label={t('package.company')}
            value={settings.company}
            most={MOST.company}
            hint={t('package.company_hint')}
            {...field('/settings/company')}
            onValue={(company) => editor.settings({ company })}
          />
          <TextField
            label={t('package.web_address')}
            kind="url"
            placeholder="https://"
            value={settings.web_address}
            most={MOST.web_address}
            {...field('/settings/web_address')}
            onValue={(value) => editor.settings({ web_address: value.trim() })}
          />
        </div>
        <ImagePicker
          label={t('package.logo')}
          hint={t('package.logo_hint')}
          image={settings.logo}
          look="logo"
          images={logos}
          {...field('/settings/logo')}
          onImage={(logo) => editor.settings({ logo })}
        />
      </Section>
      <Hours editor={editor} />
      <Consultants editor={editor} />
      <Section title={t('package.section_form')}>
        <FormFields
          fields={settings.form.fields}
          wrong={(pointer) => wrongWords(editor.wrong(pointer))}
          onFields={(fields) => editor.form({ fields })}
        />
        <TextField
          label={t('package.consent')}
          lines={2}
          value={settings.form.consent}
          most={MOST.consent}
          hint={t('package.consent_hint')}
          {...field('/settings/form/consent')}
          onValue={(consent) => editor.form({ consent })}
        />
      </Section>
      <Section title={t('package.section_message')}>
        <Switch
          label={t('package.message_offered')}
          isOn={settings.message.is_offered}
          onTurn={(isOffered) => editor.message({ is_offered: isOffered })}
        />
        {settings.message.is_offered ? (
          <TextField
            label={t('package.message_text')}
            lines={2}
            value={settings.message.text}
            most={MOST.message}
            hint={t('package.message_text_hint')}
            {...field('/settings/message/text')}
            onValue={(text) => editor.message({ text })}
          />
        ) : null}
      </Section>
    </>
  );
}
