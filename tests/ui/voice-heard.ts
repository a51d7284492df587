/**
 * What is heard in a call, measured in whatever browser: packets and loudness that arrive. The functions for pages
 * stand alone, so that any browser can be given them.
 */
import { expect } from './hub';

const PATIENCE = { timeout: 30_000 };

export interface Heard {
  readonly packets: number;
  readonly energy: number;
  /** The kind of path and its own end, e.g. `host udp 10.64.0.6`. */
  readonly way: string;
}

/** A page that can be asked what it has received. */
export type Ear = () => Promise<Heard>;

/** In a page, before its own scripts: keeps the newest connection where `heard` finds it. */
export function keepPeer(): void {
  const Real = RTCPeerConnection;
  window.RTCPeerConnection = class extends Real {
    constructor(options?: RTCConfiguration) {
      super(options);
      Reflect.set(window, 'peer', this);
    }
  };
}

/** The same, and nothing but a relay that is reached by TCP is allowed. */
export function keepRelayedPeer(): void {
  const Real = RTCPeerConnection;
  const narrowed = (options: RTCConfiguration): RTCConfiguration => ({
    ...options,
    iceServers: (options.iceServers ?? []).map((server) => ({
      ...server,
      urls: [server.urls].flat().filter((url) => url.includes('transport=tcp')),
    })),
    iceTransportPolicy: 'relay',
  });
  window.RTCPeerConnection = class extends Real {
    constructor(options: RTCConfiguration = {}) {
      super(narrowed(options));
      Reflect.set(window, 'peer', this);
    }

    override setConfiguration(options: RTCConfiguration = {}): void {
      super.setConfiguration(narrowed(options));
    }
  };
}

/** In a page: what the newest connection has received. */
export async function heard(): Promise<Heard> {
  const peer: RTCPeerConnection | undefined = Reflect.get(window, 'peer');
  const report = [...((await peer?.getStats())?.values() ?? [])];
  const voice = report.find(({ type }) => type === 'inbound-rtp');
  const transport = report.find(({ type }) => type === 'transport');
  // Chromium names the pair in use; Firefox marks it.
  const pair = report.find(
    ({ type, id, selected }) => type === 'candidate-pair' && (selected || id === transport?.selectedCandidatePairId),
  );
  const local = report.find(({ id }) => id === pair?.localCandidateId);
  return {
    packets: voice?.packetsReceived ?? 0,
    energy: voice?.totalAudioEnergy ?? 0,
    way: `${local?.candidateType} ${local?.relayProtocol ?? local?.protocol} ${local?.address}`,
  };
}

/** From now on more packets come, and they are not silent; a way that broke may take a while to be mended. */
export async function hears(ear: Ear): Promise<Heard> {
  let [before, now] = [await ear(), await ear()];
  await expect
    .poll(async () => {
      now = await ear();
      // A new connection counts from the beginning.
      if (now.packets < before.packets) before = now;
      return now.packets >= before.packets + 15 && now.energy > before.energy;
    }, PATIENCE)
    .toBe(true);
  return now;
}

/** What the page shows as the time both have talked, in seconds. */
export function seconds(clock: string): number {
  const [minutes = '', rest = ''] = clock.split(':');
  return Number(minutes) * 60 + Number(rest);
}
