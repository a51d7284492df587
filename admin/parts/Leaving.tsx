// Asks whoever leaves an editor with unsaved changes: save, give up, or stay; for closing the page the browser asks.
import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import { guardPlace, type Place } from '../routes';
import { Button } from './Button';
import { Confirm } from './Confirm';

/** What somebody works at. */
interface Work {
  isChanged: ReadonlySignal<boolean>;
  isSaving: ReadonlySignal<boolean>;
  revert: () => unknown;
}

interface Props {
  work: Work;
  /** Places that belong to the same work: going there is not leaving. */
  isWithin: (to: Place) => boolean;
  words: { title: string; text: string; save: string; stay: string; discard: string };
  /** Gives back whether everything was saved. */
  onSave: () => Promise<boolean>;
}

export function Leaving({ work, isWithin, words, onSave }: Props) {
  const leave = useSignal<(() => void) | null>(null);
  const isChanged = work.isChanged.value;

  // An effect would wait for a frame, and whoever goes back at once would not be asked.
  useLayoutEffect(() => {
    if (!isChanged) return;
    const stop = guardPlace((to, go) => {
      // What was worked at may be gone since a moment: there is nothing left to save.
      if (!work.isChanged.peek() || isWithin(to)) return false;
      leave.value = go;
      return true;
    });
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => {
      stop();
      removeEventListener('beforeunload', ask);
    };
  }, [isChanged, work, isWithin, leave]);

  if (leave.value === null) return null;
  const go = leave.value;
  const stay = () => {
    leave.value = null;
  };
  const save = async () => {
    const isSaved = await onSave();
    stay();
    if (isSaved) go();
  };
  const discard = () => {
    stay();
    // Given up on purpose, so that nothing brings it back.
    work.revert();
    go();
  };
  return (
    <Confirm
      title={words.title}
      yes={words.save}
      no={words.stay}
      isBusy={work.isSaving.value}
      third={<Button onClick={discard}>{words.discard}</Button>}
      onYes={() => void save()}
      onNo={stay}
    >
      <p>{words.text}</p>
    </Confirm>
  );
}
