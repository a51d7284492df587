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

/** Keeps `attentive` and `now` true; once per page. */
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

export function notify(notice: Notice) {
  try {
    const shown = new Notification(notice.title, { body: notice.body, tag: notice.tag });
    shown.addEventListener('click', () => {
      notice.open();
      shown.close();
    });
  } catch {
    // Phones allow notifications from service workers alone; sound and title still tell.
  }
}
