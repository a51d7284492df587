// The button as it will be, drawn by the loader itself in a frame, in each of its states.
import './Preview.css';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Pick } from '../../parts/Pick';
import type { PackagePreview } from '../../store/package-preview';
import { t } from '../../store/texts';

interface Props {
  publicKey: string;
  preview: PackagePreview;
  /** The company's web site, for the look of it. */
  web: string;
  /** Where there is no room beside the fields, it is shown on demand. */
  isOpen: boolean;
}

export function Preview({ publicKey, preview, web, isOpen: isShown }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const isReady = useSignal(false);
  const width = useSignal<'desktop' | 'phone'>('desktop');
  const button = preview.button.value;
  const { isLabelShown, isOpen } = preview.state.value;

  useEffect(() => {
    const hear = (event: MessageEvent<unknown>) => {
      if (event.source === frame.current?.contentWindow && event.origin === location.origin) isReady.value = true;
    };
    addEventListener('message', hear);
    return () => removeEventListener('message', hear);
  }, [isReady]);

  useEffect(() => {
    if (!isReady.value || button === null) return;
    const look = getComputedStyle(document.documentElement).colorScheme;
    const told = look === 'light' || look === 'dark' ? { look } : {};
    frame.current?.contentWindow?.postMessage({ button, ...told }, location.origin);
  }, [isReady.value, button]);

  return (
    <aside class="package-preview" data-open={isShown} aria-label={t('package.preview')}>
      <div class="preview-states">
        <Pick
          label={t('package.preview_label')}
          value={isLabelShown ? 'shown' : 'stuck'}
          options={[
            { value: 'shown', words: t('package.preview_shown') },
            { value: 'stuck', words: t('package.preview_stuck') },
          ]}
          onValue={(value) => preview.set({ isLabelShown: value === 'shown' })}
        />
        <Pick
          label={t('package.preview_hours')}
          value={isOpen ? 'open' : 'closed'}
          options={[
            { value: 'open', words: t('package.preview_open') },
            { value: 'closed', words: t('package.preview_closed') },
          ]}
          onValue={(value) => preview.set({ isOpen: value === 'open' })}
        />
        <Pick
          label={t('package.preview_width')}
          value={width.value}
          options={[
            { value: 'desktop', words: t('package.preview_desktop') },
            { value: 'phone', words: t('package.preview_phone') },
          ]}
          onValue={(value) => {
            width.value = value;
          }}
        />
      </div>
      <div class={`preview-page ${width.value}`}>
        <p aria-hidden="true">
          <i />
          <i />
          <i />
          <span>{host(web)}</span>
        </p>
        <div class="preview-glass">
          <iframe ref={frame} src={`/w/${publicKey}/preview`} title={t('package.preview_frame')} />
        </div>
      </div>
      <p class="preview-note" role="status">
        {noteOf(preview)}
      </p>
    </aside>
  );
}

/** Why the button looks otherwise than the states above say. */
function noteOf({ isStale, isHidden, button, state }: PackagePreview): string {
  if (isStale.value) return t('package.preview_stale');
  if (isHidden.value) return t('package.preview_hidden');
  const isAlways = button.value?.reveal === 0;
  return isAlways && !state.value.isLabelShown ? t('package.preview_always') : '';
}

function host(web: string): string {
  return URL.canParse(web) ? new URL(web).host : '';
}
