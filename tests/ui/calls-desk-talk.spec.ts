// A call that is talked at the desk: microphone, status, keys, other pages, reload, transfer, quality, trouble.
import type { Page } from '@playwright/test';
import { violations } from './admin-kit';
import { expect, isArmed, key, openDesk, ringing, section, TALKING, talk, test } from './calls-desk-kit';
import { BEN, CALL, CHAT, chatView } from './fake-desk-parts';

test.use(TALKING);

/** The microphone of this page is what a test says. */
async function microphone(page: Page, name: 'NotAllowedError' | 'NotFoundError' | 'NotReadableError' | 'insecure') {
  await page.addInitScript((why) => {
    if (why === 'insecure') {
      Object.defineProperty(navigator, 'mediaDevices', { value: undefined });
      return;
    }
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    Reflect.set(window, 'isBroken', true);
    navigator.mediaDevices.getUserMedia = (wishes) =>
      Reflect.get(window, 'isBroken') ? Promise.reject(new DOMException('', why)) : open(wishes);
  }, name);
}

test('answering opens the microphone, makes the desk Busy, and the call goes on from page to page', async ({
  page,
  hub,
}) => {
  await openDesk(page, hub);
  await talk(page, hub);
  expect(hub.said()).toEqual(['accept', 'ready', 'mute off']);
  hub.see('busy');
  const status = page.locator('button.status-button');
  await expect(status).toHaveText('Busy – in a call');

  for (const place of ['#/orders', '#/calls', '#/']) {
    await page.locator(`.nav-places a[href="${place}"]`).click();
    await expect(section(page)).toContainText(/\d:\d\d/);
    await expect(key(page, 'Mute')).toBeVisible();
  }
  await key(page, 'Mute').click();
  await key(page, 'Unmute').click();
  await key(page, 'Hang up').click();

  await expect(section(page)).toHaveCount(0);
  expect(hub.said().slice(3)).toEqual(['mute on', 'mute off', 'hangup']);
  hub.see('available');
  await expect(status).toHaveText('Available');
});

test('the voice of the other side is heard, and the own one goes out', async ({ page, hub, context }) => {
  await openDesk(page, hub);
  await talk(page, hub);
  const peer = await context.newPage();
  await openDesk(peer, hub);
  // Browsers are silent until somebody touches the page.
  await peer.locator('h1').click();
  const sdp = await peer.evaluate(async () => {
    const hubSide = new RTCPeerConnection();
    Reflect.set(window, 'hubSide', hubSide);
    const audio = new AudioContext();
    const tone = new OscillatorNode(audio);
    const out = audio.createMediaStreamDestination();
    tone.connect(out);
    tone.start();
    for (const track of out.stream.getTracks()) hubSide.addTrack(track, out.stream);
    await hubSide.setLocalDescription();
    await new Promise<void>((done) => {
      if (hubSide.iceGatheringState === 'complete') done();
      hubSide.addEventListener('icegatheringstatechange', () => hubSide.iceGatheringState === 'complete' && done());
    });
    return hubSide.localDescription?.sdp ?? '';
  });

  hub.tell({ t: 'call.offer', call: CALL, g: 1, sdp, fresh: true, ice_servers: [] });
  const answered = () =>
    hub.heard.flatMap(({ frame }) => (frame.t === 'call' && frame.do === 'answer' ? [frame.sdp] : []));
  await expect.poll(() => answered().length).toBe(1);
  await peer.evaluate(async (answer) => {
    await Reflect.get(window, 'hubSide').setRemoteDescription({ type: 'answer', sdp: answer });
  }, answered()[0]);

  // The browser of the desk measured what came, and its own packets arrived at the other side.
  await expect
    .poll(() => hub.heard.some(({ frame }) => frame.t === 'call' && frame.do === 'stats'), { timeout: 30_000 })
    .toBe(true);
  const received = () =>
    peer.evaluate(async () => {
      const hubSide: RTCPeerConnection = Reflect.get(window, 'hubSide');
      const report = [...(await hubSide.getStats()).values()];
      return report.find((one) => one.type === 'inbound-rtp')?.packetsReceived ?? 0;
    });
  await expect.poll(received).toBeGreaterThan(10);
  await expect
    .poll(() =>
      section(page)
        .locator('.wave')
        .evaluate((wave) => Number(wave.style.getPropertyValue('--level'))),
    )
    .toBeGreaterThan(0.2);
});

test('a reload comes back into the call by itself, muted as before', async ({ page, hub }) => {
  await openDesk(page, hub);
  await talk(page, hub);
  await key(page, 'Mute').click();

  await page.reload();

  await expect(key(page, 'Unmute')).toBeVisible();
  await expect.poll(() => hub.said().slice(3)).toEqual(['mute on', 'leaving', 'ready', 'mute on']);
  await expect.poll(() => hub.calls.get(CALL)?.tab).toBe('tab2');
});

test('a lost line leaves the call as it is, and takes it up again', async ({ page, hub }) => {
  await openDesk(page, hub);
  await talk(page, hub);

  hub.cut();

  await expect.poll(() => hub.calls.get(CALL)?.tab).toBe('tab2');
  expect(hub.said().filter((said) => said === 'ready')).toHaveLength(2);
  await expect(key(page, 'Mute')).toBeVisible();
});

for (const { name, words } of [
  { name: 'NotAllowedError', words: 'This browser forbids the microphone' },
  { name: 'NotFoundError', words: 'No microphone was found' },
  { name: 'NotReadableError', words: 'Another program keeps the microphone' },
  { name: 'insecure', words: 'only on pages with https' },
] as const) {
  test(`without a microphone (${name}) the visitor is not left waiting, and the way out is said`, async ({
    page,
    hub,
  }) => {
    await microphone(page, name);
    await openDesk(page, hub);
    hub.ring();
    await isArmed(page);

    await page.keyboard.press('Enter');

    const notice = page.locator('.notice', { hasText: words });
    await expect(notice).toBeVisible();
    await expect.poll(() => hub.said()).toEqual(['accept', 'no_microphone']);
    await expect(page.locator('.toast')).toContainText('there was no microphone');
    await expect(section(page)).toHaveCount(0);
    if (name !== 'insecure') {
      await page.evaluate(() => Reflect.set(window, 'isBroken', false));
      await notice.getByRole('button', { name: 'Try the microphone' }).click();
      await expect(notice).toHaveCount(0);
      await expect(page.locator('.toast').last()).toContainText('The microphone works.');
    }
  });
}

test('a call is handed to a colleague who is Available, taken back, and handed over', async ({ page, hub }) => {
  await openDesk(page, hub);
  await talk(page, hub);

  await key(page, 'Hand over').click();
  await expect(section(page).locator('.menu-entry')).toHaveText(['Ben']);
  await section(page).locator('.menu-entry').click();
  await expect(section(page)).toContainText('Rings Ben…');
  await key(page, 'Take back').click();
  await expect(key(page, 'Hand over')).toBeVisible();
  expect(hub.said().slice(3)).toEqual([`transfer ${BEN}`, 'transfer back']);
  await key(page, 'Hand over').click();
  await section(page).locator('.menu-entry').click();
  await expect(section(page)).toContainText('Rings Ben…');
  hub.end(CALL, 'transferred');

  await expect(page.locator('.toast')).toContainText('Vera Visitor talks to Ben now.');
  await expect(section(page)).toHaveCount(0);
});

test('quality, a muted visitor and a lost connection are seen', async ({ page, hub }) => {
  await openDesk(page, hub);
  await talk(page, hub);

  hub.tell({ t: 'call.quality', call: CALL, mos10: 43, peer_mos10: 32 });
  const bars = section(page).locator('.quality');
  await expect(bars).toHaveAccessibleName('Your voice quality: excellent. Voice quality of Vera Visitor: fair.');
  await expect(bars.locator('.full')).toHaveCount(2);
  hub.update(CALL, { peer_muted: true });
  await expect(section(page)).toContainText('Vera Visitor has the microphone off.');
  hub.update(CALL, { state: 'reconnecting', lost: 'visitor' });
  await expect(section(page)).toContainText('Vera Visitor lost the connection.');
  expect(await violations(page)).toEqual([]);
  hub.update(CALL, { lost: 'consultant' });

  await expect(section(page)).toContainText('Reconnecting…');
});

test('devices are chosen while the call goes on', async ({ page, hub }) => {
  await openDesk(page, hub);
  await talk(page, hub);

  await key(page, 'Devices').click();
  const microphones = section(page).getByRole('group', { name: 'Microphone' });
  await expect(microphones.locator('[aria-pressed=true]')).toHaveCount(1);
  const other = microphones.locator('[aria-pressed=false]').last();
  const name = await other.textContent();
  await other.click();

  await expect(microphones.locator('[aria-pressed=true]')).toHaveText(name ?? '');
  await expect(section(page).getByRole('group', { name: 'Speaker' }).locator('[aria-pressed=true]')).toHaveCount(1);
  expect(hub.said()).toEqual(['accept', 'ready', 'mute off']);
});

test('keys and palette do what the buttons do', async ({ page, hub }) => {
  await openDesk(page, hub);
  hub.ring();
  await isArmed(page);
  await page.keyboard.press('m');
  await expect(ringing(page)).toHaveCount(0);

  await page.keyboard.press('Alt+a');
  await expect.poll(() => hub.calls.get(CALL)?.state).toBe('active');
  await page.keyboard.press('Alt+m');
  await expect(key(page, 'Unmute')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('microphone on');
  await page.keyboard.press('Enter');
  await expect(key(page, 'Mute')).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Mute the microphone, or turn it on');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+h');
  await expect(section(page)).toHaveCount(0);
  hub.ring();
  await isArmed(page);
  await page.keyboard.press('m');
  await page.keyboard.press('Alt+r');

  await expect.poll(() => hub.said().slice(3)).toEqual(['mute on', 'mute off', 'hangup', 'decline']);
});

test('the visitor of a chat is asked for a call; the chat tells what became of it', async ({ page, hub }) => {
  hub.chats.push(chatView());
  await openDesk(page, hub, `#/chat/${CHAT}`);
  const fact = page.locator('.line-fact');

  await page.getByRole('button', { name: 'Ask for a call' }).click();
  await expect(fact.last()).toContainText('Anna asked for a call');
  await expect(page.getByRole('button', { name: 'Ask for a call again' })).toBeVisible();
  const at = Date.now();
  hub.event({ chat: CHAT, seq: 4, at, from: { by: 'visitor' }, k: 'invite_declined' });
  await expect(fact.last()).toContainText('The visitor does not want to talk now');
  const called = { chat: CHAT, at, from: { by: 'hub' }, k: 'called', call: CALL } as const;
  hub.event({ ...called, seq: 5, reason: 'no_answer', seconds: 0 });
  await expect(fact.last()).toContainText('Missed call: nobody answered');
  hub.event({ ...called, seq: 6, reason: 'visitor_hangup', seconds: 252 });
  await expect(fact.last()).toContainText('Call, 4 min 12 s');
  await page.locator('h1').click();
  await page.keyboard.press('c');
  await expect.poll(() => hub.said()).toEqual(['ask_call', 'ask_call']);
  hub.tell({ t: 'err', chat: CHAT, code: 'no_voice' });

  await expect(page.locator('.toast')).toContainText('Calls are turned off for this package.');
});

test('an account that takes no calls cannot ask for one', async ({ page, hub }) => {
  hub.takesCalls = false;
  hub.chats.push(chatView());

  await openDesk(page, hub, `#/chat/${CHAT}`);

  await expect(page.getByRole('button', { name: 'Close chat' })).toBeVisible();
  await expect(page.getByRole('button', { name: /Ask for a call/ })).toHaveCount(0);
});

test('the name in the call opens the chat beside it', async ({ page, hub }) => {
  hub.chats.push(chatView());
  await openDesk(page, hub, '#/orders');
  await talk(page, hub);
  const call = hub.calls.get(CALL);
  if (call !== undefined) hub.update(CALL, { caller: { ...call.caller, chat: CHAT } });

  await key(page, 'Vera Visitor').click();

  await expect(page.locator('.chat-window')).toBeVisible();
  await expect(page.getByRole('button', { name: /Ask for a call/ })).toHaveCount(0);
});

test('on smaller screens the call stands under the top bar, on every page', async ({ page, hub }) => {
  hub.chats.push(chatView());
  await openDesk(page, hub);
  await talk(page, hub);
  for (const width of [900, 390]) {
    await page.setViewportSize({ width, height: 800 });
    for (const place of [`#/chat/${CHAT}`, '#/calls']) {
      await page.goto(hub.address + place);
      await expect(page.locator('.desk-bars .call-section')).toBeInViewport({ ratio: 1 });
      await expect(key(page, 'Hang up')).toBeInViewport();
      const [wide, inside] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(wide).toBe(inside);
    }
    expect(await violations(page), `${width}`).toEqual([]);
  }
});
