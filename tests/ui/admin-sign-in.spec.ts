// The way in and out: every refusal says why, nobody stays in who was signed out, the first start makes an owner.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { DESKTOP, expect, signIn, startChat, test, type } from './admin-kit';
import { Hub, PASSWORD } from './hub';
import { Visitor } from './visitor';

test.use(DESKTOP);

const alert = '[role=alert]';

test('a wrong password and an unknown e-mail are refused in the same words', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/admin/`);

  for (const [name, password] of [
    ['anna', 'not the password'],
    ['nobody', PASSWORD],
  ] as const) {
    await type(page, name, password);
    await expect(page.locator(alert)).toHaveText('The e-mail or the password is wrong.');
    await expect(page.locator('input[name=password]')).toHaveValue('');
    await expect(page.locator('input[name=email]')).toHaveValue(`${name}@bakery.example`);
  }
});

test('too many attempts are told with the time to wait', async ({ page }) => {
  const hub = new Hub({ HUB_LIMITS__SIGN_INS_PER_ACCOUNT: '2' });
  await hub.start();
  await page.goto(`${hub.origin}/admin/`);

  for (let attempt = 0; attempt < 3; attempt += 1) {
    await type(page, 'anna', 'not the password');
    await expect(page.locator(alert)).not.toBeEmpty();
    await expect(page.locator('button[type=submit]')).toBeEnabled();
  }

  await expect(page.locator(alert)).toHaveText(/^Too many attempts\. Try again in \d+ (minute|second)s?\.$/);
  await hub.stop();
});

test('a hub that has no time or does not answer is told as such', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/admin/`);
  const busy = { status: 503, contentType: 'application/problem+json', body: '{"code":"busy","status":503}' };
  await page.route('**/v1/sign-in', (route) => route.fulfill(busy));
  await type(page, 'anna');
  await expect(page.locator(alert)).toContainText('Try again in a few seconds');
  await page.unroute('**/v1/sign-in');

  await hub.kill();
  await type(page, 'anna');

  await expect(page.locator(alert)).toContainText('The hub does not answer');
});

test('the sign-in screen speaks both languages and remembers which', async ({ page, hub }) => {
  await page.goto(`${hub.origin}/admin/`);
  await page.getByRole('button', { name: 'Polski' }).click();
  await expect(page.locator('button[type=submit]')).toHaveText('Zaloguj się');

  await page.reload();

  await expect(page.locator('button[type=submit]')).toHaveText('Zaloguj się');
});

test('signing out in one tab ends the desk in the other, and drafts wait for the next sign-in', async ({
  page,
  hub,
}) => {
  await signIn(page, hub, 'anna');
  const vera = await Visitor.at(hub.origin);
  await vera.open('hello');
  await startChat(page);
  await page.locator('.composer textarea').fill('half an answer');
  const other = await page.context().newPage();
  await other.goto(`${hub.origin}/admin/`);
  await other.locator('.account-button').click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await expect(other.locator('button[type=submit]')).toHaveText('Sign in');

  await expect(page.locator(alert)).toContainText('You were signed out');
  await expect(page.locator('.desk')).toHaveCount(0);
  await type(page, 'anna');

  await expect(page.locator('.composer textarea')).toHaveValue('half an answer');
});

test('an account that signs in after another finds nothing of it', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  const vera = await Visitor.at(hub.origin);
  await vera.open('hello');
  await startChat(page);
  await page.locator('.composer textarea').fill('for vera');
  await page.locator('.account-button').click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await type(page, 'ben');
  await expect(page.locator('button.status-button')).toBeVisible();

  await expect(page.locator('.chat-row')).toHaveCount(0);
  await page.locator('.account-button').click();
  await expect(page.locator('.account-who')).toContainText('ben@bakery.example');
});

test('the printed link makes the first owner, once', async ({ page }) => {
  const { link, stop } = await firstStart();
  await page.goto(link);
  await page.locator('input[name=business]').fill('Bakery <b>&</b> Sons');
  await page.locator('input[name=given_name]').fill('Olga');
  await page.locator('input[name=family_name]').fill('Nowak');
  await page.locator('input[name=email]').fill('olga@bakery.example');
  await page.locator('input[name=password]').fill('password1234');
  await page.locator('button[type=submit]').click();
  await expect(page.locator('.field', { hasText: 'Password' }).locator('.wrong')).toContainText('easy to guess');
  await page.locator('input[name=password]').fill('rye and butter at six');
  await page.locator('button[type=submit]').click();

  await expect(page.locator('.nav-business')).toHaveText('Bakery <b>&</b> Sons');
  expect(page.url()).not.toContain('setup');
  const again = await page.context().newPage();
  await again.goto(link);
  await again.locator('input[name=business]').fill('Second');
  await again.locator('input[name=given_name]').fill('Eve');
  await again.locator('input[name=family_name]').fill('Evil');
  await again.locator('input[name=email]').fill('eve@bakery.example');
  await again.locator('input[name=password]').fill('rye and butter at six');
  await again.locator('button[type=submit]').click();
  await expect(again.locator(alert)).toContainText('was used already');
  stop();
});

/** A hub without any account: it prints the link of the first start. */
async function firstStart(): Promise<{ link: string; stop: () => void }> {
  const data = mkdtempSync(join(tmpdir(), 'hub-ui-'));
  const binary = process.env.HUB_BINARY ?? fileURLToPath(new URL('../../target/debug/hub', import.meta.url));
  const args = ['serve', '--data', data, '--bind', '127.0.0.1:0', '--ops-bind', '127.0.0.1:0'];
  const started: ChildProcess = spawn(binary, args, {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const stop = () => {
    started.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  };
  if (started.stdout === null) throw new Error('the hub says nothing');
  for await (const line of createInterface(started.stdout)) {
    const link = /http:\/\/\S+\/admin\/#setup=\S+/.exec(line)?.[0];
    if (link !== undefined) return { link, stop };
  }
  throw new Error('the hub printed no link');
}
