// A list that comes page by page: what is said when it failed or there is nothing, and older ones on demand.
import { CircleAlert } from 'lucide';
import type { ComponentChildren } from 'preact';
import type { IconNode } from '../../widget/kit/Icon';
import type { Pages } from '../store/pages';
import { t } from '../store/texts';
import { Button } from './Button';
import { Calm } from './Calm';

interface Props<T extends { id: string }> {
  pages: Pages<T>;
  /** Said where there is nothing. */
  none: { icon: IconNode; title: string; text: string };
  /** The key that brings older ones. */
  older: string;
  /** Whether the older ones came. */
  onOlder: (came: boolean) => void;
  /** The entries. */
  children: ComponentChildren;
}

export function PagedList<T extends { id: string }>({ pages, none, older, onOlder, children }: Props<T>) {
  const state = pages.state.value;
  return (
    <>
      {state === 'failed' ? (
        <Calm icon={CircleAlert} title={t('failed')} text={t('problem.offline')}>
          <Button kind="main" onClick={() => void pages.restart()}>
            {t('again')}
          </Button>
        </Calm>
      ) : null}
      {state === 'here' && pages.entries.value.length === 0 ? <Calm {...none} /> : null}
      {children}
      {pages.hasMore.value ? (
        <Button busy={pages.isLoadingMore.value} onClick={() => void pages.loadMore().then(onOlder)}>
          {older}
        </Button>
      ) : null}
    </>
  );
}
