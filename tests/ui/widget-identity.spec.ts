/** Consultants see who the visitor is, and whether the business's server vouches for it: by the example of the guide. */
import { readFileSync } from 'node:fs';
import type { VisitorDetails } from '../../widget/kit/wire';
import { Desk } from './desk';
import { Owner } from './owner';
import { expect, snippet, test } from './shop';
import { Window } from './window';

/** The function as the guide tells businesses to write it. */
async function guideSign(): Promise<(email: string, secret: string) => string> {
  const guide = readFileSync(new URL('../../docs/using/button.md', import.meta.url), 'utf8');
  const example = guide.match(/```js\n(import \{ createHmac[\s\S]*?)```/)?.[1] ?? '';
  const module: { sign: (email: string, secret: string) => string } = await import(
    `data:text/javascript,${encodeURIComponent(`${example}\nexport { sign };`)}`
  );
  return module.sign;
}

async function detailsOf(desk: Desk, chat: string): Promise<VisitorDetails> {
  const told = await desk.until((frame) => frame.t === 'chat' && frame.id === chat);
  if (told.t !== 'chat') throw new Error('not a chat');
  return told.visitor;
}

test('a signed e-mail is verified, a typed one is not', async ({ page, hub, shop }) => {
  const owner = await Owner.at(hub.origin);
  const kept = await owner.create('Identities');
  const sign = await guideSign();
  const secret = await owner.secret(kept);
  const desk = await Desk.of(hub.origin, 'anna');
  for (const [email, signature, isVerified] of [
    ['vera@example.com', sign('vera@example.com', secret), true],
    ['olga@example.com', sign('vera@example.com', secret), false],
    ['adam@example.com', undefined, false],
  ] as const) {
    await page.goto(shop.page(`/${email}`, '', snippet(hub.origin, kept.key)));
    await expect(new Window(page).button).toBeVisible();
    await page.evaluate(
      ([address, signed]) => {
        const identity = { name: 'Vera', email: address, attributes: { plan: 'Sunday rolls' } };
        globalThis.window.Click2CallMe?.identify(signed === undefined ? identity : { ...identity, signature: signed });
      },
      [email, signature] as const,
    );
    const window = new Window(page);
    // On the second page it stands open as it did on the first.
    await page.evaluate('Click2CallMe.open()');
    await window.field.waitFor();
    await expect(window.chat.locator('.bubble')).toHaveCount(0);
    await window.write(`I am ${email}`);
    const chat = await desk.claim(`I am ${email}`);
    expect((await detailsOf(desk, chat)).identity).toEqual({
      name: 'Vera',
      email,
      is_verified: isVerified,
      attributes: [{ label: 'plan', value: 'Sunday rolls' }],
    });
  }
  desk.leave();
});
