/**
 * A visitor with Firefox, Anna with Chromium. Firefox takes no voice to 127.0.0.1, so it lives in a place of its own:
 * Linux only, and as root.
 */
import { type Browser, chromium, type Page } from '@playwright/test';
import { answer, setStatus, signIn, startChat } from './admin-kit';
import { Firefox, whyNoFirefox } from './firefox';
import { test as base, expect, Hub } from './hub';
import { HUB_ADDRESS, Place, whyNoPlaces } from './places';
import { allDay } from './voice-day';
import { heard, hears, keepPeer, keepRelayedPeer } from './voice-heard';
import { BEEPING } from './voice-kit';

const obstacle = whyNoFirefox() ?? whyNoPlaces();
if (obstacle !== undefined) process.stderr.write(`left out: visitors with Firefox: ${obstacle}\n`);

interface Stage {
  readonly hub: Hub;
  readonly firefox: Firefox;
  readonly anna: Page;
  /** The call page of a package that is open. */
  readonly address: string;
}

const test = base.extend<{ stage: Stage }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  stage: async ({}, use) => {
    const home = new Place('home', 1);
    const hub = new Hub({ HUB_MEDIA__BIND: `${HUB_ADDRESS}:0` });
    let browser: Browser | undefined;
    let firefox: Firefox | undefined;
    try {
      await hub.start();
      await home.lead(hub.origin);
      firefox = await Firefox.at(home);
      browser = await chromium.launch(BEEPING);
      const context = await browser.newContext({ locale: 'en-GB' });
      await context.addInitScript(keepPeer);
      const anna = await context.newPage();
      anna.on('dialog', (dialog) => void dialog.accept());
      await signIn(anna, hub, 'anna');
      await setStatus(anna, 'Available');
      await use({ hub, firefox, anna, address: `${hub.origin}/p/${await allDay(hub.origin)}` });
    } finally {
      await browser?.close();
      await hub.stop();
      firefox?.leave();
      await home.end();
    }
  },
});

// Another browser that starts cold, and a debug build of the hub.
test.describe.configure({ timeout: 240_000 });
test.skip(obstacle !== undefined, obstacle);

/** The visitor calls, Anna answers. */
async function connect({ firefox, anna, address }: Stage): Promise<void> {
  await firefox.go(address);
  await firefox.click('.pill');
  await expect.poll(() => firefox.run(() => document.querySelector('.level') !== null)).toBe(true);
  await firefox.click('.pill');
  await anna
    .getByRole('button', { name: /^Answer/ })
    .first()
    .click();
  await expect.poll(() => firefox.text('.talk-time')).toMatch(/^\d\d:\d\d$/);
}

/** Both hear each other; says over which way the visitor does. */
async function bothHear({ firefox, anna }: Stage): Promise<string> {
  await hears(() => anna.evaluate(heard));
  return (await hears(() => firefox.run(heard))).way;
}

test('a visitor with Firefox calls, both hear each other, and Anna hangs up', async ({ stage }) => {
  await stage.firefox.before(keepPeer);
  await connect(stage);
  await bothHear(stage);
  await stage.anna.locator('.call-card').getByRole('button', { name: 'Hang up' }).click();
  await expect.poll(() => stage.firefox.text('h1')).toBe('The call is over');
  await expect(stage.anna.locator('.call-card')).toHaveCount(0);
});

test('a visitor with Firefox hangs up, and Anna is told so', async ({ stage }) => {
  await stage.firefox.before(keepPeer);
  await connect(stage);
  await bothHear(stage);
  await stage.firefox.click('.round.is-end');
  await expect(stage.anna.locator('.call-card')).toHaveCount(0);
  await expect.poll(() => stage.firefox.text('h1')).toBe('The call is over');
});

test('where Firefox may go by nothing but TCP, its calls go by the relay', async ({ stage }) => {
  await stage.firefox.before(keepRelayedPeer);
  await connect(stage);
  expect(await bothHear(stage)).toMatch(/^relay tcp /);
});

test('a visitor with Firefox writes, and Anna answers', async ({ stage: { hub, firefox, anna } }) => {
  const frame = '/chat';
  await firefox.go(`${hub.origin}/demo/`);
  await firefox.run(() => {
    const button = document.querySelector('click2call-me')?.shadowRoot?.querySelector<HTMLElement>('.button');
    button?.click();
  });
  await firefox.click('.composer textarea', frame);
  await firefox.type('Is the rye bread warm?\uE007', frame);
  await startChat(anna);
  await expect(anna.getByText('Is the rye bread warm?').first()).toBeVisible();
  await answer(anna, 'Straight from the oven');
  await expect.poll(() => firefox.run(() => document.body.innerText, frame)).toContain('Straight from the oven');
});
