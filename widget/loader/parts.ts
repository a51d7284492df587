/** What stands in the shadow root. Only createElement: pages may forbid everything else. */
import type { Config } from './config';
import css from './loader.css?inline';

// Beside <body>, which may not exist yet and which some sites replace at each navigation. It joins the page last.
const host = document.createElement('click2call-me');
export const root = host.attachShadow({ mode: 'open' });
export const stage = make('div', root);
const dock = make('div', stage, 'dock');
export const button = make('button', dock, 'button');
export const badge = make('span', dock, 'badge');
const label = make('span', button, 'label');
export const icon = draw('path', draw('svg', button));
export const peek = make('button', stage, 'peek');
export const shade = make('div', stage, 'window');
const sheet = new CSSStyleSheet();

/** Puts everything on the page. */
export function mount(): void {
  root.adoptedStyleSheets = [sheet];
  label.dir = peek.dir = 'auto';
  document.documentElement.append(host);
}

/** Gives everything the looks and words of the package. */
export function dress(config: Config): void {
  sheet.replaceSync(`${css}:host{${config.look}}`);
  host.lang = config.lang;
  label.textContent = config.label;
}

function make(tag: string, parent: Node, name = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  parent.appendChild(made);
  return made;
}

function draw(tag: string, parent: Node): Element {
  const drawn = document.createElementNS('http://www.w3.org/2000/svg', tag);
  drawn.setAttribute('viewBox', '0 0 24 24');
  parent.appendChild(drawn);
  return drawn;
}
