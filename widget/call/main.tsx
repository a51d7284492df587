/** Starts the call page: what the hub tells live, one order, one tree drawn anew when a signal it read changes. */
import { effect } from '@preact/signals-core';
import { render } from 'preact';
import '../kit/theme.css';
import './call.css';
import { Shelf } from '../kit/shelf';
import { App } from './App';
import { askConfig } from './config';
import { Dock } from './dock';
import { screenOf, titleOf } from './headings';
import { Live } from './live';
import { OrderForm } from './order';
import { Phone } from './phone';
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
const place = new Place(
  (consultant) => live.pick(consultant),
  (code) => live.useCode(code),
);
const form = new OrderForm(live, () => place.move());
const phone = new Phone(live, shelf, place);
const dock = new Dock(shelf, (consultant) => {
  live.pick(consultant);
  if (phone.stage === undefined || phone.stage === 'over') void phone.call();
});
live.chatCame = () => {
  dock.isMinimized.value = true;
};
const parts = { live, place, form, phone };

effect(() => {
  const { lang, a, b, company } = settings.value;
  const root = document.documentElement;
  root.lang = lang;
  root.dir = RIGHT_TO_LEFT.includes(lang) ? 'rtl' : 'ltr';
  root.style.setProperty('--theme-a', a);
  root.style.setProperty('--theme-b', b);
  const unread = dock.unread.value;
  const title = titleOf(screenOf(parts), parts);
  document.title = `${unread > 0 ? `(${unread}) ` : ''}${title} – ${company}`;
});

addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  if (dock.isOpen.value) dock.minimize();
  else if (place.isOrdering.value) place.leave();
  else phone.leave();
});

// The whole tree is small enough to be drawn from its root: no glue between signals and components is needed.
effect(() => render(<App parts={parts} dock={dock} />, document.body));

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
