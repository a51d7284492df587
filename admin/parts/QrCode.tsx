// A QR code as the hub drew it: dark squares on white in every look, or cameras do not find it.
import './QrCode.css';
import type { Qr } from '../store/api-accounts';

interface Props {
  qr: Qr;
  label: string;
}

export function QrCode({ qr, label }: Props) {
  return (
    <svg
      class="qr-code"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${qr.size} ${qr.size}`}
      shape-rendering="crispEdges"
    >
      <path d={qr.path} />
    </svg>
  );
}
