// Asks before something that cannot be taken back; the harmless answer has the focus.
import './Confirm.css';
import type { ComponentChildren } from 'preact';
import { Button } from './Button';
import { Dialog } from './Dialog';

interface Props {
  title: string;
  /** What happens, in plain words. */
  children: ComponentChildren;
  yes: string;
  no: string;
  /** It destroys something. */
  isBad?: boolean;
  isBusy?: boolean;
  /** Why it did not work. */
  problem?: string | null;
  /** A way between the two. */
  third?: ComponentChildren;
  onYes: () => void;
  onNo: () => void;
}

export function Confirm(props: Props) {
  const { title, children, yes, no, isBad = false, isBusy = false, problem, third, onYes, onNo } = props;
  return (
    <Dialog look="confirm" label={title} onClose={onNo}>
      <h2>{title}</h2>
      <div class="confirm-text">{children}</div>
      <p class="confirm-problem" role="alert">
        {problem}
      </p>
      <footer>
        <Button onClick={onNo}>{no}</Button>
        {third}
        <Button kind={isBad ? 'bad' : 'main'} busy={isBusy} onClick={onYes}>
          {yes}
        </Button>
      </footer>
    </Dialog>
  );
}
