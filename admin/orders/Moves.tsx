// What can be done with an order or a left message: take it, finish it, or give it back.
import { Check, Hand, Undo2 } from 'lucide';
import { Button } from '../parts/Button';
import type { OrderState } from '../store/api-orders';
import { t } from '../store/texts';

interface Props {
  state: OrderState;
  isBusy: boolean;
  onMove: (to: OrderState) => void;
}

export function Moves({ state, isBusy, onMove }: Props) {
  return (
    <div class="order-moves">
      {state === 'new' ? (
        <Button kind="main" icon={Hand} busy={isBusy} onClick={() => onMove('taken')}>
          {t('order.take')}
        </Button>
      ) : null}
      {state === 'done' ? null : (
        <Button kind={state === 'taken' ? 'main' : 'plain'} icon={Check} busy={isBusy} onClick={() => onMove('done')}>
          {t('order.do')}
        </Button>
      )}
      {state === 'new' ? null : (
        <Button icon={Undo2} busy={isBusy} onClick={() => onMove('new')}>
          {t(state === 'done' ? 'order.reopen' : 'order.give_back')}
        </Button>
      )}
    </div>
  );
}
