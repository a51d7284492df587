// One plugin in the list: where it stands, what it does now, how it fares, and the way out of trouble.
import { GripVertical, Puzzle, TableProperties, Trash2 } from 'lucide';
import { Icon } from '../../../widget/kit/Icon';
import { Button } from '../../parts/Button';
import type { PluginEntry } from '../../store/api-plugins';
import type { NamedPackage } from '../../store/plugin-means';
import { t } from '../../store/texts';
import { lasting } from '../../store/words';
import { States } from './States';
import { tabOf } from './tabs';
import { hookWords, tookWords } from './words';

interface Props {
  one: PluginEntry;
  /** Counted from 1. */
  place: number;
  count: number;
  packages: readonly NamedPackage[] | null;
  isShown: boolean;
  isHeld: boolean;
  onGrab: (event: PointerEvent) => void;
  onStep: (by: 1 | -1) => void;
  onTry: () => void;
  onDelete: () => void;
}

export function PluginRow(props: Props) {
  const { one, place, count, packages, isShown, isHeld, onGrab, onStep, onTry, onDelete } = props;
  const { name, health } = one;
  const keys = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    // The desk's own shortcuts must not hear it as well.
    event.stopPropagation();
    onStep(by);
  };
  return (
    <li class="plugin-row" data-plugin={one.id} data-held={isHeld} data-shown={isShown}>
      <button
        type="button"
        class="plugin-grip"
        data-grip={one.id}
        aria-label={t('plugins.move', { name, place, count })}
        title={t('plugins.drag')}
        onPointerDown={onGrab}
        onKeyDown={keys}
      >
        <Icon icon={GripVertical} size={16} />
      </button>
      <a href={tabOf(one)} aria-current={isShown ? 'page' : undefined}>
        <span class="plugin-icon">
          <Icon icon={one.kind === 'table' ? TableProperties : Puzzle} size={18} />
        </span>
        <span class="plugin-words">
          <b>
            <bdi>{name}</bdi>
          </b>
          <small>
            <States one={one} />
            <span>{healthWords(one)}</span>
          </small>
          {one.packages === null ? null : <small>{packageWords(one.packages, packages)}</small>}
        </span>
      </a>
      <Button kind="round" icon={Trash2} label={`${t('plugins.delete')}: ${name}`} onClick={onDelete} />
      {one.off_reason === null ? null : (
        <p class="plugin-trouble">{t('plugins.rests_because', { reason: one.off_reason })}</p>
      )}
      {health.off_for_seconds === null ? null : (
        <div class="plugin-trouble">
          <p>{t('plugins.off_for', { time: lasting(health.off_for_seconds * 1000) })}</p>
          <Button label={`${t('plugins.try_now')}: ${name}`} onClick={onTry}>
            {t('plugins.try_now')}
          </Button>
        </div>
      )}
    </li>
  );
}

function healthWords({ kind, hooks, health }: PluginEntry): string {
  const { asked, failed, p50_us } = health;
  const what = kind === 'table' ? t('plugins.table') : hooks.slice(0, 2).map(hookWords).join(', ');
  if (asked === 0) return what;
  const took = tookWords(p50_us);
  return failed === 0 ? `${what} · ${took}` : `${what} · ${took} · ${t('plugins.failed_count', { count: failed })}`;
}

function packageWords(ids: readonly string[], packages: readonly NamedPackage[] | null): string {
  const [first] = ids;
  const only = ids.length === 1 ? packages?.find((one) => one.id === first) : undefined;
  return only ? t('plugins.only_for', { name: only.name }) : t('plugins.for_packages', { count: ids.length });
}
