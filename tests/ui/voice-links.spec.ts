/**
 * Somebody walks out of the Wi-Fi in the middle of a call: the network that voice and page went over is gone, there is
 * another one. Two links lead to the hub, the first is cut. Linux only, and as root: the test makes the networks.
 */
import { chromium, type Page } from '@playwright/test';
import { setStatus, signIn } from './admin-kit';
import { test as base, expect, Hub } from './hub';
import { HUB_ADDRESS, Place, whyNoPlaces } from './places';
import { allDay } from './voice-day';
import { type Ear, heard, hears, keepPeer, seconds } from './voice-heard';
import { BEEPING, callKey, heading, key } from './voice-kit';

interface Stage {
  readonly home: Place;
  readonly office: Place;
  readonly visitor: Page;
  readonly anna: Page;
}

const obstacle = whyNoPlaces();
if (obstacle !== undefined) process.stderr.write(`left out: a change of networks in a call: ${obstacle}\n`);

const test = base.extend<{ stage: Stage }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  stage: async ({}, use) => {
    const [home, office] = [new Place('home', 2), new Place('office', 2)];
    // A relay has an address of its own, and so would not show which link is in use.
    const hub = new Hub({ HUB_MEDIA__BIND: `${HUB_ADDRESS}:0`, HUB_MEDIA__TURN: 'false' });
    try {
      await hub.start();
      const name = await allDay(hub.origin);
      const [visitor, anna] = [await page(home, hub.origin), await page(office, hub.origin)];
      await signIn(anna, hub, 'anna');
      await setStatus(anna, 'Available');
      await visitor.goto(`${hub.origin}/p/${name}`);
      await use({ home, office, visitor, anna });
      for (const each of [visitor, anna]) await each.context().browser()?.close();
    } finally {
      await hub.stop();
      for (const place of [home, office]) await place.end();
    }
  },
});

test.describe.configure({ timeout: 240_000 });
test.skip(obstacle !== undefined, obstacle);

/** A browser that lives in this place. */
async function page(place: Place, origin: string): Promise<Page> {
  await place.lead(origin);
  const executablePath = place.program(BEEPING.executablePath ?? chromium.executablePath());
  const browser = await chromium.launch({ ...BEEPING, executablePath });
  const context = await browser.newContext({ locale: 'en-GB' });
  await context.addInitScript(keepPeer);
  const opened = await context.newPage();
  opened.on('dialog', (dialog) => void dialog.accept());
  return opened;
}

const ear =
  (from: Page): Ear =>
  () =>
    from.evaluate(heard);

const talked = async (from: Page) => seconds(await from.locator('.talk-time').innerText());

/** The visitor calls, Anna answers, both hear each other. */
async function connect({ visitor, anna }: Stage): Promise<void> {
  await callKey(visitor).click();
  await expect(visitor.locator('.level')).toBeVisible();
  await callKey(visitor).click();
  await anna
    .getByRole('button', { name: /^Answer/ })
    .first()
    .click();
  await expect(visitor.locator('.talk-time')).toHaveText(/^\d\d:\d\d$/);
  await Promise.all([hears(ear(visitor)), hears(ear(anna))]);
}

for (const who of ['visitor', 'anna'] as const) {
  test(`the network of ${who} goes away, and the call goes on over another one`, async ({ stage }) => {
    const { visitor, anna } = stage;
    const place = who === 'visitor' ? stage.home : stage.office;
    await connect(stage);
    const moved = ear(stage[who]);
    expect((await moved()).way).toContain(place.address(0));
    await expect.poll(() => talked(visitor)).toBeGreaterThanOrEqual(3);
    const before = await talked(visitor);

    place.cut(0);
    await expect.poll(async () => (await moved()).way).toContain(place.address(1));
    await Promise.all([hears(ear(visitor)), hears(ear(anna))]);

    // The same call: the talk went on counting, and whoever hangs up is heard.
    expect(await talked(visitor)).toBeGreaterThan(before);
    await expect(anna.locator('.call-card')).toHaveCount(1);
    await key(visitor, 'Hang up').click();
    await expect(heading(visitor)).toHaveText('The call is over');
    await expect(anna.locator('.call-card')).toHaveCount(0);
  });
}
