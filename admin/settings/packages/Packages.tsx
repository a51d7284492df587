// Packages of the business: the list, or the editor of one of them.
import './Packages.css';
import { useEffect, useMemo } from 'preact/hooks';
import { lazy } from '../../parts/lazy';
import type { PackageTab } from '../../routes';
import { packagesApi } from '../../store/api-packages';
import type { App } from '../../store/app';
import { Packages as List } from '../../store/packages';
import { PackageList } from './PackageList';

interface Props {
  app: App;
  /** Whoever is signed in. */
  account: string;
  /** The package that is edited, or null for the list. */
  shown: { id: string; tab: PackageTab } | null;
}

const Editor = lazy(() => import('./Editor'));

export default function Packages({ app, account, shown }: Props) {
  const list = useMemo(() => new List(packagesApi), []);
  const isListShown = shown === null;

  useEffect(() => {
    if (isListShown) void list.load();
  }, [list, isListShown]);

  if (shown === null) return <PackageList list={list} toasts={app.toasts} />;
  return <Editor key={shown.id} account={account} id={shown.id} tab={shown.tab} toasts={app.toasts} />;
}
