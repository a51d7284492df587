// The plugins in the order asked; rows move by dragging, and by the arrow keys on their grip.
import { useSignal } from '@preact/signals';
import { ScrollText } from 'lucide';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../../../widget/kit/Icon';
import { address } from '../../routes';
import type { PluginEntry } from '../../store/api-plugins';
import type { PluginMeans } from '../../store/plugin-means';
import type { PluginFile, Plugins } from '../../store/plugins';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { useDrag } from '../accounts/drag';
import { Doom } from './Doom';
import { PluginRow } from './PluginRow';
import { UploadState, Ways } from './Ways';
import { problemWords } from './words';

interface Props {
  plugins: Plugins;
  means: PluginMeans;
  toasts: Toasts;
  /** The plugin that is open. */
  shown: string | null;
  onFile: (file: PluginFile) => void;
}

export function PluginList({ plugins, means, toasts, shown, onFile }: Props) {
  const rows = useRef<HTMLUListElement>(null);
  const said = useSignal('');
  const doomed = useSignal<PluginEntry | null>(null);
  const held = useRef<string | null>(null);
  const list = plugins.list.value ?? [];

  // A row that moves in the page loses the focus on its way.
  useLayoutEffect(() => {
    if (held.current === null) return;
    rows.current?.querySelector<HTMLElement>(`[data-grip="${held.current}"]`)?.focus();
    held.current = null;
  });

  const keep = async () => {
    const problem = await plugins.keepOrder();
    if (problem !== null) toasts.say(problemWords(problem));
  };
  const tell = (id: string) => {
    const now = plugins.list.value ?? [];
    const place = now.findIndex((one) => one.id === id);
    const name = now[place]?.name ?? '';
    said.value = t('plugins.moved', { name, place: place + 1, count: now.length });
  };
  const step = (one: PluginEntry, by: 1 | -1) => {
    const at = list.findIndex(({ id }) => id === one.id);
    if (!plugins.place(one.id, at + by)) return;
    held.current = one.id;
    tell(one.id);
    void keep();
  };
  const drag = useDrag(rows, {
    onMove: (id, to) => plugins.place(id, to),
    onDrop: (id) => {
      tell(id);
      void keep();
    },
  });
  const tryNow = async (one: PluginEntry) => {
    const problem = await plugins.tryNow(one.id);
    toasts.say(problem === null ? t('plugins.tried', { name: one.name }) : problemWords(problem));
  };

  return (
    <aside class="plugin-list" aria-label={t('plugins.title')}>
      <Ways plugins={plugins} onFile={onFile} />
      <UploadState plugins={plugins} />
      <ul ref={rows} class="plugin-rows">
        {list.map((one, at) => (
          <PluginRow
            key={one.id}
            one={one}
            place={at + 1}
            count={list.length}
            packages={means.packages.value}
            isShown={one.id === shown}
            isHeld={drag.id === one.id}
            onGrab={(event) => drag.grab(one.id, event)}
            onStep={(by) => step(one, by)}
            onTry={() => void tryNow(one)}
            onDelete={() => {
              doomed.value = one;
            }}
          />
        ))}
      </ul>
      <footer class="plugin-list-foot">
        <p>{t('plugins.order_hint')}</p>
        <a href={address({ at: 'decisions' })}>
          <Icon icon={ScrollText} size={16} />
          {t('plugins.to_decisions')}
        </a>
      </footer>
      <p class="unseen" role="status">
        {said.value}
      </p>
      {doomed.value ? (
        <Doom
          one={doomed.value}
          plugins={plugins}
          toasts={toasts}
          onClose={() => {
            doomed.value = null;
          }}
        />
      ) : null}
    </aside>
  );
}
