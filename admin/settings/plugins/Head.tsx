// Over the parts of a plugin: what it is, whose, what it may do, how it fares, and the switch that has it decide.
import { useSignal } from '@preact/signals';
import { ChevronLeft, Puzzle, TableProperties, Trash2 } from 'lucide';
import { Icon } from '../../../widget/kit/Icon';
import { Button } from '../../parts/Button';
import type { PluginDetail } from '../../store/api-plugins';
import type { Plugins } from '../../store/plugins';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { dayAndHour, lasting } from '../../store/words';
import { Doom } from './Doom';
import { lastLive, useLife } from './life';
import { States } from './States';
import { hookWords, listed, tookWords, unasked, versionWords } from './words';

interface Props {
  plugin: PluginDetail;
  plugins: Plugins;
  toasts: Toasts;
  onDetail: (detail: PluginDetail) => void;
}

export function Head({ plugin, plugins, toasts, onDetail }: Props) {
  const life = useLife(plugin, plugins, toasts, onDetail);
  const isDoomed = useSignal(false);
  const { name, kind, live, shadow } = plugin;
  const again = lastLive(plugin);
  return (
    <header class="plugin-head">
      <a
        class="button round plugin-back"
        href="#/plugins"
        aria-label={t('plugins.to_list')}
        title={t('plugins.to_list')}
      >
        <Icon icon={ChevronLeft} size={18} class="pointing" />
      </a>
      <span class="plugin-icon big">
        <Icon icon={kind === 'table' ? TableProperties : Puzzle} size={22} />
      </span>
      <div class="plugin-title">
        <h2 id="plugin-name">
          <bdi>{name}</bdi>
        </h2>
        <p>{madeWords(plugin)}</p>
      </div>
      <div class="plugin-switch">
        <States one={plugin} />
        <button
          type="button"
          class="switch"
          role="switch"
          aria-checked={live !== null}
          aria-label={t('plugins.decides')}
          title={t(live === null ? 'plugins.turn_on' : 'plugins.turn_off')}
          disabled={life.isBusy || again === undefined}
          onClick={() => {
            if (live !== null) void life.set({ live: null, shadow });
            else if (again !== undefined) void life.set({ live: again, shadow: shadow === again ? null : shadow });
          }}
        >
          <span class="track" />
        </button>
        <Button
          kind="round"
          icon={Trash2}
          label={t('plugins.delete_this')}
          onClick={() => {
            isDoomed.value = true;
          }}
        />
      </div>
      <Facts plugin={plugin} plugins={plugins} />
      {isDoomed.value ? (
        <Doom
          one={plugin}
          plugins={plugins}
          toasts={toasts}
          onClose={() => {
            isDoomed.value = false;
          }}
        />
      ) : null}
    </header>
  );
}

function Facts({ plugin, plugins }: { plugin: PluginDetail; plugins: Plugins }) {
  const { hosts, homepage, summary, off_reason } = plugin;
  const health = plugins.get(plugin.id)?.health ?? plugin.health;
  const others = unasked(plugin);
  return (
    <div class="plugin-facts">
      {summary === '' ? null : (
        <p>
          <bdi>{summary}</bdi>{' '}
          {homepage === null || !/^https?:/.test(homepage) ? null : (
            <a href={homepage} target="_blank" rel="noopener noreferrer">
              {t('plugins.homepage')}
            </a>
          )}
        </p>
      )}
      <ul class="plugin-chips">
        {plugin.hooks.map((hook) => (
          <li key={hook}>{hookWords(hook)}</li>
        ))}
        {hosts.map((host) => (
          <li key={host}>{t('plugins.host', { host })}</li>
        ))}
        <li>{health.asked === 0 ? t('plugins.not_asked') : t('plugins.asked', { count: health.asked })}</li>
        {health.failed === 0 ? null : <li class="bad">{t('plugins.failed_count', { count: health.failed })}</li>}
        {health.asked === 0 ? null : (
          <li>{t('plugins.took', { half: tookWords(health.p50_us), most: tookWords(health.p99_us) })}</li>
        )}
      </ul>
      {others.length === 0 ? null : (
        <p class="plugin-note">{t('plugins.unasked', { hooks: listed(others.map(hookWords)) })}</p>
      )}
      {off_reason === null ? null : <p class="wrong-box">{t('plugins.rests_because', { reason: off_reason })}</p>}
      {health.off_for_seconds === null ? null : (
        <p class="wrong-box">{t('plugins.off_for', { time: lasting(health.off_for_seconds * 1000) })}</p>
      )}
      {health.last_failure === null ? null : (
        <p class="plugin-note">
          {t('plugins.last_failure', {
            time: health.last_failed_at === null ? '' : dayAndHour(health.last_failed_at),
            why: health.last_failure,
          })}
        </p>
      )}
    </div>
  );
}

/** The version that counts, whose it is, and who brought it here. */
function madeWords({ kind, author, live, newest, versions }: PluginDetail): string {
  const one = versions.find(({ version }) => version === (live ?? newest));
  if (one === undefined) return '';
  const slots = { version: versionWords(one), author, time: dayAndHour(one.uploaded_at), name: one.uploaded_by ?? '' };
  if (kind === 'table') return t(slots.name === '' ? 'plugins.saved' : 'plugins.saved_by', slots);
  const made = author === '' ? slots.version : t('plugins.made_by', slots);
  return `${made} ${t(slots.name === '' ? 'plugins.uploaded_at' : 'plugins.uploaded_by', slots)}`;
}
