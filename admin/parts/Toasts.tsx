// Short notices at the bottom; one may carry an action that undoes what was done.
import './Toasts.css';
import { X } from 'lucide';
import { Icon } from '../../widget/kit/Icon';
import type { Toast } from '../store/toasts';

interface Props {
  toasts: readonly Toast[];
  closeLabel: string;
  onAct: (toast: Toast) => void;
  onDismiss: (toast: Toast) => void;
}

export function Toasts({ toasts, closeLabel, onAct, onDismiss }: Props) {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.map((toast) => (
        <div class="toast" key={toast.id}>
          <span>{toast.text}</span>
          {toast.action ? (
            <button type="button" class="act" onClick={() => onAct(toast)}>
              {toast.action}
            </button>
          ) : null}
          <button
            type="button"
            class="shut"
            aria-label={closeLabel}
            title={closeLabel}
            onClick={() => onDismiss(toast)}
          >
            <Icon icon={X} size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
