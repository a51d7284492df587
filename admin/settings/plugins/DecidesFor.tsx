// The packages that a plugin decides for: all of them, or chosen ones.
import { Pick } from '../../parts/Pick';
import type { PluginEditor } from '../../store/plugin-editor';
import type { NamedPackage } from '../../store/plugin-means';
import { t } from '../../store/texts';
import { Chips } from './fields/Chips';

interface Props {
  editor: PluginEditor;
  packages: readonly NamedPackage[] | null;
}

const POINTER = '/packages';

export function DecidesFor({ editor, packages }: Props) {
  const chosen = editor.draft.value.packages;
  const wrong = editor.wrong(POINTER);
  return (
    <section class="plugin-section" data-pointer={POINTER}>
      <h3>{t('plugins.decides_for')}</h3>
      <div class="setting wide">
        <Pick
          label={t('plugins.decides_for')}
          isLabelHidden
          value={chosen === null ? 'all' : 'chosen'}
          options={[
            { value: 'all', words: t('plugins.all_packages') },
            { value: 'chosen', words: t('plugins.chosen_packages') },
          ]}
          hint={t(chosen === null ? 'plugins.all_packages_text' : 'plugins.chosen_packages_text')}
          onValue={(which) => editor.packages(which === 'all' ? null : (packages ?? []).map(({ id }) => id))}
        />
        {chosen === null ? null : (
          <Chips
            label={t('plugins.chosen_packages')}
            options={options(chosen, packages ?? [])}
            chosen={chosen}
            onChosen={(ids) => editor.packages(ids)}
          />
        )}
        {wrong === undefined ? null : <p class="wrong">{t('plugins.wrong.packages')}</p>}
      </div>
    </section>
  );
}

/** Those there are, and those that were chosen and are gone. */
function options(chosen: readonly string[], packages: readonly NamedPackage[]) {
  const gone = chosen.filter((id) => !packages.some((one) => one.id === id));
  return [
    ...packages.map(({ id, name }) => ({ value: id, words: name })),
    ...gone.map((id) => ({ value: id, words: t('plugins.package_gone') })),
  ];
}
