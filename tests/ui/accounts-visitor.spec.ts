// Who a visitor is, at the desk: the name everywhere, what was answered, and a mark only beside a signed e-mail.
import { createHmac } from 'node:crypto';
import { DESKTOP, expect, setStatus, signIn, startChat, test } from './admin-kit';
import { Owner } from './owner';
import { Visitor } from './visitor';

test.use(DESKTOP);
// Passwords take their time to be hashed, and two people sign in here.
test.setTimeout(120_000);

const DAY_SECONDS = 86_400;

function sign(secret: string, email: string): string {
  const expires = Math.floor(Date.now() / 1000) + DAY_SECONDS / 2;
  return `${expires}.${createHmac('sha256', secret).update(`${expires}.${email}`).digest('hex')}`;
}

test('a signed e-mail is marked as verified, answers and attributes stand beside the chat', async ({ page, hub }) => {
  const olga = await Owner.at(hub.origin);
  const kept = await olga.create('Cakes', {
    form: { fields: [{ id: 'matter', kind: 'text', label: 'What is it about?', is_required: true }] },
  });
  const email = 'vera@example.com';
  const signature = sign(await olga.secret(kept), email);
  await signIn(page, hub, 'anna');
  await setStatus(page, 'Available');

  const identity = { name: 'Vera <i>Visitor</i>', email, attributes: { plan: 'gold' }, signature };
  const vera = await Visitor.at(hub.origin, { pkg: kept.key, identity });
  await vera.open('hello', { matter: 'A wedding cake' });
  await page.locator('.waiting-tile').click();
  await expect(page.locator('.waiting-row')).toContainText('Vera <i>Visitor</i>');
  await startChat(page);

  const panel = page.locator('.visitor-panel');
  await expect(page.locator('.chat-row b')).toHaveText('Vera <i>Visitor</i>');
  await expect(page.locator('.chat-head h2')).toContainText('Vera <i>Visitor</i>');
  await expect(panel.locator('h2')).toHaveText('Vera <i>Visitor</i>');
  await expect(panel.locator('.visitor-email')).toHaveText(/vera@example\.com.*verified/);
  await expect(panel.locator('.visitor-fact', { hasText: 'What is it about?' })).toContainText('A wedding cake');
  await expect(panel.locator('.visitor-fact', { hasText: 'plan' })).toContainText('gold');
});

test('an e-mail nobody signed has no mark, and one told later appears in the open chat', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  await setStatus(page, 'Available');
  const vera = await Visitor.at(hub.origin);
  await vera.open('hello');
  await startChat(page);
  const panel = page.locator('.visitor-panel');
  await expect(panel.locator('h2')).toHaveText(/^Guest \d{4}$/);

  vera.send({ t: 'identify', name: 'Vera', email: 'vera@example.com', attributes: {} });

  await expect(panel.locator('h2')).toHaveText('Vera');
  await expect(panel.locator('.visitor-email')).toHaveText('vera@example.com');
  await expect(panel.locator('.verified')).toHaveCount(0);
});
