/** Whose page it is: the logo, or a monogram and the name, leading to the company's web site when it has one. */
import { initials } from '../kit/Face';
import { settings, t } from './speech';
import './Header.css';

/** A picture that does not load makes room for the monogram behind it. */
function drop(event: Event): void {
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.parentElement?.classList.add('is-plain');
}

export function Header() {
  const { company, web_address, logo } = settings.value;
  const mark = (
    <>
      {logo && <img class="mark-logo" key={logo} src={logo} alt={company} onError={drop} />}
      <span class={`mark-name ${logo ? 'has-logo' : ''}`}>
        <span class="mark-letters" aria-hidden="true">
          {initials(company)}
        </span>
        <span dir="auto">{company}</span>
      </span>
    </>
  );
  return (
    <header class="header">
      {/^https?:/.test(web_address) ? (
        <a class="mark" href={web_address} target="_blank" rel="noopener" title={t('header.site')}>
          {mark}
        </a>
      ) : (
        <div class="mark">{mark}</div>
      )}
    </header>
  );
}
