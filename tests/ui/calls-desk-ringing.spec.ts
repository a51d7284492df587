// A call that rings at the desk: over every page, answered by nobody's typing, minimized, declined, won by one.
import { violations } from './admin-kit';
import { expect, freeze, isArmed, key, openDesk, ringing, section, TALKING, test } from './calls-desk-kit';
import { CALL, CHAT, chatView, OTHER_CALL } from './fake-desk-parts';

test.use(TALKING);
// Some stand in two tabs or turn the clock step by step.
test.setTimeout(120_000);

test('a call rings over every page of the admin, with what is known of the visitor', async ({ page, hub }) => {
  for (const place of ['#/', '#/orders', '#/calls']) {
    await openDesk(page, hub, place);
    hub.ring();

    const card = ringing(page);
    await expect(card.getByRole('heading', { name: 'Vera Visitor' })).toBeVisible();
    await expect(card).toContainText('Incoming call');
    await expect(card).toContainText('Call page: Shop');
    await expect(card.locator('.ringing-facts li')).toHaveText(['shop.example/rye', 'Android 16, Chrome 145']);
    // The page behind cannot be reached while the card stands there.
    expect(
      await page
        .locator('.nav-search')
        .click({ timeout: 700 })
        .catch(() => 'covered'),
    ).toBe('covered');
    hub.end();
    await expect(card).toHaveCount(0);
  }
});

test('typing when it begins to ring picks nothing up, and the text goes on afterwards', async ({ page, hub }) => {
  hub.chats.push(chatView());
  await page.clock.install();
  await openDesk(page, hub, `#/chat/${CHAT}`);
  const field = page.locator('.composer textarea');
  await field.fill('one moment');

  await freeze(page);
  hub.ring();
  await ringing(page).waitFor();
  for (const typed of ['m', 'Escape', 'Enter']) {
    await page.keyboard.press(typed);
    // Each key begins the quiet anew.
    await page.clock.runFor(390);
  }
  expect(hub.said()).toEqual([]);
  await expect(ringing(page)).toBeVisible();
  await page.clock.runFor(10);
  await isArmed(page);
  await page.keyboard.press('Enter');

  await expect(ringing(page)).toHaveCount(0);
  expect(hub.said()[0]).toBe('accept');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('one moment');
});

test('a key that is held down picks nothing up', async ({ page, hub }) => {
  await openDesk(page, hub);
  await page.keyboard.down('Enter');
  hub.ring();
  await ringing(page).waitFor();

  for (let repeat = 0; repeat < 12; repeat += 1) {
    await page.keyboard.down('Enter');
    await page.waitForTimeout(60);
  }

  expect(hub.said()).toEqual([]);
  await page.keyboard.up('Enter');
  await isArmed(page);
});

test('Esc declines', async ({ page, hub }) => {
  await openDesk(page, hub);
  hub.ring();
  await isArmed(page);

  await page.keyboard.press('Escape');

  await expect(ringing(page)).toHaveCount(0);
  await expect.poll(() => hub.said()).toEqual(['decline']);
  await expect(section(page)).toHaveCount(0);
  await expect(page.locator('.toast')).toHaveCount(0);
});

test('M puts it into the side menu, from where it is answered, declined or shown again', async ({ page, hub }) => {
  await openDesk(page, hub);
  hub.ring();
  await isArmed(page);
  await page.keyboard.press('m');

  await expect(ringing(page)).toHaveCount(0);
  await expect(section(page).getByRole('heading', { name: 'Calls' })).toBeVisible();
  await expect(section(page)).toContainText(/Rings 0:0\d/);
  await key(page, 'Vera Visitor').click();
  await isArmed(page);
  await page.keyboard.press('M');
  await key(page, 'Decline').click();
  await expect.poll(() => hub.said()).toEqual(['decline']);
  await expect(section(page)).toHaveCount(0);

  hub.ring();
  await isArmed(page);
  await ringing(page).getByRole('button', { name: 'Minimize' }).click();
  await key(page, 'Answer').click();

  await expect.poll(() => hub.calls.get(CALL)?.state).toBe('active');
});

test('two calls at once: the oldest first, then the other, each with its own quiet', async ({ page, hub }) => {
  await page.clock.install();
  await openDesk(page, hub);
  await freeze(page);
  const now = Date.now();
  const caller = { visitor: '00000000PAUL1', name: 'Paul', package: 'Shop' };
  hub.ring({ id: OTHER_CALL, since: now, caller });
  hub.ring({ since: now - 5_000 });
  await expect(ringing(page).getByRole('heading')).toHaveText('Vera Visitor');
  await expect(ringing(page)).toContainText('1 more call rings');
  await page.clock.runFor(400);
  await isArmed(page);

  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(ringing(page).getByRole('heading')).toHaveText('Paul');
  expect(hub.said()).toEqual(['decline']);
  await page.clock.runFor(400);
  await isArmed(page);
  await page.keyboard.press('Enter');

  await expect.poll(() => hub.calls.get(OTHER_CALL)?.state).toBe('active');
});

test('both desks ring; when one answers the other stops, shows the call, and can continue it', async ({
  context,
  page,
  hub,
}) => {
  const other = await context.newPage();
  await openDesk(page, hub);
  await openDesk(other, hub);
  hub.ring();
  await expect(ringing(page)).toBeVisible();
  await expect(ringing(other)).toBeVisible();
  await page.bringToFront();
  await isArmed(page);

  await page.keyboard.press('Enter');
  await expect(ringing(other)).toHaveCount(0);
  await expect(section(other)).toContainText('Talks in another tab.');
  await expect(other.locator('.toast')).toHaveCount(0);
  await key(other, 'Continue here').click();

  await expect.poll(() => hub.calls.get(CALL)?.tab).toBe('tab2');
  await expect(key(other, 'Mute')).toBeVisible();
  await expect(section(page)).toContainText('Talks in another tab.');
  await expect(key(page, 'Continue here')).toBeVisible();
});

test('who answers a moment too late is told calmly and keeps no microphone', async ({ page, hub }) => {
  await openDesk(page, hub);
  hub.isSilent = true;
  hub.ring();
  await isArmed(page);
  await page.keyboard.press('Enter');
  await expect.poll(() => hub.said()).toContain('accept');

  hub.tell({ t: 'err', code: 'unknown_call', call: CALL });
  hub.end();

  await expect(page.locator('.toast')).toHaveText(/Somebody else was faster: Vera Visitor/);
  await expect(page.locator('.toast')).toHaveCount(1);
  await expect(section(page)).toHaveCount(0);
});

test('title, icon, sound and notification tell of it, and all stop when somebody answers', async ({ page, hub }) => {
  await page.addInitScript(() => {
    const heard = { sounds: 0, notices: [] as { title: string; body: string; isOpen: boolean; click: () => void }[] };
    Reflect.set(window, 'heard', heard);
    document.hasFocus = () => false;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function play(this: OscillatorNode, when?: number) {
      heard.sounds += 1;
      start.call(this, when);
    };
    class Notice extends EventTarget {
      static permission = 'granted';
      readonly shown: (typeof heard.notices)[number];
      constructor(title: string, { body = '' }: NotificationOptions = {}) {
        super();
        this.shown = { title, body, isOpen: true, click: () => this.dispatchEvent(new Event('click')) };
        heard.notices.push(this.shown);
      }
      close() {
        this.shown.isOpen = false;
      }
    }
    Reflect.set(window, 'Notification', Notice);
  });
  await openDesk(page, hub);
  const title = await page.title();
  const icon = page.locator('#favicon');
  const calm = await icon.getAttribute('href');
  // Browsers are silent until somebody touches the page.
  await page.locator('h1').click();

  hub.ring();
  await expect(page).toHaveTitle('☎ Vera Visitor calls');
  await expect(icon).not.toHaveAttribute('href', calm ?? '');
  await expect.poll(() => page.evaluate(() => Reflect.get(window, 'heard').sounds)).toBeGreaterThan(0);
  const notices = () =>
    page.evaluate(() => {
      const { notices: all } = Reflect.get(window, 'heard');
      return all.map((one: { title: string; body: string; isOpen: boolean }) => [one.title, one.body, one.isOpen]);
    });
  expect(await notices()).toEqual([['Vera Visitor calls', 'Shop · shop.example/rye · Android 16, Chrome 145', true]]);
  await isArmed(page);
  await page.keyboard.press('m');
  await expect(ringing(page)).toHaveCount(0);
  await page.evaluate(() => Reflect.get(window, 'heard').notices[0].click());
  await expect(ringing(page)).toBeVisible();
  hub.update(CALL, { state: 'connecting' });

  await expect(page).toHaveTitle(title);
  await expect(icon).toHaveAttribute('href', calm ?? '');
  expect((await notices()).map(([, , isOpen]: unknown[]) => isOpen)).toEqual([false]);
});

test('a call a colleague hands over says from whom', async ({ page, hub }) => {
  await openDesk(page, hub);

  hub.ring({ transfer_from: { id: 'ben', name: 'Ben' } });

  await expect(ringing(page)).toContainText('Ben hands a call over to you');
});

test('the names of strangers stay text', async ({ page, hub }) => {
  await openDesk(page, hub);

  hub.ring({
    caller: { visitor: 'x', name: '<img src=x onerror=alert(1)>', package: '<b>Shop</b>', page: '<i>p</i>' },
  });

  await expect(ringing(page).getByRole('heading')).toHaveText('<img src=x onerror=alert(1)>');
  await expect(ringing(page).locator('img, .ringing-package b b, .ringing-facts i')).toHaveCount(0);
});

test('the card and the section have no violations, in light and in dark, and fit a phone', async ({ page, hub }) => {
  await openDesk(page, hub);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    hub.ring();
    await isArmed(page);
    expect(await violations(page), `card, ${colorScheme}`).toEqual([]);
    await page.keyboard.press('m');
    await key(page, 'Answer').waitFor();
    expect(await violations(page), `section, ${colorScheme}`).toEqual([]);
    hub.end();
    await expect(section(page)).toHaveCount(0);
  }

  await page.setViewportSize({ width: 360, height: 640 });
  hub.ring();
  await isArmed(page);
  const box = await ringing(page).boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(360);
  expect((box?.y ?? -1) + (box?.height ?? 999)).toBeLessThanOrEqual(640);
});
