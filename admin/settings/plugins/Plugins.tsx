// Settings » Plugins: the list in the order asked, and beside it the plugin that is open.
import '../../parts/Page.css';
import '../../parts/form.css';
import './Plugins.css';
import './Detail.css';
import './Versions.css';
import './fields/Controls.css';
import './fields/Fields.css';
import { CircleAlert } from 'lucide';
import { useEffect, useMemo } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Calm } from '../../parts/Calm';
import { go, type PluginTab } from '../../routes';
import { pluginsApi } from '../../store/api-plugins';
import type { App } from '../../store/app';
import { PluginMeans } from '../../store/plugin-means';
import { type PluginFile, Plugins } from '../../store/plugins';
import { t } from '../../store/texts';
import { Detail } from './Detail';
import { useDrop } from './drop';
import { NoPlugins, Nothing } from './Empty';
import { PluginList } from './PluginList';
import { problemWords } from './words';

interface Props {
  app: App;
  /** Whoever is signed in. */
  account: string;
  /** The plugin that is open, or null for the list alone. */
  shown: { id: string; tab: PluginTab } | null;
}

/** Health changes while nobody touches anything. */
const AGAIN_MS = 10_000;

export default function PluginsScreen({ app, account, shown }: Props) {
  const plugins = useMemo(() => new Plugins(pluginsApi), []);
  const means = useMemo(() => new PluginMeans(), []);
  const { toasts } = app;

  useEffect(() => {
    void plugins.load();
    void means.load();
    const again = setInterval(() => {
      if (document.visibilityState === 'visible') void plugins.load();
    }, AGAIN_MS);
    return () => clearInterval(again);
  }, [plugins, means]);

  const send = async (file: PluginFile) => {
    const uploaded = await plugins.send(file);
    if (uploaded === null) return;
    const { plugin, isNew } = uploaded;
    const slots = { name: plugin.name, number: String(plugin.newest) };
    toasts.say(t(isNew ? 'plugins.uploaded' : 'plugins.uploaded_again', slots));
    go({ at: 'plugin', id: plugin.id, tab: isNew ? 'settings' : 'versions' });
  };
  const drop = useDrop((file) => void send(file));
  const list = plugins.list.value;

  if (list === null && plugins.problem.value !== null) {
    return (
      <main class="page">
        <Calm icon={CircleAlert} title={t('failed')} text={problemWords(plugins.problem.value)}>
          <Button kind="main" onClick={() => void plugins.load()}>
            {t('again')}
          </Button>
        </Calm>
      </main>
    );
  }
  if (list === null) return <main class="page" aria-busy="true" />;
  return (
    <main
      class="page plugins"
      data-shown={shown !== null}
      data-none={list.length === 0}
      data-dropping={drop.isOver}
      {...drop.ears}
    >
      {list.length === 0 && shown === null ? (
        <NoPlugins plugins={plugins} onFile={(file) => void send(file)} />
      ) : (
        <>
          <PluginList
            plugins={plugins}
            means={means}
            toasts={toasts}
            shown={shown?.id ?? null}
            onFile={(file) => void send(file)}
          />
          {shown === null ? (
            <Nothing />
          ) : (
            <Detail
              key={shown.id}
              account={account}
              id={shown.id}
              tab={shown.tab}
              plugins={plugins}
              means={means}
              toasts={toasts}
            />
          )}
        </>
      )}
      {drop.isOver ? <p class="plugin-drop">{t('plugins.drop')}</p> : null}
    </main>
  );
}
