// A text to take along: selected by a click, copied by a button where the browser has a clipboard.
import './CopyField.css';
import { useSignal } from '@preact/signals';
import { Check, Copy } from 'lucide';
import type { ComponentChildren } from 'preact';
import { t } from '../store/texts';
import { Button } from './Button';

interface Props {
  label: string;
  text: string;
  /** What the button says. */
  copy?: string;
  hint?: string;
  /** Further buttons beside the one that copies. */
  children?: ComponentChildren;
}

/** Long enough to be seen, short enough to copy again. */
const DONE_MS = 2_000;

/** False on pages without TLS and in old browsers. */
export function canCopy(): boolean {
  return 'clipboard' in navigator && navigator.clipboard !== undefined;
}

export function CopyField({ label, text, copy, hint, children }: Props) {
  return (
    <section class="copy-field" aria-label={label}>
      <header>
        <h3>{label}</h3>
        {children}
        <CopyButton text={text} words={copy ?? t('package.copy')} />
      </header>
      <Selectable text={text} label={label} />
      {hint === undefined ? null : <p>{hint}</p>}
    </section>
  );
}

/** The button alone; nothing where nothing can be copied. */
export function CopyButton({ text, words, label }: { text: string; words?: string; label?: string }) {
  const isDone = useSignal(false);
  if (!canCopy()) return null;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    isDone.value = true;
    setTimeout(() => {
      isDone.value = false;
    }, DONE_MS);
  };
  const done = t('package.copy_done');
  return (
    <Button
      kind={words === undefined ? 'round' : 'plain'}
      icon={isDone.value ? Check : Copy}
      {...(label === undefined ? {} : { label: isDone.value ? done : label })}
      onClick={() => void copy()}
    >
      {words === undefined ? null : isDone.value ? done : words}
      <span class="unseen" role="status">
        {isDone.value ? done : ''}
      </span>
    </Button>
  );
}

function Selectable({ text, label }: { text: string; label: string }) {
  return (
    <textarea
      readOnly
      rows={1}
      aria-label={label}
      value={text}
      spellcheck={false}
      onFocus={(event) => event.currentTarget.select()}
      onClick={(event) => event.currentTarget.select()}
    />
  );
}
