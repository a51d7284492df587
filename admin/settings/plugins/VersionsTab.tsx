// The versions of a plugin, newest first: who brought each and when, and which of them decides or is only compared.
import { useSignal } from '@preact/signals';
import { Eye, EyeOff, Power, Radio, RotateCcw } from 'lucide';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Confirm';
import { CopyButton } from '../../parts/CopyField';
import type { Life, PluginDetail, PluginVersion } from '../../store/api-plugins';
import type { Plugins } from '../../store/plugins';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { dayAndHour } from '../../store/words';
import { useLife } from './life';
import { hookWords, versionWords } from './words';

interface Props {
  plugin: PluginDetail;
  plugins: Plugins;
  toasts: Toasts;
  onDetail: (detail: PluginDetail) => void;
}

/** So much of a digest tells two files apart. */
const DIGEST_SHOWN = 12;

export function VersionsTab({ plugin, plugins, toasts, onDetail }: Props) {
  const life = useLife(plugin, plugins, toasts, onDetail);
  /** What would replace the version that decides now. */
  const asked = useSignal<PluginVersion | null>(null);
  const { live, shadow } = plugin;
  const versions = [...plugin.versions].sort((one, other) => other.version - one.version);
  const current = versions.find(({ version }) => version === live);

  const liveOf = ({ version }: PluginVersion): Life => ({ live: version, shadow: shadow === version ? null : shadow });
  const goLive = (one: PluginVersion) => {
    if (live === null) void life.set(liveOf(one));
    else asked.value = one;
  };

  return (
    <>
      <dl class="version-ways">
        <div>
          <dt>{t('plugins.run_shadow')}</dt>
          <dd>{t('plugins.run_shadow_text')}</dd>
        </div>
        <div>
          <dt>{t('plugins.make_live')}</dt>
          <dd>{t('plugins.make_live_text')}</dd>
        </div>
        <div>
          <dt>{t('plugins.switch_off')}</dt>
          <dd>{t('plugins.switch_off_text')}</dd>
        </div>
      </dl>
      <ol class="plugin-versions">
        {versions.map((one) => (
          <Row
            key={one.version}
            one={one}
            plugin={plugin}
            isBusy={life.isBusy}
            onLive={() => goLive(one)}
            onOff={() => void life.set({ live: null, shadow })}
            onShadow={(isOn) => void life.set({ live, shadow: isOn ? one.version : null })}
          />
        ))}
      </ol>
      {asked.value === null ? null : (
        <Confirm
          title={t('plugins.replace_title', { number: String(live), other: String(asked.value.version) })}
          yes={t(isBack(asked.value, live) ? 'plugins.roll_back' : 'plugins.make_live')}
          no={t('plugins.cancel')}
          isBusy={life.isBusy}
          onYes={() => {
            const { value: one } = asked;
            if (one !== null)
              void life.set(liveOf(one)).then(() => {
                asked.value = null;
              });
          }}
          onNo={() => {
            asked.value = null;
          }}
        >
          <p>
            {t('plugins.replace_text', {
              now: current === undefined ? '' : versionWords(current),
              next: versionWords(asked.value),
            })}
          </p>
        </Confirm>
      )}
    </>
  );
}

interface RowProps {
  one: PluginVersion;
  plugin: PluginDetail;
  isBusy: boolean;
  onLive: () => void;
  onOff: () => void;
  onShadow: (isOn: boolean) => void;
}

function Row({ one, plugin, isBusy, onLive, onOff, onShadow }: RowProps) {
  const { kind, live, shadow } = plugin;
  const number = String(one.version);
  const isLive = live === one.version;
  const isShadow = shadow === one.version;
  const isRollBack = isBack(one, live);
  return (
    <li class="plugin-version" data-version={one.version}>
      <div class="plugin-version-what">
        <h3>
          {versionWords(one)}
          {isLive ? <span class="badge good">{t('plugins.state.live')}</span> : null}
          {isShadow ? <span class="badge shadow">{t('plugins.state.shadow')}</span> : null}
          {!isLive && !isShadow && one.went_live_at === null ? (
            <span class="badge">{t('plugins.state.draft')}</span>
          ) : null}
        </h3>
        <p>{cameWords(one, kind)}</p>
        {one.went_live_at === null ? null : (
          <p>{t(isLive ? 'plugins.live_since' : 'plugins.was_live', { time: dayAndHour(one.went_live_at) })}</p>
        )}
        <p class="plugin-digest">
          {kind === 'wasm' ? <span>{one.hooks.map(hookWords).join(', ')}</span> : null}
          <span title={one.digest}>
            SHA-256 <code>{one.digest.slice(0, DIGEST_SHOWN)}…</code>
          </span>
          <CopyButton text={one.digest} label={t('plugins.copy_digest', { number })} />
        </p>
      </div>
      <div class="plugin-version-ways">
        {isLive ? (
          <Way
            icon={Power}
            words="plugins.switch_off"
            hint="plugins.switch_off_text"
            {...{ number, isBusy }}
            onGo={onOff}
          />
        ) : (
          <>
            <Way
              icon={isShadow ? EyeOff : Eye}
              words={isShadow ? 'plugins.end_shadow' : 'plugins.run_shadow'}
              hint={isShadow ? 'plugins.end_shadow_text' : 'plugins.run_shadow_text'}
              {...{ number, isBusy }}
              onGo={() => onShadow(!isShadow)}
            />
            <Way
              icon={isRollBack ? RotateCcw : Radio}
              words={isRollBack ? 'plugins.roll_back' : 'plugins.make_live'}
              hint={isRollBack ? 'plugins.roll_back_text' : 'plugins.make_live_text'}
              {...{ number, isBusy }}
              onGo={onLive}
            />
          </>
        )}
      </div>
    </li>
  );
}

interface WayProps {
  icon: typeof Eye;
  words: 'plugins.switch_off' | 'plugins.end_shadow' | 'plugins.run_shadow' | 'plugins.roll_back' | 'plugins.make_live';
  hint: `${WayProps['words']}_text`;
  number: string;
  isBusy: boolean;
  onGo: () => void;
}

function Way({ icon, words, hint, number, isBusy, onGo }: WayProps) {
  return (
    <Button
      icon={icon}
      label={`${t(words)}: ${t('plugins.version', { number })}`}
      title={t(hint)}
      disabled={isBusy}
      onClick={onGo}
    >
      {t(words)}
    </Button>
  );
}

/** An earlier version than the one that decides. */
function isBack(one: PluginVersion, live: number | null): boolean {
  return live !== null && one.version < live;
}

function cameWords({ uploaded_at, uploaded_by }: PluginVersion, kind: PluginDetail['kind']): string {
  const slots = { time: dayAndHour(uploaded_at), name: uploaded_by ?? '' };
  if (kind === 'table') return t(uploaded_by === null ? 'plugins.saved_at' : 'plugins.saved_at_by', slots);
  return t(uploaded_by === null ? 'plugins.uploaded_at' : 'plugins.uploaded_by', slots);
}
