/**
 * What the kit asks of the browser: sockets, time, chance and page events.
 * Tests hand in a world of their own, so nothing there waits for real time.
 */

/** Takes back what was asked for. */
export type Cancel = () => void;
/** What may happen to a page that a socket cares about. */
export type PageEvent = 'online' | 'offline' | 'visible' | 'pagehide' | 'pageshow';

/** An open or opening WebSocket. */
export interface Wire {
  send(text: string): void;
  close(code: number): void;
}

/** What a WebSocket tells. */
export interface WireEars {
  open: () => void;
  text: (text: string) => void;
  close: (code: number) => void;
}

export interface World {
  dial(address: string, subprotocol: string, ears: WireEars): Wire;
  listen(event: PageEvent, heard: () => void): void;
  after(ms: number, then: () => void): Cancel;
  now(): number;
  random(): number;
}

/** The real one. */
export const browser: World = {
  dial(address, subprotocol, ears) {
    const url = new URL(address, location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url, subprotocol);
    socket.addEventListener('open', () => ears.open());
    socket.addEventListener('message', (event) => {
      if (typeof event.data === 'string') ears.text(event.data);
    });
    socket.addEventListener('close', (event) => ears.close(event.code));
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
      },
      close: (code) => socket.close(code),
    };
  },
  listen(event, heard) {
    if (event === 'visible') {
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') heard();
      });
    } else {
      addEventListener(event, heard);
    }
  },
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
  now: () => Date.now(),
  random: () => Math.random(),
};
