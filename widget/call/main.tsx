/** Starts the call page: what the hub tells live, one order, one tree drawn anew when a signal it read changes. */
import { effect } from '@preact/signals-core';
import { render } from 'preact';
import '../kit/theme.css';
import './call.css';
import { Shelf } from '../kit/shelf';
import { App } from './App';
import { askConfig } from './config';
import { Dock } from './dock';
import { headingOf, screenOf } from './headings';
import { Live } from './live';
import { OrderForm } from './order';
import { Place } from './place';
import { settings } from './speech';

/** Written from right to left. */
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

const { key } = settings.value;
const shelf = new Shelf(`c2c:${key}`);
const live = new Live(key, shelf, () => {
  void askConfig().then((config) => {
    if (config !== undefined) settings.value = config;
  });
});
const place = new Place((consultant) => live.pick(consultant));
const form = new OrderForm(live, () => place.move());
const dock = new Dock(shelf);

effect(() => {
  const { lang, a, b, company } = settings.value;
  const root = document.documentElement;
  root.lang = lang;
  root.dir = RIGHT_TO_LEFT.includes(lang) ? 'rtl' : 'ltr';
  root.style.setProperty('--theme-a', a);
  root.style.setProperty('--theme-b', b);
  const unread = dock.unread.value;
  const heading = headingOf(screenOf(live, place, form), live);
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${heading} – ${company}`;
});

addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  if (dock.isOpen.value) dock.minimize();
  else place.leave();
});

// The whole tree is small enough to be drawn from its root: no glue between signals and components is needed.
effect(() =>
  render(<App live={live} place={place} form={form} dock={dock} onBack={() => place.leave()} />, document.body),
);

// Half-hours are asked for when the visitor comes to the order, and again when the line is back, the settings are new or
// the day is over.
let before: readonly unknown[] = [];
effect(() => {
  const here = [place.isOrdering.value, live.socket.line.value, settings.value, form.today];
  const isNew = here.some((each, index) => each !== before[index]);
  before = here;
  // Until the line is up or lost once, nobody knows which day it is.
  if (isNew && place.isOrdering.value && live.socket.line.value !== 'connecting')
    queueMicrotask(() => void form.load());
});

effect(() => {
  if (!place.isOrdering.value) form.startAnew();
});

live.start();
