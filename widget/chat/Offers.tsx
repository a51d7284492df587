/** What can be done in place of waiting: order a call, leave a message. */
import type { Letter } from './letter';
import { config, t } from './speech';
import type { View } from './view';

interface Props {
  view: View;
  letter: Letter;
}

export function Offers({ view, letter }: Props) {
  return (
    <>
      {view.offersOrder && (
        <a class="plain" href={`${config.call_page}#order`} target="_blank" rel="noopener">
          {t('order.offer')}
        </a>
      )}
      {view.offersMessage && (
        <button type="button" class="plain" onClick={() => letter.open()}>
          {t('letter.title')}
        </button>
      )}
    </>
  );
}
