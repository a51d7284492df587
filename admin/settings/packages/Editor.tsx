// The editor of a package: loads it, and keeps what was typed until it is saved or given up.
import './Editor.css';
import './Hours.css';
import './Lists.css';
import { useSignal } from '@preact/signals';
import { PackageX } from 'lucide';
import { useEffect } from 'preact/hooks';
import { Calm } from '../../parts/Calm';
import type { PackageTab } from '../../routes';
import type { Problem } from '../../store/api';
import { packagesApi } from '../../store/api-packages';
import { PackageEditor } from '../../store/package-editor';
import { t } from '../../store/texts';
import type { Toasts } from '../../store/toasts';
import { leave, leftBehind } from '../../store/unsaved';
import { Sheet } from './Sheet';
import { problemWords } from './words';

interface Props {
  /** Whoever is signed in. */
  account: string;
  id: string;
  tab: PackageTab;
  toasts: Toasts;
}

export default function Editor({ account, id, tab, toasts }: Props) {
  const editor = useSignal<PackageEditor | null>(null);
  const problem = useSignal<Problem | null>(null);

  useEffect(() => {
    const found = leftBehind(PackageEditor, account, id);
    if (found !== undefined) {
      editor.value = found;
      return;
    }
    void packagesApi.one(id).then((answer) => {
      if (answer.ok) editor.value = new PackageEditor(answer.value, packagesApi);
      else problem.value = answer.problem;
    });
  }, [account, id, editor, problem]);

  useEffect(
    () => () => {
      const open = editor.peek();
      if (open !== null) leave(account, open);
    },
    [account, editor],
  );

  if (problem.value !== null) {
    const isGone = problem.value.status === 404 || problem.value.status === 400;
    return (
      <main class="page">
        <Calm
          icon={PackageX}
          title={t(isGone ? 'package.gone' : 'package.failed_load')}
          text={isGone ? t('package.gone_text') : problemWords(problem.value)}
        >
          <a class="button main" href="#/packages">
            {t('package.to_list')}
          </a>
        </Calm>
      </main>
    );
  }
  if (editor.value === null) return <main class="page" aria-busy="true" />;
  return <Sheet editor={editor.value} tab={tab} toasts={toasts} />;
}
