/**
 * Calls through the real hub: a visitor on the call page, Anna in the admin, a beep as each one's microphone. What
 * counts is what arrives: packets and loudness, measured at both ends.
 */
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { setStatus, signIn } from './admin-kit';
import { test as base, expect, Hub } from './hub';
import { Owner } from './owner';
import { BEEPING, callKey, heading, key } from './voice-kit';

/** How a browser is made to reach the hub only by one way. */
type Network = 'any' | 'tcp' | 'relay';

interface Stage {
  readonly visitor: Page;
  readonly anna: Page;
  readonly address: string;
}

const test = base.extend<{ stage: (network?: Network) => Promise<Stage> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  stage: async ({}, use) => {
    const hub = new Hub();
    await hub.start();
    const browser = await chromium.launch(BEEPING);
    await use((network = 'any') => begin(hub, browser, network));
    await browser.close();
    await hub.stop();
  },
});

// Two browsers with voices and a debug build of the hub: slow where two cores do all.
test.describe.configure({ timeout: 240_000 });

/** Keeps every connection of the page where a test can ask it, and leaves it only one way into the network. */
async function watch(context: BrowserContext, network: Network): Promise<void> {
  await context.addInitScript((way) => {
    const Real = RTCPeerConnection;
    window.RTCPeerConnection = class extends Real {
      constructor(options?: RTCConfiguration) {
        super(way === 'relay' ? { ...options, iceTransportPolicy: 'relay' } : options);
        Reflect.set(window, 'peer', this);
      }

      override setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
        const lines = (description.sdp ?? '').split('\r\n');
        const left = lines.filter((line) => way !== 'tcp' || !line.startsWith('a=candidate') || / tcp /i.test(line));
        return super.setRemoteDescription({ type: description.type, sdp: left.join('\r\n') });
      }
    };
  }, network);
}

async function begin(hub: Hub, browser: Browser, network: Network): Promise<Stage> {
  const owner = await Owner.at(hub.origin);
  const always = { open: 'all_day' } as const;
  const week = { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always };
  const { key: name } = await owner.create('Calls', {
    language: 'en',
    button: { mode: 'chat_and_voice' },
    hours: { week, exceptions: [] },
  });
  const [home, desk] = [await browser.newContext({ locale: 'en-GB' }), await browser.newContext({ locale: 'en-GB' })];
  await watch(home, network);
  await watch(desk, network);
  const [visitor, anna] = [await home.newPage(), await desk.newPage()];
  for (const page of [visitor, anna]) page.on('dialog', (dialog) => void dialog.accept());
  await signIn(anna, hub, 'anna');
  await setStatus(anna, 'Available');
  const address = `${hub.origin}/p/${name}`;
  await visitor.goto(address);
  return { visitor, anna, address };
}

/** The visitor calls, Anna answers. */
async function connect({ visitor, anna }: Stage): Promise<void> {
  await visitor.bringToFront();
  await callKey(visitor).click();
  await expect(visitor.locator('.level')).toBeVisible();
  await callKey(visitor).click();
  await expect(heading(visitor)).toHaveText(/’s phone rings…$/);
  await anna
    .getByRole('button', { name: /^Answer/ })
    .first()
    .click();
  await expect(visitor.locator('.talk-time')).toHaveText(/^\d\d:\d\d$/);
}

interface Heard {
  readonly packets: number;
  readonly energy: number;
  readonly way: string;
}

/** What this page has received, and over which kind of path. */
function heard(page: Page): Promise<Heard> {
  return page.evaluate(async () => {
    const peer: RTCPeerConnection | undefined = Reflect.get(window, 'peer');
    const report = [...((await peer?.getStats())?.values() ?? [])];
    const voice = report.find(({ type }) => type === 'inbound-rtp');
    const pair = report.find(
      ({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded',
    );
    const local = report.find(({ id }) => id === pair?.localCandidateId);
    return {
      packets: voice?.packetsReceived ?? 0,
      energy: voice?.totalAudioEnergy ?? 0,
      way: `${local?.candidateType} ${local?.protocol}`,
    };
  });
}

/** From now on more packets come, and they are not silent. */
async function hears(page: Page): Promise<Heard> {
  let before = await heard(page);
  await expect
    .poll(async () => {
      const now = await heard(page);
      // A new connection counts from the beginning.
      if (now.packets < before.packets) before = now;
      return now.packets >= before.packets + 15 && now.energy > before.energy;
    })
    .toBe(true);
  return heard(page);
}

async function bothHear({ visitor, anna }: Stage): Promise<void> {
  await hears(visitor);
  await hears(anna);
}

test('a visitor calls, Anna answers, and both hear each other until one hangs up', async ({ stage }) => {
  const both = await stage();
  await connect(both);
  await bothHear(both);
  await expect(both.visitor.locator('.quality')).toHaveText(/connection$/);
  await expect(both.visitor.getByRole('radio', { name: /Anna.*Busy/ })).toBeVisible();
  await key(both.visitor, 'Hang up').click();
  await expect(heading(both.visitor)).toHaveText('The call is over');
  await expect(both.anna.locator('.call-card')).toHaveCount(0);
  await both.visitor.locator('.rating button').nth(4).click();
  await expect(both.visitor.getByText('Thank you!')).toBeVisible();
});

test('Anna hangs up, and the visitor is told so', async ({ stage }) => {
  const both = await stage();
  await connect(both);
  await both.anna.locator('.call-card').getByRole('button', { name: 'Hang up' }).click();
  await expect(both.visitor.getByText(/hung up\.$/)).toBeVisible();
});

test('muted, nothing of the visitor is heard; unmuted, all of it', async ({ stage }) => {
  const both = await stage();
  await connect(both);
  await bothHear(both);
  await key(both.visitor, 'Mute').click();
  await expect(both.visitor.getByText('You are muted')).toBeVisible();
  await expect
    .poll(async () => {
      const before = await heard(both.anna);
      await new Promise((later) => setTimeout(later, 700));
      return (await heard(both.anna)).energy - before.energy;
    })
    .toBeLessThan(1e-6);
  await hears(both.visitor);
  await key(both.visitor, 'Unmute').click();
  await hears(both.anna);
});

test('a reload on either side comes back into the same call', async ({ stage }) => {
  const both = await stage();
  await connect(both);
  await bothHear(both);
  await both.visitor.reload();
  await expect(both.visitor.locator('.talk-time')).toHaveText(/^\d\d:\d\d$/);
  await bothHear(both);
  await both.anna.reload();
  await expect(both.visitor.locator('.talk-time')).toHaveText(/^\d\d:\d\d$/);
  await bothHear(both);
});

test('a lost network is noticed, and the voice is back', async ({ stage }) => {
  const both = await stage();
  await connect(both);
  await bothHear(both);
  await both.visitor.context().setOffline(true);
  await expect(both.visitor.locator('.line-bar')).not.toBeEmpty();
  await both.visitor.context().setOffline(false);
  await expect(both.visitor.locator('.line-bar')).toBeEmpty();
  await bothHear(both);
});

test('where only TCP leaves the house, calls go by TCP', async ({ stage }) => {
  const both = await stage('tcp');
  await connect(both);
  await hears(both.anna);
  expect((await hears(both.visitor)).way).toMatch(/ tcp$/);
});

test('where nothing but a relay is allowed, calls go by the relay', async ({ stage }) => {
  const both = await stage('relay');
  await connect(both);
  await hears(both.anna);
  expect((await hears(both.visitor)).way).toMatch(/^relay /);
});

test('the call goes on in a second tab when the visitor wants it', async ({ stage }) => {
  const both = await stage();
  await connect(both);
  const second = await both.visitor.context().newPage();
  await second.goto(both.address);
  await expect(heading(second)).toHaveText('Your call goes on in another tab');
  await key(second, 'Continue here').click();
  await expect(second.locator('.talk-time')).toHaveText(/^\d\d:\d\d$/);
  await expect(heading(both.visitor)).toHaveText('Your call goes on in another tab');
  await hears(second);
  await hears(both.anna);
});

test('Anna declines and nobody else is there: the visitor is told, and can write or order a call', async ({
  stage,
}) => {
  const both = await stage();
  await callKey(both.visitor).click();
  await expect(both.visitor.locator('.level')).toBeVisible();
  await callKey(both.visitor).click();
  await both.anna.bringToFront();
  // At first its keys are dead, so that nobody answers by accident.
  await expect(both.anna.getByRole('button', { name: /^Answer/ }).first()).toBeFocused();
  await both.anna.keyboard.press('Escape');
  await expect(heading(both.visitor)).toHaveText('Nobody can talk right now');
  await expect(both.visitor.locator('.ways button')).toHaveText(['Chat with us', 'Order a call']);
});
