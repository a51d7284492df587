/** Asks once before X ends a running chat. */
import { t } from './speech';
import './Confirm.css';

interface Props {
  onStay: () => void;
  onClose: () => void;
}

/** The browser keeps the focus inside and closes it on Escape. */
function open(dialog: HTMLDialogElement | null): void {
  dialog?.showModal();
}

export function Confirm({ onStay, onClose }: Props) {
  return (
    <dialog ref={open} class="confirm" aria-labelledby="confirm-title" onClose={onStay}>
      <h2 id="confirm-title">{t('confirm.title')}</h2>
      <p>{t('confirm.text')}</p>
      <div class="pair">
        <button type="button" class="plain" onClick={onStay}>
          {t('confirm.stay')}
        </button>
        <button type="button" class="primary" onClick={onClose}>
          {t('header.close')}
        </button>
      </div>
    </dialog>
  );
}
