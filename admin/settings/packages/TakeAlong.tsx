// What an owner takes along: the snippet for the site, and the address of the call page.
import { useSignal } from '@preact/signals';
import { ExternalLink, QrCode } from 'lucide';
import { Icon } from '../../../widget/kit/Icon';
import { Button } from '../../parts/Button';
import { CopyField } from '../../parts/CopyField';
import type { Package } from '../../store/api-packages';
import { t } from '../../store/texts';
import { Qr } from './Qr';

interface Props {
  kept: Package;
}

export function TakeAlong({ kept }: Props) {
  const isQrShown = useSignal(false);
  return (
    <div class="take-along">
      <CopyField
        label={t('package.snippet')}
        text={kept.snippet}
        copy={t('package.copy_clipboard')}
        hint={t('package.snippet_hint')}
      />
      <CopyField label={t('package.call_page')} text={kept.call_page} copy={t('package.copy')}>
        <Button
          icon={QrCode}
          onClick={() => {
            isQrShown.value = true;
          }}
        >
          {t('package.qr')}
        </Button>
        <a class="button" href={kept.call_page} target="_blank" rel="noopener">
          <Icon icon={ExternalLink} size={16} />
          {t('package.open')}
        </a>
      </CopyField>
      {isQrShown.value ? (
        <Qr
          kept={kept}
          onClose={() => {
            isQrShown.value = false;
          }}
        />
      ) : null}
    </div>
  );
}
