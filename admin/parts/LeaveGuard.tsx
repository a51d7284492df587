// Asks whoever leaves a form with something unsaved; for closing the page the browser asks in its own words.
import { useLayoutEffect, useState } from 'preact/hooks';
import { guardPlace } from '../routes';
import { t } from '../store/texts';
import { Confirm } from './Confirm';

interface Props {
  /** Is there something to lose at this moment? */
  isUnsaved: () => boolean;
}

export function LeaveGuard({ isUnsaved }: Props) {
  const [leave, setLeave] = useState<{ go: () => void } | null>(null);

  // An effect would wait for a frame, and whoever goes back at once would not be asked.
  useLayoutEffect(() => {
    const stop = guardPlace((_to, go) => {
      if (!isUnsaved()) return false;
      setLeave({ go });
      return true;
    });
    const ask = (event: BeforeUnloadEvent) => {
      if (isUnsaved()) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => {
      stop();
      removeEventListener('beforeunload', ask);
    };
  });

  if (leave === null) return null;
  return (
    <Confirm
      title={t('leave.title')}
      yes={t('leave.do')}
      no={t('leave.stay')}
      onYes={() => {
        setLeave(null);
        leave.go();
      }}
      onNo={() => setLeave(null)}
    >
      <p>{t('leave.text')}</p>
    </Confirm>
  );
}
