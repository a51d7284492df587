// The tab Button: label, place, look, what a click does, where the button shows.
import { MessageCircle, MessagesSquare, Phone } from 'lucide';
import type { Corner, OutsideHours, Reveal, Size, Stick } from '../../../widget/kit/settings';
import { CornerPicker } from '../../parts/CornerPicker';
import { Pick } from '../../parts/Pick';
import { SelectField } from '../../parts/SelectField';
import { Switch } from '../../parts/Switch';
import { TextField } from '../../parts/TextField';
import { hasSeconds, hasUnstick, MOST } from '../../store/package-checks';
import type { PackageEditor } from '../../store/package-editor';
import type { PackagePreview } from '../../store/package-preview';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { ColorChoice } from './ColorChoice';
import { Identity } from './Identity';
import { Lines } from './Lines';
import { Section } from './Section';
import { wrongWords } from './words';

interface Props {
  editor: PackageEditor;
  preview: PackagePreview;
  toasts: Toasts;
}

const REVEALS: readonly Reveal[] = ['always', 'click', 'seconds'];
const STICKS: readonly Stick[] = ['none', 'horizontal', 'vertical', 'both'];
const SIZES: readonly Size[] = ['small', 'medium', 'large'];
const OUTSIDE: readonly OutsideHours[] = ['callback', 'message', 'hide'];

export function ButtonTab({ editor, preview, toasts }: Props) {
  const { settings } = editor.draft.value;
  const { button } = settings;
  const field = (pointer: string) => ({ pointer, error: wrongWords(editor.wrong(pointer)) });
  return (
    <>
      <Label editor={editor} />
      <Section title={t('package.section_place')}>
        <div class="package-pair corner">
          <CornerPicker
            label={t('package.corner')}
            value={button.corner}
            words={(corner: Corner) => t(`package.corner.${corner}`)}
            pointer="/settings/button/corner"
            onValue={(corner) => editor.button({ corner })}
          />
          <Pick
            label={t('package.stick')}
            value={button.stick}
            options={STICKS.map((value) => ({ value, words: t(`package.stick.${value}`) }))}
            pointer="/settings/button/stick"
            onValue={(stick) => editor.button({ stick })}
          />
        </div>
        {hasUnstick(button) ? (
          <Switch label={t('package.unstick')} isOn={button.unstick} onTurn={(unstick) => editor.button({ unstick })} />
        ) : null}
      </Section>
      <Section title={t('package.section_look')}>
        <ColorChoice
          button={button}
          preview={preview}
          error={wrongWords(editor.wrong('/settings/button/brand'))}
          onButton={(part) => editor.button(part)}
        />
        <Pick
          label={t('package.size')}
          value={button.size}
          options={SIZES.map((value) => ({ value, words: t(`package.size.${value}`) }))}
          pointer="/settings/button/size"
          onValue={(size) => editor.button({ size })}
        />
      </Section>
      <Section title={t('package.section_behavior')}>
        <Pick
          label={t('package.mode')}
          value={button.mode}
          options={[
            { value: 'chat_and_voice', words: t('package.mode.chat_and_voice'), icon: MessagesSquare },
            { value: 'voice', words: t('package.mode.voice'), icon: Phone },
            { value: 'chat', words: t('package.mode.chat'), icon: MessageCircle },
          ]}
          hint={t(`package.mode_hint.${button.mode}`)}
          pointer="/settings/button/mode"
          onValue={(mode) => editor.button({ mode })}
        />
        <div class="package-half">
          <SelectField
            label={t('package.outside_hours')}
            value={button.outside_hours}
            options={OUTSIDE.map((value) => ({ value, words: t(`package.outside.${value}`) }))}
            pointer="/settings/button/outside_hours"
            onValue={(value) => editor.button({ outside_hours: OUTSIDE.find((one) => one === value) ?? 'callback' })}
          />
        </div>
      </Section>
      <Section title={t('package.section_where')}>
        <div class="package-pair">
          <Lines
            label={t('package.show_on')}
            entries={button.show_on}
            hint={t('package.show_on_hint')}
            {...field('/settings/button/show_on')}
            onEntries={(entries) => editor.button({ show_on: entries })}
          />
          <Lines
            label={t('package.hide_on')}
            entries={button.hide_on}
            hint={t('package.hide_on_hint')}
            {...field('/settings/button/hide_on')}
            onEntries={(entries) => editor.button({ hide_on: entries })}
          />
        </div>
        <Lines
          label={t('package.sites')}
          entries={settings.sites}
          hint={t('package.sites_hint')}
          {...field('/settings/sites')}
          onEntries={(sites) => editor.settings({ sites })}
        />
      </Section>
      <Identity id={editor.kept.value.id} toasts={toasts} />
    </>
  );
}

function Label({ editor }: { editor: PackageEditor }) {
  const { button } = editor.draft.value.settings;
  const field = (pointer: string) => ({ pointer, error: wrongWords(editor.wrong(pointer)) });
  return (
    <Section title={t('package.section_label')}>
      <TextField
        label={t('package.label')}
        value={button.label}
        most={MOST.label}
        hint={t('package.label_hint')}
        {...field('/settings/button/label')}
        onValue={(label) => editor.button({ label })}
      />
      <div class="package-pair">
        <Pick
          label={t('package.reveal')}
          value={button.reveal}
          options={REVEALS.map((value) => ({ value, words: t(`package.reveal.${value}`) }))}
          pointer="/settings/button/reveal"
          onValue={(reveal) => editor.button({ reveal })}
        />
        {hasSeconds(button) ? (
          <TextField
            kind="number"
            label={t('package.reveal_seconds')}
            value={Number.isNaN(button.reveal_seconds) ? '' : String(button.reveal_seconds)}
            least={1}
            most={MOST.seconds}
            hint={t('package.reveal_seconds_hint')}
            {...field('/settings/button/reveal_seconds')}
            onValue={(value) => editor.button({ reveal_seconds: value === '' ? Number.NaN : Number(value) })}
          />
        ) : null}
      </div>
    </Section>
  );
}
