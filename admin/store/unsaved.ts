// Editors with unsaved changes whose screen went away without asking: a sign-in that ended, a sign-out.
// They stay in this page's memory for the same account alone, so that nothing typed is lost.
import type { PackageEditor } from './package-editor';

const left = new Map<string, PackageEditor>();

/** Keeps an editor that still has changes; one without is forgotten. */
export function leave(account: string, editor: PackageEditor): void {
  const name = nameOf(account, editor.kept.value.id);
  if (editor.isChanged.value) left.set(name, editor);
  else left.delete(name);
}

/** The editor this account left, with what was typed there. */
export function leftBehind(account: string, id: string): PackageEditor | undefined {
  return left.get(nameOf(account, id));
}

function nameOf(account: string, id: string): string {
  return `${account}/${id}`;
}
