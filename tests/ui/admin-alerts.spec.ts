// Alerts in a real browser: title, icon, sound, desktop notification, and the bar that says when one is blocked.
import type { Page } from '@playwright/test';
import { DESKTOP, expect, setStatus, signIn, startChat, test } from './admin-kit';
import { Visitor } from './visitor';

test.use(DESKTOP);

/** Notes down sounds and notifications, and lets a test say whether anybody looks at the page. */
async function listenIn(page: Page, permission: NotificationPermission): Promise<void> {
  await page.addInitScript((allowed) => {
    const heard = { sounds: 0, notices: [] as { title: string; body: string; click: () => void }[], isSeen: true };
    Reflect.set(window, 'heard', heard);
    document.hasFocus = () => heard.isSeen;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function play(this: OscillatorNode, when?: number) {
      heard.sounds += 1;
      start.call(this, when);
    };
    class Notice extends EventTarget {
      static permission = allowed;
      static async requestPermission() {
        Notice.permission = 'granted';
        return Notice.permission;
      }
      constructor(title: string, { body = '' }: NotificationOptions = {}) {
        super();
        heard.notices.push({ title, body, click: () => this.dispatchEvent(new Event('click')) });
      }
      close() {}
    }
    Reflect.set(window, 'Notification', Notice);
  }, permission);
}

interface Heard {
  sounds: number;
  notices: string[];
}

function heard(page: Page): Promise<Heard> {
  return page.evaluate(() => {
    const { sounds, notices } = Reflect.get(window, 'heard');
    return {
      sounds,
      notices: notices.map((notice: { title: string; body: string }) => `${notice.title}: ${notice.body}`),
    };
  });
}

async function look(page: Page, isSeen: boolean): Promise<void> {
  await page.evaluate((seen) => {
    Reflect.get(window, 'heard').isSeen = seen;
    dispatchEvent(new Event(seen ? 'focus' : 'blur'));
  }, isSeen);
}

test('a waiting visitor shows in title and icon, sounds, and notifies when nobody looks', async ({ page, hub }) => {
  await listenIn(page, 'granted');
  await signIn(page, hub, 'anna');
  await setStatus(page, 'Available');
  const icon = page.locator('#favicon');
  const calm = await icon.getAttribute('href');
  await look(page, false);
  const vera = await Visitor.at(hub.origin);

  await vera.open('is anybody there?');

  await expect(page).toHaveTitle('(1) Bakery');
  await expect(icon).not.toHaveAttribute('href', calm ?? '');
  await expect.poll(async () => (await heard(page)).sounds).toBe(2);
  expect((await heard(page)).notices).toEqual([expect.stringMatching(/^Guest \d{4} is waiting: is anybody there\?$/)]);
  await page.evaluate(() => Reflect.get(window, 'heard').notices[0].click());
  await expect(page.locator('.waiting-room')).toBeVisible();
  await look(page, true);
  await startChat(page);
  await expect(page).toHaveTitle('Bakery');
  await expect(icon).toHaveAttribute('href', calm ?? '');
});

test('the chat on screen makes no sound; the same chat does when nobody looks', async ({ page, hub }) => {
  await listenIn(page, 'granted');
  await signIn(page, hub, 'anna');
  const vera = await Visitor.at(hub.origin);
  await vera.open('hello');
  await startChat(page);
  await vera.say('one');
  await expect(page.locator('.line')).toHaveCount(2);
  expect(await heard(page)).toEqual({ sounds: 0, notices: [] });

  await look(page, false);
  await vera.say('two');

  await expect(page).toHaveTitle('(1) Bakery');
  await expect.poll(async () => (await heard(page)).notices).toEqual([expect.stringMatching(/^Guest \d{4}: two$/)]);
  await look(page, true);
  await expect(page).toHaveTitle('Bakery');
});

test('a desk that is away stays silent', async ({ page, hub }) => {
  await listenIn(page, 'granted');
  await signIn(page, hub, 'anna');
  await look(page, false);
  const vera = await Visitor.at(hub.origin);

  await vera.open('hello');

  await expect(page.locator('.waiting-tile')).toContainText('Waiting visitors');
  expect(await heard(page)).toEqual({ sounds: 0, notices: [] });
});

test('becoming available asks for notifications; what stays forbidden is said until the consultant agrees', async ({
  page,
  hub,
}) => {
  await listenIn(page, 'denied');
  await signIn(page, hub, 'anna');
  await expect(page.locator('.notice')).toHaveCount(0);

  await setStatus(page, 'Available');
  await expect(page.locator('.notice')).toContainText('Notifications are forbidden');
  await page.getByRole('button', { name: 'Work without' }).click();

  await expect(page.locator('.notice')).toHaveCount(0);
});

test('one click allows notifications that were never asked for', async ({ page, hub }) => {
  await listenIn(page, 'default');
  await signIn(page, hub, 'anna');

  await setStatus(page, 'Available');

  await expect(page.locator('.notice')).toHaveCount(0);
  await page.locator('.top-bar .menu > .round').click();
  await page.getByRole('button', { name: 'Try it' }).click();
  expect((await heard(page)).notices).toHaveLength(1);
  await page.getByRole('switch', { name: 'Desktop notifications' }).click();
  await page.getByRole('button', { name: 'Try it' }).click();
  expect((await heard(page)).notices).toHaveLength(1);
});
