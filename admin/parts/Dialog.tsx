// A modal sheet in the browser's own dialog: it traps the focus and gives it back.
import './Dialog.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  label: string;
  look: string;
  children: ComponentChildren;
  onClose: () => void;
}

export function Dialog({ label, look, children, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc closes a dialog by itself, this click is on its backdrop
    <dialog
      ref={dialog}
      class={`dialog ${look}`}
      aria-label={label}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) dialog.current?.close();
      }}
    >
      {children}
    </dialog>
  );
}
