// Hears the keys of the whole page and runs the action they mean.
import type { ReadonlySignal } from '@preact/signals';
import { type Action, type Press, pressed } from '../store/actions';

/** Listens until the function it gives back is called. */
export function listen(actions: () => readonly Action[], letters: ReadonlySignal<boolean>): () => void {
  const hear = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    // Under a dialog only the dialog has keys.
    if (document.querySelector('dialog[open]')) return;
    const action = pressed(actions(), read(event), letters.peek());
    if (action === undefined) return;
    event.preventDefault();
    action.run();
  };
  addEventListener('keydown', hear);
  return () => removeEventListener('keydown', hear);
}

function read(event: KeyboardEvent): Press {
  const { ctrlKey: ctrl, altKey: alt, metaKey: meta, code } = event;
  // With Alt some keyboards write another sign; the key itself is meant.
  const key = alt && /^(?:Digit\d|Key[A-Z])$/.test(code) ? code.slice(-1) : event.key;
  return { key, ctrl, alt, meta, isBusy: writes(document.activeElement) };
}

/** Somebody writes, or walks through a menu. */
function writes(element: Element | null): boolean {
  return element?.closest('input, textarea, select, [contenteditable], .menu-panel') !== null && element !== null;
}
