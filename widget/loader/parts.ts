/** What stands in the shadow root. Only createElement: pages may forbid everything else. */
import { config } from './config';
import css from './loader.css?inline';
import { placement } from './placement';

const host = make('click2call-me');
export const root = host.attachShadow({ mode: 'open' });
export const stage = make('div');
export const button = make('button', 'button');
export const badge = make('span', 'badge');
export const peek = make('button', 'peek');
export const shade = make('div', 'window');
export const icon = draw('path');

/** Puts everything on the page: beside <body>, which may not exist yet and which some sites replace at each navigation. */
export function mount(): void {
  const sheet = new CSSStyleSheet();
  const dock = make('div', 'dock');
  const label = make('span', 'label');
  const svg = draw('svg');
  sheet.replaceSync(css + placement(config));
  root.adoptedStyleSheets = [sheet];
  host.lang = config.lang;
  label.textContent = config.label;
  label.dir = peek.dir = 'auto';
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.append(icon);
  button.append(label, svg);
  dock.append(button, badge);
  stage.append(dock, peek, shade);
  root.append(stage);
  document.documentElement.append(host);
}

function make(tag: string, name = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  return made;
}

function draw(tag: string): Element {
  return document.createElementNS('http://www.w3.org/2000/svg', tag);
}
