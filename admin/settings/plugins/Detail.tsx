// One plugin: loads it, keeps what was typed until it is saved or given up, and shows its parts.
import { useSignal, useSignalEffect } from '@preact/signals';
import { PackageX } from 'lucide';
import { useEffect } from 'preact/hooks';
import { Calm } from '../../parts/Calm';
import { lazy } from '../../parts/lazy';
import { TabBar } from '../../parts/TabBar';
import { address, type PluginTab } from '../../routes';
import type { Problem } from '../../store/api';
import { type PluginDetail, type PluginId, pluginsApi } from '../../store/api-plugins';
import { PluginEditor } from '../../store/plugin-editor';
import type { PluginMeans } from '../../store/plugin-means';
import type { Plugins } from '../../store/plugins';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { leave, leftBehind } from '../../store/unsaved';
import { Head } from './Head';
import { SettingsTab } from './SettingsTab';
import { tabsOf } from './tabs';
import { VersionsTab } from './VersionsTab';
import { problemWords } from './words';

interface Props {
  /** Whoever is signed in. */
  account: string;
  id: PluginId;
  tab: PluginTab;
  plugins: Plugins;
  means: PluginMeans;
  toasts: Toasts;
}

const Table = lazy(() => import('./table/Table'));
const Replay = lazy(() => import('./replay/Replay'));
const Calendar = lazy(() => import('./calendar/Calendar'));
const Playground = lazy(() => import('./playground/Playground'));

export function Detail({ account, id, tab, plugins, means, toasts }: Props) {
  const editor = useSignal<PluginEditor | null>(null);
  const problem = useSignal<Problem | null>(null);

  const renew = (kept: PluginDetail) => {
    const open = editor.peek();
    if (open === null) editor.value = new PluginEditor(kept, pluginsApi);
    else open.renew(kept);
    plugins.renew(kept);
  };
  const load = async () => {
    const answer = await pluginsApi.one(id);
    if (answer.ok) renew(answer.value);
    else if (editor.peek() === null) problem.value = answer.problem;
  };

  useEffect(() => {
    const found = leftBehind(PluginEditor, account, id);
    if (found !== undefined) editor.value = found;
    void load();
  }, [account, id]);
  useEffect(
    () => () => {
      const open = editor.peek();
      if (open !== null) leave(account, open);
    },
    [account, editor],
  );
  // An upload, or another owner, may have changed what is open.
  useSignalEffect(() => {
    const listed = plugins.get(id);
    const kept = editor.value?.kept.peek();
    if (kept === undefined || plugins.list.value === null) return;
    // Deleted a moment ago: there is nothing left to save.
    if (listed === undefined) {
      editor.peek()?.revert();
      return;
    }
    const isSame = kept.newest === listed.newest && kept.live === listed.live && kept.shadow === listed.shadow;
    if (!isSame) void load();
  });

  if (problem.value !== null) {
    const isGone = problem.value.status === 404 || problem.value.status === 400;
    return (
      <section class="plugin-detail nothing">
        <Calm
          icon={PackageX}
          title={t(isGone ? 'plugins.gone' : 'failed')}
          text={isGone ? t('plugins.gone_text') : problemWords(problem.value)}
        >
          <a class="button main" href="#/plugins">
            {t('plugins.to_list')}
          </a>
        </Calm>
      </section>
    );
  }
  if (editor.value === null) return <section class="plugin-detail" aria-busy="true" />;
  const plugin = editor.value.kept.value;
  const tabs = tabsOf(plugin);
  const shown = tabs.includes(tab) ? tab : tabs[0];
  const changes = editor.value.changes.value.length;
  return (
    <section class="plugin-detail" aria-labelledby="plugin-name">
      <Head plugin={plugin} plugins={plugins} toasts={toasts} onDetail={renew} />
      <TabBar
        label={t('plugins.tabs')}
        tabs={tabs.map((one) => ({
          href: address({ at: 'plugin', id, tab: one }),
          words: t(`plugins.tab.${one}`),
          isCurrent: one === shown,
          mark: one === 'settings' && changes > 0 ? { look: 'changed', words: t('plugins.tab_changed') } : undefined,
        }))}
      />
      <div class="plugin-body">
        {shown === 'table' ? <Table plugin={plugin} toasts={toasts} onDetail={renew} /> : null}
        {shown === 'versions' ? (
          <VersionsTab plugin={plugin} plugins={plugins} toasts={toasts} onDetail={renew} />
        ) : null}
        {shown === 'replay' ? <Replay plugin={plugin} /> : null}
        {shown === 'calendar' ? <Calendar plugin={plugin} means={means} /> : null}
        {shown === 'playground' ? <Playground plugin={plugin} /> : null}
        <SettingsTab
          editor={editor.value}
          means={means}
          toasts={toasts}
          isShown={shown === 'settings'}
          onSaved={(kept) => plugins.renew(kept)}
        />
      </div>
    </section>
  );
}
