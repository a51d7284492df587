// The frame of the screens before the desk: mark, card, language switch.
import './Gate.css';
import type { ComponentChildren } from 'preact';
import icon from '../parts/icon.svg?url';
import type { Language } from '../store/api';
import { language, t } from '../store/texts';

interface Props {
  title: string;
  lead: string;
  children: ComponentChildren;
  onLanguage: (language: Language) => void;
}

const LANGUAGES: readonly { code: Language; name: string }[] = [
  { code: 'en', name: 'English' },
  { code: 'pl', name: 'Polski' },
];

export function Gate({ title, lead, children, onLanguage }: Props) {
  return (
    <div class="gate">
      <main class="gate-card">
        <header class="gate-head">
          <img src={icon} alt="" width={40} height={40} />
          <h1>{title}</h1>
          <p>{lead}</p>
        </header>
        {children}
      </main>
      <nav class="gate-languages" aria-label={t('language')}>
        {LANGUAGES.map(({ code, name }) => (
          <button
            type="button"
            lang={code}
            key={code}
            aria-pressed={language() === code}
            onClick={() => onLanguage(code)}
          >
            {name}
          </button>
        ))}
      </nav>
    </div>
  );
}
