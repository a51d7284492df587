/**
 * The button on a business's page: one small script, one global, nothing stored and nothing more asked for until the
 * visitor comes near it. It draws into a shadow root beside <body>, so neither styles nor body swaps of the page reach
 * it, and works under a policy that allows the hub only in script-src and frame-src.
 * A page has one button, so its state is the module's: the script stays under 3 KB over the wire.
 */
import type { FrameNotice, HostNotice } from '../kit/frame';
import { config } from './config';
import { badge, button, icon, mount, peek, root, shade, stage } from './parts';

interface Api {
  open: () => void;
  close: () => void;
}

declare global {
  interface Window {
    Click2CallMe?: Api;
  }
}

const CHAT = 'M7.9 20A9 9 0 1 0 4 16.1L2 22ZM8 12h.01M12 12h.01M16 12h.01';
const DOWN = 'm6 9 6 6 6-6';
/** How long a message peeks out beside the button; the badge stays. */
const PEEK_MS = 12_000;

const { key, origin, label, reveal, texts } = config;
let frame: HTMLIFrameElement | undefined;
let isReady = false;
let isOpen = false;
/** Whether the visitor opened the window here, or it stands open because it did on the page before. */
let byVisitor = true;
let showsLabel = reveal === 0;
let unread = 0;

function start(): void {
  mount();
  listen();
  draw();
  if (reveal > 0) setTimeout(unroll, reveal * 1000);
  // The chat of the page before goes on when this page has time.
  const before = memory();
  if (before) setTimeout(() => (before === 'open' ? show(true, false) : load()), 200);
  window.Click2CallMe = { open: () => show(true), close: () => show(false) };
}

/** Opens or minimizes the window. */
function show(next: boolean, acted = true): void {
  const hadFocus = root.activeElement;
  isOpen = next;
  byVisitor = acted;
  memory(next ? 'open' : 'minimized');
  if (next) {
    load();
    peekAt('');
    if (reveal < 0) showsLabel = true;
  }
  draw();
  fit();
  tell();
  if (next && byVisitor) frame?.focus();
  if (!next && hadFocus) button.focus();
}

function draw(): void {
  const isWide = label && showsLabel && (!isOpen || reveal < 0);
  const isFree = isWide && reveal && config.unstick && config.stick !== 'none';
  stage.className = `${isOpen ? 'open' : 'shut'}${isWide ? ' wide' : ''}${isFree ? ' free' : ''}`;
  icon.setAttribute('d', isOpen ? DOWN : CHAT);
  badge.textContent = unread ? `${unread > 9 ? '9+' : unread}` : '';
  button.ariaExpanded = `${isOpen}`;
  button.ariaLabel = isOpen ? texts.close : (label || texts.open) + (unread ? ` (${unread})` : '');
}

function unroll(): void {
  showsLabel = true;
  draw();
}

function load(): void {
  if (frame) return;
  frame = document.createElement('iframe');
  frame.title = texts.title;
  frame.src = `${origin}/w/${key}/chat`;
  shade.append(frame);
}

function listen(): void {
  button.addEventListener('pointerenter', load);
  button.addEventListener('focus', load);
  button.addEventListener('click', () => show(!isOpen));
  button.addEventListener('keydown', (event) => {
    if (isOpen && event.key === 'Escape') show(false);
  });
  peek.addEventListener('click', () => show(true));
  addEventListener('message', (event: MessageEvent<FrameNotice>) => {
    if (event.origin === origin && event.source === frame?.contentWindow) hear(event.data);
  });
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || !event.target.closest('[data-c2c=chat]')) return;
    event.preventDefault();
    show(true);
  });
  visualViewport?.addEventListener('resize', fit);
  visualViewport?.addEventListener('scroll', fit);
}

function hear(notice: FrameNotice): void {
  switch (notice.c2c) {
    case 'ready':
      isReady = true;
      tell();
      return;
    case 'unread':
      unread = notice.count;
      peekAt(isOpen ? '' : notice.peek);
      draw();
      return;
    default:
      show(false);
      if (notice.c2c === 'closed') memory('');
  }
}

function peekAt(text: string): void {
  peek.textContent = text;
  if (text) setTimeout(peekAt, PEEK_MS, '');
}

function tell(): void {
  const page = { url: document.URL, title: document.title, referrer: document.referrer };
  const notice: HostNotice = { c2c: isOpen ? 'shown' : 'hidden', byVisitor, page };
  // Before it says "ready" the frame still has the origin of about:blank.
  if (isReady) frame?.contentWindow?.postMessage(notice, origin);
}

/** On a phone the window follows what the keyboard leaves visible. */
function fit(): void {
  shade.style.setProperty('--top', `${visualViewport?.offsetTop}px`);
  shade.style.setProperty('--tall', `${visualViewport?.height}px`);
}

/** Whether the window stands open, for the next page of this tab. Kept only once the visitor has opened it. */
function memory(state?: 'open' | 'minimized' | ''): string | undefined {
  try {
    if (state !== undefined) sessionStorage[`c2c:${key}`] = state;
    return sessionStorage[`c2c:${key}`];
  } catch {
    // A page without storage forgets on navigation that the window was open; the chat itself is kept by the hub.
    return;
  }
}

// Pasted twice, it draws one button; an element of that name on the page is not us.
if (!window.Click2CallMe?.open) start();
