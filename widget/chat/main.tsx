/** Starts the chat window: one conversation, one tree of components, drawn anew when a signal they read changes. */
import { effect } from '@preact/signals-core';
import { render } from 'preact';
import '../kit/theme.css';
import './chat.css';
import { Shelf } from '../kit/shelf';
import { App } from './App';
import { focusField } from './Composer';
import { Conversation } from './conversation';
import { Host } from './host';
import { Scroller } from './scroller';
import { config, t } from './speech';

/** Written from right to left. */
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

const host = new Host();
const conversation = new Conversation(config.key, new Shelf(`c2c:${config.key}`), host);
const scroller = new Scroller(conversation);

const root = document.documentElement;
root.lang = config.lang;
root.dir = RIGHT_TO_LEFT.includes(config.lang) ? 'rtl' : 'ltr';
root.style.setProperty('--theme-a', config.a);
root.style.setProperty('--theme-b', config.b);
document.title = t('title', { company: config.company });

// The whole tree is small enough to be drawn from its root: no glue between signals and components is needed.
effect(() => render(<App conversation={conversation} scroller={scroller} host={host} />, document.body));

// Most visitors only pass the button with the pointer; a socket is for those who open the window or have a chat.
effect(() => {
  if (host.isKnown.value && (host.isShown.value || conversation.hasBefore)) conversation.start();
});
effect(() => {
  if (host.openings.value > 0) focusField();
});
addEventListener('pointerdown', () => conversation.attention.touch());
addEventListener('keydown', () => conversation.attention.touch());
host.tell({ c2c: 'ready' });
