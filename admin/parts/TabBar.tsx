// The parts of one thing, each at an address of its own: links, so that back, reload and a new tab work.
import './TabBar.css';

interface Tab {
  href: string;
  words: string;
  isCurrent: boolean;
  /** A dot beside the words, with its meaning for screen readers. */
  mark?: { look: 'changed' | 'wrong'; words: string } | undefined;
}

interface Props {
  label: string;
  tabs: readonly Tab[];
}

export function TabBar({ label, tabs }: Props) {
  return (
    <nav class="tab-bar" aria-label={label}>
      {tabs.map(({ href, words, isCurrent, mark }) => (
        <a key={href} href={href} aria-current={isCurrent ? 'page' : undefined}>
          {words}
          {mark === undefined ? null : (
            <>
              <i class={`tab-mark ${mark.look}`} />
              <span class="unseen"> ({mark.words})</span>
            </>
          )}
        </a>
      ))}
    </nav>
  );
}
