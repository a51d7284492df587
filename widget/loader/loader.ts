/**
 * The button on a business's page: one small script, one global, nothing stored and nothing more asked for until the
 * visitor comes near it. It draws into a shadow root beside <body>, so neither styles nor body swaps of the page reach
 * it, and works under a policy that allows the hub only in script-src and frame-src.
 * A page has one button, so its state is the module's: the script stays under 3 KB over the wire.
 */
import type { Click2CallMeApi, Click2CallMeEvents, Click2CallMeIdentity } from '../click2callme';
import type { FrameNotice, HostNotice } from '../kit/frame';
import { baked, type Config } from './config';
import { badge, button, dress, icon, mount, peek, root, shade, stage } from './parts';

/** A method, so that listeners may know what their event hands them. */
type Listener = { hear(detail: unknown): void }['hear'];

const DOWN = 'm6 9 6 6 6-6';
/** How long a message peeks out beside the button; the badge stays. */
const PEEK_MS = 12_000;
/** How long after a click a page that changes without loading has its new address, where no event tells. */
const ROUTE_MS = 500;

const { key, origin } = baked;
const ears = new Set<[event: string, listener: Listener]>();
let config = baked;
let frame: HTMLIFrameElement | undefined;
/** The window in the frame; before it says "ready" it still has the origin of about:blank. */
let chat: Window | null | undefined;
let isOpen = false;
/** Whether the visitor opened the window here, or it stands open because it did on the page before. */
let byVisitor = true;
/** Whether the label came out, by a click or by time. */
let isUnrolled = false;
let unread = 0;
/** Whether a call begins in the window, beside the chat there. */
let callsBeside = false;
let wantsCall = false;
let identity: string | undefined;

/** Takes settings: those in the script, and later ones while the page is open. */
function redraw(next: Config): void {
  if (next.reveal !== config.reveal) isUnrolled = false;
  config = next;
  dress(next);
  draw();
  if (next.reveal > 0) {
    setTimeout(() => {
      // Other settings may have come meanwhile.
      isUnrolled ||= config === next;
      draw();
    }, next.reveal * 1000);
  }
}

/** Opens or minimizes the window. */
function show(next: boolean, acted = true): void {
  if (config.call && next) {
    // Where the window stood open before there were only calls, nobody asked for one.
    if (acted) call();
    return;
  }
  const hadFocus = root.activeElement;
  if (next !== isOpen) emit(next ? 'open' : 'close');
  isOpen = next;
  byVisitor = acted;
  memory(next ? 'open' : 'minimized');
  if (next) {
    load();
    peekAt('');
    isUnrolled ||= config.reveal < 0;
  }
  draw();
  fit();
  tell();
  if (next && byVisitor) frame?.focus();
  if (!next && hadFocus) button.focus();
}

/**
 * In a window of its own: a call must outlive this page. Who has a chat calls from the chat window, which alone may say
 * that both are one visitor: a code that passed through this page would be no secret.
 */
function call(consultant?: string): void {
  if (callsBeside && !consultant) {
    wantsCall = true;
    show(true);
    wantsCall = false;
  } else open(`${origin}/p/${key}${consultant ? `#c=${consultant}` : ''}`, '_blank', 'noopener');
}

function draw(): void {
  const { label, reveal, texts } = config;
  const isWide = label && (!reveal || isUnrolled) && (!isOpen || reveal < 0);
  stage.className = `${isOpen ? 'open' : 'shut'}${isWide ? ' wide' : ''}${isWide && config.unstick ? ' free' : ''}`;
  // Whoever has the window keeps the button: a chat must not get lost on a page that shows none.
  stage.hidden = !memory() && !new RegExp(config.pages ?? '').test(location.pathname + location.search);
  icon.setAttribute('d', isOpen ? DOWN : config.icon);
  badge.textContent = `${unread || ''}`;
  button.ariaExpanded = config.call ? null : `${isOpen}`;
  button.ariaLabel = isOpen ? texts.close : texts.open + (unread ? ` (${unread})` : '');
}

function load(): void {
  if (frame || config.call) return;
  frame = document.createElement('iframe');
  frame.title = config.texts.title;
  frame.src = `${origin}/w/${key}/chat`;
  shade.append(frame);
}

function listen(): void {
  // The elements are ours alone, so their handlers can be, too.
  button.onpointerenter = button.onfocus = load;
  button.onclick = () => show(!isOpen);
  peek.onclick = () => show(true);
  button.onkeydown = (event) => {
    if (isOpen && event.key === 'Escape') show(false);
  };
  addEventListener('message', (event: MessageEvent<FrameNotice>) => {
    if (event.origin === origin && event.source === frame?.contentWindow) hear(event.data);
  });
  addEventListener('click', (event) => {
    setTimeout(draw, ROUTE_MS);
    const link = event.target instanceof Element && event.target.closest<HTMLElement>('[data-c2c]');
    if (!link) return;
    event.preventDefault();
    if (link.dataset.c2c === 'call') call(link.dataset.consultant);
    else show(true);
  });
  addEventListener('popstate', draw);
  window.navigation?.addEventListener('currententrychange', draw);
  visualViewport?.addEventListener('resize', fit);
  visualViewport?.addEventListener('scroll', fit);
}

function hear(notice: FrameNotice): void {
  const { c2c } = notice;
  emit(c2c, notice);
  if (c2c === 'ready') {
    chat = frame?.contentWindow;
    tell();
  }
  if (c2c === 'message') peekAt(notice.peek);
  if (c2c === 'unread') {
    unread = notice.count;
    callsBeside = notice.calls;
    draw();
  }
  // It comes from the hub's own frame, and is what the script itself would bring at the next load.
  if (c2c === 'settings') redraw(notice.config as Config);
  if (c2c === 'minimized' || c2c === 'closed') show(false);
  if (c2c === 'closed') memory('');
}

function peekAt(text: string): void {
  peek.textContent = text;
  if (text) setTimeout(peekAt, PEEK_MS, '');
}

/** A listener that fails must not stop the button, nor the next listener. */
function emit(name: string, detail?: unknown): void {
  for (const [event, listener] of ears) if (event === name) setTimeout(listener, 0, detail);
}

function on<Name extends keyof Click2CallMeEvents>(
  event: Name,
  listener: (detail: Click2CallMeEvents[Name]) => void,
): () => void {
  const ear: [string, Listener] = [event, listener];
  ears.add(ear);
  if (chat && event === 'ready') setTimeout(listener, 0, { c2c: event });
  return () => ears.delete(ear);
}

function identify(who: Click2CallMeIdentity): void {
  identity = JSON.stringify(who);
  byVisitor = false;
  tell();
}

function tell(): void {
  const { URL: url, title, referrer } = document;
  const notice: HostNotice = { c2c: isOpen ? 'shown' : 'hidden', byVisitor, wantsCall, url, title, referrer, identity };
  chat?.postMessage(notice, origin);
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
if (!window.Click2CallMe?.open) {
  mount();
  listen();
  redraw(baked);
  // The chat of the page before goes on when this page has time.
  const before = memory();
  if (before) setTimeout(() => (before === 'open' ? show(true, false) : load()), 200);
  const api: Click2CallMeApi & { redraw: typeof redraw } = {
    open: () => show(true),
    close: () => show(false),
    call,
    identify,
    on,
    redraw,
  };
  window.Click2CallMe = api;
}
