// What a hostile visitor sends is shown as text, letter by letter, in every screen of the admin; nothing of it runs.
import { DESKTOP, expect, lines, signIn, startChat, test } from './admin-kit';
import { Visitor } from './visitor';

test.use(DESKTOP);

const SCRIPT = '<img src=x onerror="window.hacked=1">';
const ENTITY = '&lt;b&gt; "quotes" \'and\' </script><script>window.hacked=1</script>';
const TEMPLATE = '{{constructor.constructor("window.hacked=1")()}} $\u007b7*7} {name}';
const LINK = 'javascript:window.hacked=1';

test('hostile text is shown as it is, everywhere', async ({ page, hub }) => {
  const errors: string[] = [];
  page.on('console', (line) => line.type() === 'error' && line.text().includes('Policy') && errors.push(line.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('dialog', (dialog) => errors.push(dialog.message()));
  await signIn(page, hub, 'anna');
  const visit = {
    page: {
      url: LINK,
      title: SCRIPT,
      referrer: `https://x.example/"><svg onload=window.hacked=1>`,
      language: SCRIPT,
      zone: ENTITY,
    },
    agent: `Mozilla/5.0 ${SCRIPT}`,
  };
  const first = await Visitor.at(hub.origin, visit);

  await first.open(SCRIPT);
  await page.locator('.waiting-tile').click();
  await expect(page.locator('.waiting-row p')).toHaveText(SCRIPT);
  await expect(page.locator('.waiting-row small')).toContainText(LINK);
  await startChat(page);
  await expect(lines(page)).toHaveText([SCRIPT]);
  await expect(page.locator('.chat-row-last')).toHaveText(SCRIPT);
  await expect(page.locator('.chat-head-who p')).toHaveText(LINK);
  await expect(page.locator('.chat-facts')).toContainText(SCRIPT);
  const panel = page.locator('.visitor-panel');
  for (const text of [SCRIPT, LINK, visit.page.referrer, ENTITY]) {
    await expect(panel.getByText(text, { exact: true }).first()).toBeVisible();
  }

  for (const text of [ENTITY, TEMPLATE, LINK]) await first.say(text);
  await expect(lines(page)).toHaveText([SCRIPT, ENTITY, TEMPLATE, LINK]);
  first.send({ t: 'typing', chat: first.chat, draft: SCRIPT });
  await expect(page.locator('.line.writing .line-body')).toHaveText(SCRIPT);
  await page.getByRole('button', { name: 'Close chat' }).click();
  await first.event('closed');

  const again = await Visitor.at(hub.origin, { ...visit, token: first.token });
  await again.open('again');
  await startChat(page);
  await page.locator('.previous-button').click();
  await expect(page.locator('.previous-chat > button')).toContainText(SCRIPT);
  await page.locator('.previous-chat > button').click();
  await expect(page.locator('.previous-lines .line-body')).toHaveText([SCRIPT, ENTITY, TEMPLATE, LINK]);

  expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined();
  await expect(page.locator('a[href^="javascript"], img[src="x"], .desk script, .desk svg[onload]')).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('a message without a break does not push the desk apart', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');
  const vera = await Visitor.at(hub.origin, {
    page: { url: `https://x.example/${'a'.repeat(1500)}`, title: 'b'.repeat(190) },
  });
  await vera.open('w'.repeat(3000));
  await startChat(page);
  await expect(lines(page)).toHaveCount(1);

  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

  expect(overflow).toBeLessThanOrEqual(0);
  await expect(page.getByRole('button', { name: 'Close chat' })).toBeInViewport();
});
