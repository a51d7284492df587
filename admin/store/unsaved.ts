// Editors with unsaved changes whose screen went away without asking: a sign-in that ended, a sign-out.
// They stay in this page's memory for the same account alone, so that nothing typed is lost.

/** What is edited here: a package, a plugin. */
interface Editor {
  readonly kept: { readonly value: { readonly id: string } };
  readonly isChanged: { readonly value: boolean };
}

const left = new Map<string, Editor>();

/** Keeps an editor that still has changes; one without is forgotten. */
export function leave(account: string, editor: Editor): void {
  const name = nameOf(account, editor.kept.value.id);
  if (editor.isChanged.value) left.set(name, editor);
  else left.delete(name);
}

/** The editor of this kind that this account left, with what was typed there. */
export function leftBehind<Kind extends Editor>(
  kind: abstract new (...made: never[]) => Kind,
  account: string,
  id: string,
): Kind | undefined {
  const found = left.get(nameOf(account, id));
  return found instanceof kind ? found : undefined;
}

function nameOf(account: string, id: string): string {
  return `${account}/${id}`;
}
