// Where there is nothing to show: what plugins are, and the ways to the first one.
import { Puzzle } from 'lucide';
import { Calm } from '../../parts/Calm';
import type { PluginFile, Plugins } from '../../store/plugins';
import { t } from '../../store/texts';
import { UploadState, Ways } from './Ways';

interface Props {
  plugins: Plugins;
  onFile: (file: PluginFile) => void;
}

export function NoPlugins({ plugins, onFile }: Props) {
  return (
    <div class="plugin-none">
      <Calm icon={Puzzle} title={t('plugins.none')} text={t('plugins.none_text')}>
        <UploadState plugins={plugins} />
        <Ways plugins={plugins} onFile={onFile} />
        <dl class="plugin-kinds">
          <div>
            <dt>{t('plugins.kind_table')}</dt>
            <dd>{t('plugins.kind_table_text')}</dd>
          </div>
          <div>
            <dt>{t('plugins.kind_wasm')}</dt>
            <dd>{t('plugins.kind_wasm_text')}</dd>
          </div>
        </dl>
        <p class="plugin-docs">
          {t('plugins.docs_text')} <code>docs/plugins/first-plugin.md</code>
        </p>
      </Calm>
    </div>
  );
}

/** Beside a list of which nothing is open. */
export function Nothing() {
  return (
    <section class="plugin-detail nothing">
      <Calm icon={Puzzle} title={t('plugins.choose')} text={t('plugins.choose_text')} />
    </section>
  );
}
