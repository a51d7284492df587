/** A call step by step against a hub of a few lines: what the page says to it, and what it does with its answers. */
import type { Page } from '@playwright/test';
import { type CallHub, expect, test } from './call-hub';
import { ANNA, BEEPING, callKey, check, heading, key, ring, talk } from './voice-kit';

test.use({ launchOptions: BEEPING });

const starts = (hub: CallHub) => hub.heard.filter((frame) => frame.t === 'call.start');
const said = (hub: CallHub) => hub.requests.map((each) => each.do);
/** The page asks before it is left; the visitor leaves. */
const leaving = (page: Page) => page.on('dialog', (dialog) => void dialog.accept());

test('the first available is rung by the hub’s choice, a picked one by name', async ({ page, hub }) => {
  await ring(page, hub);
  expect(starts(hub)).toEqual([{ t: 'call.start', cid: expect.any(String) }]);
  await key(page, 'Cancel').click();
  await key(page, 'Back to the first page').click();
  await page.locator('.person').filter({ hasText: 'Ben' }).click();
  await callKey(page).click();
  await expect.poll(() => starts(hub).at(-1)).toMatchObject({ to: 'ben' });
});

test('a lost line does not lose the call that was asked for', async ({ page, hub }) => {
  await check(page, hub);
  await expect(page.locator('.level')).toBeVisible();
  hub.isMute = true;
  await callKey(page).click();
  await expect(heading(page)).toHaveText('Calling…');
  await expect.poll(() => starts(hub).length).toBe(1);
  hub.isMute = false;
  hub.cut();
  await expect.poll(() => starts(hub).length).toBe(2);
  const [first, second] = starts(hub);
  expect(second).toEqual(first);
  await expect.poll(() => said(hub)).toEqual(['ready']);
});

test('after a lost line the tab that talked goes on talking', async ({ page, hub }) => {
  await talk(page, hub);
  hub.cut();
  await expect.poll(() => said(hub)).toEqual(['ready', 'ready']);
  await expect(heading(page)).toHaveText('Anna');
});

test('a call that ended while the line was gone is told as lost', async ({ page, hub }) => {
  await talk(page, hub);
  hub.call = undefined;
  hub.cut();
  await expect(heading(page)).toHaveText('The connection was lost');
});

test('mute is said to the hub, and the microphone really is silent', async ({ page, hub }) => {
  await page.addInitScript(() => {
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wish) => {
      const stream = await open(wish);
      Reflect.set(window, 'tracks', [...(Reflect.get(window, 'tracks') ?? []), ...stream.getTracks()]);
      return stream;
    };
  });
  const tracks = () =>
    page.evaluate(() =>
      (Reflect.get(window, 'tracks') as MediaStreamTrack[]).map(
        ({ enabled, readyState }) => `${readyState} ${enabled}`,
      ),
    );
  await talk(page, hub);
  await key(page, 'Mute').click();
  await expect(page.locator('.note')).toHaveText('You are muted');
  expect(await tracks()).toEqual(['live false']);
  await key(page, 'Unmute').click();
  expect(await tracks()).toEqual(['live true']);
  await expect
    .poll(() => hub.requests.slice(1))
    .toEqual([
      { t: 'call', call: 'call1', do: 'mute', on: true },
      { t: 'call', call: 'call1', do: 'mute', on: false },
    ]);
  await key(page, 'Hang up').click();
  await expect(heading(page)).toHaveText('The call is over');
  expect(await tracks()).toEqual(['ended true']);
});

test('a reload in the middle of a call comes back by itself, muted as before', async ({ page, hub }) => {
  leaving(page);
  await talk(page, hub);
  await key(page, 'Mute').click();
  await page.reload();
  await expect(heading(page)).toHaveText('Anna');
  await expect(key(page, 'Unmute')).toBeVisible();
  await expect.poll(() => said(hub)).toEqual(['ready', 'mute', 'leaving', 'ready', 'mute']);
  const [first, second] = hub.heard.filter((frame) => frame.t === 'hello');
  expect(first).not.toHaveProperty('tok');
  expect(second).toMatchObject({ tok: 'token' });
});

test('leaving a call is asked about, leaving anything else is not', async ({ page, hub }) => {
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await check(page, hub);
  await expect(page.locator('.level')).toBeVisible();
  await page.reload();
  expect(asked).toEqual([]);
  await talk(page, hub);
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
});

test('a hub that forgot a cancelled call is told again', async ({ page, hub }) => {
  await ring(page, hub);
  await key(page, 'Cancel').click();
  await expect(heading(page)).toHaveText('You took the call back');
  hub.follow({ state: 'ringing' });
  hub.cut();
  await expect.poll(() => said(hub)).toEqual(['ready', 'hangup', 'hangup']);
  await expect(heading(page)).toHaveText('You took the call back');
});

test('a code makes the page the visitor of the chat, and whom to call is one click away', async ({ page, hub }) => {
  hub.settings = { mode: 'both' };
  hub.handover = {
    to: 'ben',
    chats: [
      {
        id: 'chat1',
        seq: 0,
        state: 'open',
        faces: [],
        seen: { visitor: 0, consultant: 0 },
        events: [],
        reset: false,
      },
    ],
  };
  await page.goto(`${hub.address}#code=secret`);
  await expect(callKey(page)).toHaveText('Call Ben now');
  expect(page.url()).toBe(hub.address);
  expect(hub.heard[0]).toMatchObject({ t: 'hello', code: 'secret' });
  expect(hub.heard[0]).not.toHaveProperty('tok');
  await key(page, 'Open the chat').click();
  await expect.poll(() => hub.heard.find((frame, at) => at > 0 && frame.t === 'hello')).toMatchObject({ tok: 'token' });
  await page.keyboard.press('Escape');
  await callKey(page).click();
  await callKey(page).click();
  await expect.poll(() => starts(hub)).toMatchObject([{ to: 'ben' }]);
});

test('a spent code gives the page as it always is, and says so', async ({ page, hub }) => {
  hub.settings = { mode: 'both' };
  await page.goto(`${hub.address}#code=old`);
  await expect(page.getByText('This link rings nobody any more.')).toBeVisible();
  await expect(callKey(page)).toHaveText('Call Anna');
  expect(page.url()).toBe(hub.address);
});

test('the chat’s invitation rings on this page', async ({ page, hub }) => {
  hub.settings = { mode: 'both' };
  await page.goto(hub.address);
  await key(page, 'Chat with us').click();
  await page.frameLocator('.dock-frame').getByRole('textbox').first().waitFor();
  await page.frames()[1]?.evaluate(() => {
    parent.postMessage({ c2c: 'call', consultant: 'ben' }, location.origin);
  });
  await expect(heading(page)).toHaveText('Can we hear you?');
  await expect(page.locator('.dock-frame')).toBeHidden();
  await expect(callKey(page)).toHaveText('Call Ben');
});

/** The other end of a call, in a page of its own: it offers a beep, as the hub does. */
async function offer(peer: Page, isFresh: boolean): Promise<string> {
  return peer.evaluate(async (fresh) => {
    const known: RTCPeerConnection | undefined = Reflect.get(window, 'peer');
    let connection = known;
    if (fresh || connection === undefined) {
      connection = new RTCPeerConnection();
      const audio = new AudioContext();
      const tone = new OscillatorNode(audio);
      const out = audio.createMediaStreamDestination();
      tone.connect(out);
      tone.start();
      // What nobody plays is not decoded, and has no loudness.
      connection.addEventListener('track', ({ track }) => {
        const player = new Audio();
        player.srcObject = new MediaStream([track]);
        void player.play();
      });
      connection.addTrack(out.stream.getAudioTracks()[0] as MediaStreamTrack, out.stream);
      Reflect.set(window, 'peer', connection);
    } else {
      connection.restartIce();
    }
    await connection.setLocalDescription();
    while (connection.iceGatheringState !== 'complete') await new Promise((then) => setTimeout(then, 50));
    return connection.localDescription?.sdp ?? '';
  }, isFresh);
}

const answered = (peer: Page, sdp: string) =>
  peer.evaluate(async (text) => {
    const connection: RTCPeerConnection = Reflect.get(window, 'peer');
    await connection.setRemoteDescription({ type: 'answer', sdp: text });
  }, sdp);

/** Packets and loudness this end has received. */
const heardBy = (page: Page) =>
  page.evaluate(async () => {
    const connection: RTCPeerConnection = Reflect.get(window, 'peer');
    for (const entry of (await connection.getStats()).values()) {
      if (entry.type === 'inbound-rtp') return { packets: entry.packetsReceived, energy: entry.totalAudioEnergy };
    }
    return { packets: 0, energy: 0 };
  });

test('offers are answered, mended on the same connection, and old ones dropped', async ({ page, hub, context }) => {
  await page.addInitScript(() => {
    const Real = RTCPeerConnection;
    window.RTCPeerConnection = class extends Real {
      constructor(options?: RTCConfiguration) {
        super(options);
        Reflect.set(window, 'peer', this);
        Reflect.set(window, 'made', (Reflect.get(window, 'made') ?? 0) + 1);
      }
    };
  });
  const peer = await context.newPage();
  await peer.goto('about:blank');
  const answers = () => hub.requests.flatMap((each) => (each.do === 'answer' ? [each] : []));
  const made = () => page.evaluate(() => Reflect.get(window, 'made'));
  await talk(page, hub, { consultant: ANNA });
  await page.bringToFront();

  hub.tell({ t: 'call.offer', call: 'call1', g: 1, sdp: await offer(peer, true), fresh: true, ice_servers: [] });
  await expect.poll(() => answers().map(({ g }) => g)).toEqual([1]);
  await answered(peer, answers()[0]?.sdp ?? '');
  await expect.poll(async () => (await heardBy(page)).energy).toBeGreaterThan(0);
  await expect.poll(async () => (await heardBy(peer)).packets).toBeGreaterThan(20);
  await expect.poll(async () => (await heardBy(peer)).energy).toBeGreaterThan(0);
  await page.waitForFunction(() => Number(document.documentElement.style.getPropertyValue('--voice')) > 0);
  await expect.poll(() => said(hub), { timeout: 20_000 }).toContain('stats');

  hub.tell({ t: 'call.offer', call: 'call1', g: 0, sdp: 'old', fresh: true, ice_servers: [] });
  hub.tell({ t: 'call.offer', call: 'call1', g: 2, sdp: await offer(peer, false), fresh: false, ice_servers: [] });
  await expect.poll(() => answers().map(({ g }) => g)).toEqual([1, 2]);
  await answered(peer, answers()[1]?.sdp ?? '');
  expect(await made()).toBe(1);

  await peer.evaluate(() => Reflect.get(window, 'peer').close());
  await expect.poll(() => hub.requests.find((each) => each.do === 'refresh')).toMatchObject({ g: 2 });
  hub.tell({ t: 'call.offer', call: 'call1', g: 3, sdp: await offer(peer, true), fresh: true, ice_servers: [] });
  await expect.poll(() => answers().map(({ g }) => g)).toEqual([1, 2, 3]);
  await answered(peer, answers()[2]?.sdp ?? '');
  expect(await made()).toBe(2);
  await expect.poll(async () => (await heardBy(peer)).energy).toBeGreaterThan(0);
});
