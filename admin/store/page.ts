// The browser page around the desk: focus, title, icon, look, desktop notifications, the ticking clock.
import { effect, signal } from '@preact/signals';
import plain from '../parts/icon.svg?url';
import dotted from '../parts/icon-dot.svg?url';
import type { Notice } from './alerts';
import type { Look } from './prefs';

/** The page is on screen and has the focus. */
export const attentive = signal(true);

/** The browser's clock, each second: waits tick by it. */
export const now = signal(Date.now());

/** There is room for the whole left column; on smaller screens it is a rail or gone. */
export const isWide = signal(true);

/** Keeps `attentive`, `now` and `isWide` true; once per page. */
export function watchPage() {
  const look = () => {
    attentive.value = document.visibilityState === 'visible' && document.hasFocus();
  };
  look();
  for (const event of ['focus', 'blur', 'pageshow']) addEventListener(event, look);
  document.addEventListener('visibilitychange', look);
  setInterval(() => {
    now.value = Date.now();
  }, 1000);
  const wide = matchMedia('(width >= 1024px)');
  const measure = () => {
    isWide.value = wide.matches;
  };
  measure();
  wide.addEventListener('change', measure);
}

/** Shows the title, and a dot on the icon while something waits. */
export function showTitle(read: () => { title: string; isDotted: boolean }) {
  return effect(() => {
    const { title, isDotted } = read();
    document.title = title;
    document.getElementById('favicon')?.setAttribute('href', isDotted ? dotted : plain);
  });
}

export function showLook(look: Look) {
  if (look === 'auto') document.documentElement.removeAttribute('data-look');
  else document.documentElement.dataset.look = look;
}

export function permission(): NotificationPermission | 'missing' {
  return 'Notification' in window ? Notification.permission : 'missing';
}

/** Shows a desktop notification; gives back what takes it away. */
export function notify({ title, body, tag, stays = false, open }: Notice): () => void {
  try {
    const shown = new Notification(title, { body, tag, requireInteraction: stays });
    shown.addEventListener('click', () => {
      open();
      shown.close();
    });
    return () => shown.close();
  } catch {
    // Phones allow notifications from service workers alone; sound and title still tell.
    return () => {};
  }
}
