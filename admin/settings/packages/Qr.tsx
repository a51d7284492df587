// The call page as a QR code: to look at, to print, to save.
import './Qr.css';
import { useSignal } from '@preact/signals';
import { Download, Printer } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { type Package, packagesApi, type QrCode } from '../../store/api-packages';
import { t } from '../../store/texts';

interface Props {
  kept: Package;
  onClose: () => void;
}

/** What the standard asks for around the code, in modules. */
const MARGIN = 4;

export function Qr({ kept, onClose }: Props) {
  const code = useSignal<QrCode | null>(null);
  const isLost = useSignal(false);
  const svg = useRef<SVGSVGElement>(null);

  useEffect(() => {
    void packagesApi.qr(kept.id).then((answer) => {
      if (answer.ok) code.value = answer.value;
      isLost.value = !answer.ok;
    });
  }, [kept.id, code, isLost]);

  const save = () => {
    if (svg.current === null) return;
    const text = new XMLSerializer().serializeToString(svg.current);
    const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${kept.key}.svg`;
    link.click();
    URL.revokeObjectURL(url);
  };

  return (
    <Dialog label={t('package.qr_title')} look="qr" onClose={onClose}>
      <h2>{t('package.qr_title')}</h2>
      {isLost.value ? <p class="wrong">{t('package.qr_failed')}</p> : null}
      {code.value === null ? (
        <div class="qr-place" aria-busy={!isLost.value} />
      ) : (
        <svg
          ref={svg}
          class="qr-place"
          xmlns="http://www.w3.org/2000/svg"
          viewBox={`${-MARGIN} ${-MARGIN} ${code.value.size + 2 * MARGIN} ${code.value.size + 2 * MARGIN}`}
          role="img"
          aria-label={t('package.qr_title')}
          shape-rendering="crispEdges"
        >
          <rect x={-MARGIN} y={-MARGIN} width="100%" height="100%" fill="#fff" />
          <path d={code.value.path} fill="#000" />
        </svg>
      )}
      <p class="qr-address">{kept.call_page}</p>
      <footer>
        <Button icon={Printer} disabled={code.value === null} onClick={() => print()}>
          {t('package.qr_print')}
        </Button>
        <Button icon={Download} disabled={code.value === null} onClick={save}>
          {t('package.qr_save')}
        </Button>
        <form method="dialog">
          <Button kind="main" submit>
            {t('close')}
          </Button>
        </form>
      </footer>
    </Dialog>
  );
}
