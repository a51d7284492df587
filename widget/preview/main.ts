/** Shows the button as the admin in the frame around says, drawn by the loader that stands on the business's site. */
import './preview.css';
import '../loader/loader';
import type { Config } from '../loader/config';
import { baked } from './config';

/** What the admin says. */
interface Wish {
  button?: Config;
  look?: 'light' | 'dark';
}

addEventListener('message', (event: MessageEvent<Wish>) => {
  if (event.origin !== location.origin || event.source !== parent) return;
  const { button, look } = event.data;
  if (look) document.documentElement.style.colorScheme = look;
  if (!button) return;
  // A window that was tried here must not keep the button where the settings hide it.
  sessionStorage.removeItem(`c2c:${baked.key}`);
  const redraw: unknown = window.Click2CallMe && Reflect.get(window.Click2CallMe, 'redraw');
  if (typeof redraw === 'function') redraw(button);
});

// Until it hears this, the admin would speak to a page that does not listen yet.
parent.postMessage({ c2c: 'preview' }, location.origin);
