// A button that opens a small panel beside itself; Esc, a click elsewhere or Tab out of it closes.
import './Menu.css';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

interface Props {
  /** The look of the button. */
  look: string;
  label: string;
  trigger: ComponentChildren;
  /** Draws the panel; `close` gives the focus back to the button. */
  children: (close: () => void) => ComponentChildren;
}

export function Menu({ look, label, trigger, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  useEffect(() => {
    if (!isOpen) return;
    const leave = (event: Event) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', leave);
    document.addEventListener('focusin', leave);
    return () => {
      document.removeEventListener('pointerdown', leave);
      document.removeEventListener('focusin', leave);
    };
  }, [isOpen]);

  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      close();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (isOpen) move(root.current, event.key === 'ArrowDown' ? 1 : -1);
      else setOpen(true);
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button and the entries inside have the focus, their keys come by here
    <div class="menu" ref={root} onKeyDown={keys}>
      <button
        ref={button}
        type="button"
        class={look}
        aria-label={label}
        title={label}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {trigger}
      </button>
      {isOpen ? (
        <div id={id} class="menu-panel">
          {children(close)}
        </div>
      ) : null}
    </div>
  );
}

/** Moves the focus through the entries of the panel, round the ends. */
function move(root: HTMLElement | null, step: 1 | -1) {
  const entries = [...(root?.querySelectorAll<HTMLElement>('.menu-panel :is(button, a, [tabindex="0"])') ?? [])];
  const at = entries.findIndex((entry) => entry.isSameNode(document.activeElement));
  const next = at < 0 && step < 0 ? entries.length - 1 : (at + step + entries.length) % entries.length;
  entries[next]?.focus();
}
