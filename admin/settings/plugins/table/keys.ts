// Keys of the rule table, and moving to the cell of a JSON pointer.

/** Moves to the cell of a pointer, or to the nearest one around it. */
export function focusOn(pointer: string): void {
  for (let part = pointer; part !== ''; part = part.slice(0, part.lastIndexOf('/'))) {
    const found = document.querySelector(`[data-pointer="${CSS.escape(part)}"]`);
    const field = found?.querySelector<HTMLElement>('input, textarea, select, button');
    if (field) {
      field.scrollIntoView({ block: 'center' });
      field.focus();
      return;
    }
  }
}

/** Ctrl+S saves, also while somebody types; gives back what ends it. */
export function listenForSave(save: () => void): () => void {
  const hear = (event: KeyboardEvent) => {
    const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === 's';
    if (!isSave) return;
    // The browser would save this page as a file.
    event.preventDefault();
    if (!document.querySelector('dialog[open]')) save();
  };
  addEventListener('keydown', hear);
  return () => removeEventListener('keydown', hear);
}
