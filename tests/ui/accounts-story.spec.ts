// Accounts against the real hub: inviting, a forgotten password, the order of the table, deleting, and what the audit keeps.
import type { Page } from '@playwright/test';
import { ask, asOlga, CHOSEN, goTo, openAccount, row, rows } from './accounts-kit';
import { DESKTOP, expect, PHONE, signIn, test, type } from './admin-kit';

test.use(DESKTOP);
// Each of these walks through two or three sign-ins, and passwords take their time to be hashed.
test.setTimeout(120_000);

const toast = '.toast';

test('an owner invites somebody, who chooses a password and is at work', async ({ browser, page, hub }) => {
  await asOlga(page, hub);
  await goTo(page, '#/accounts');
  await page.getByRole('button', { name: 'Add an account' }).click();
  await page.getByLabel('First name').fill('Eve');
  await page.getByLabel('Last name').fill('Novak');
  await page.getByLabel('E-mail', { exact: true }).fill('Eve@Bakery.example');
  await page.getByRole('button', { name: 'Make the invitation' }).click();

  const dialog = page.getByRole('dialog', { name: 'The invitation of Eve' });
  const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
  expect(link).toMatch(/\/admin\/#link=[\w-]{20,}$/);
  await expect(dialog).toContainText('Valid until');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(row(page, 'Eve Novak')).toContainText('invited');

  const eve = await (await browser.newContext(DESKTOP)).newPage();
  await eve.goto(link);
  await expect(eve.getByRole('heading', { level: 1 })).toHaveText('Welcome, Eve');
  await expect(eve.locator('.gate-who')).toContainText('eve@bakery.example');
  await eve.locator('input[name=password]').fill('password1234');
  await eve.locator('button[type=submit]').click();
  await expect(eve.locator('.field .wrong')).toContainText('easy to guess');
  await eve.locator('input[name=password]').fill(CHOSEN);
  await eve.locator('button[type=submit]').click();
  await expect(eve.locator('.gate-good')).toHaveText('Your password is set. Sign in with it.');
  await expect(eve.locator('input[name=email]')).toHaveValue('eve@bakery.example');
  await eve.locator('input[name=password]').fill(CHOSEN);
  await eve.locator('button[type=submit]').click();
  await expect(eve.locator('button.status-button')).toBeVisible();
  expect(eve.url()).not.toContain('link');

  await page.reload();
  await expect(row(page, 'Eve Novak')).not.toContainText('invited');
  await eve.goto('about:blank');
  await eve.goto(link);
  await expect(eve.getByRole('heading', { level: 1 })).toHaveText('This link does not work any more');
  await eve.getByRole('button', { name: 'To the sign-in' }).click();
  await expect(eve.locator('button.status-button')).toBeVisible();
});

test('an account with a password signs in at once, and a taken e-mail is told beside its field', async ({
  browser,
  page,
  hub,
}) => {
  await asOlga(page, hub);
  await goTo(page, '#/accounts/new');
  await page.getByLabel('First name').fill('Eve');
  await page.getByLabel('Last name').fill('Novak');
  await page.getByLabel('E-mail', { exact: true }).fill('ANNA@bakery.example');
  await page.getByRole('radio', { name: 'Password' }).check();
  await page.getByLabel('Password', { exact: true }).last().fill(CHOSEN);
  await page.keyboard.press('Control+s');
  const email = page.locator('.field:has(input[type=email])');
  await expect(email.locator('.wrong')).toHaveText('Another account has this e-mail already.');
  await expect(email.locator('input')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('E-mail', { exact: true }).fill('eve@bakery.example');
  await page.keyboard.press('Control+s');
  await expect(page.locator(toast)).toContainText('The account of Eve is ready');

  const eve = await (await browser.newContext(DESKTOP)).newPage();
  await eve.goto(`${hub.origin}/admin/`);
  await type(eve, 'eve', CHOSEN);

  await expect(eve.locator('button.status-button')).toBeVisible();
});

test('a link for a new password ends every browser of the account and the former password', async ({
  browser,
  page,
  hub,
}) => {
  const anna = await (await browser.newContext(DESKTOP)).newPage();
  await signIn(anna, hub, 'anna');
  await asOlga(page, hub);
  await openAccount(page, 'anna@bakery.example');
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = await page.getByRole('dialog').getByRole('textbox', { name: 'Link' }).inputValue();

  const other = await (await browser.newContext(DESKTOP)).newPage();
  await other.goto(link);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('A new password, Anna');
  await other.locator('input[name=password]').fill(CHOSEN);
  await other.locator('button[type=submit]').click();

  await expect(anna.locator('[role=alert]')).toContainText('You were signed out');
  await expect(other.locator('input[name=email]')).toHaveValue('anna@bakery.example');
  await type(other, 'anna');
  await expect(other.locator('[role=alert]')).toHaveText('The e-mail or the password is wrong.');
  await type(other, 'anna', CHOSEN);
  await expect(other.locator('button.status-button')).toBeVisible();
});

test('the order of the table changes by keys, buttons and dragging, is told aloud, and stays', async ({
  page,
  hub,
}) => {
  await asOlga(page, hub);
  await goTo(page, '#/accounts');
  await expect(rows(page)).toHaveText(['Olga Nowak', 'Anna Baker', 'Ben Miller']);

  await page.getByRole('link', { name: 'ben@bakery.example' }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(rows(page)).toHaveText(['Olga Nowak', 'Ben Miller', 'Anna Baker']);
  await expect(page.locator('.accounts [role=status]')).toHaveText('Ben: place 2 of 3');
  await expect(page.getByRole('link', { name: 'ben@bakery.example' })).toBeFocused();
  await page.getByRole('button', { name: 'Move Ben up' }).click();
  await expect(rows(page)).toHaveText(['Ben Miller', 'Olga Nowak', 'Anna Baker']);
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.locator('.accounts [role=status]')).toHaveText('Ben stands first already');

  const grip = await row(page, 'Anna').locator('.account-grip').boundingBox();
  const first = await row(page, 'Ben').boundingBox();
  if (grip === null || first === null) throw new Error('the table is not there');
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await page.mouse.down();
  await page.mouse.move(grip.x, first.y + first.height / 2, { steps: 8 });
  await expect(row(page, 'Anna')).toHaveClass(/dragged/);
  await page.mouse.up();
  await expect(rows(page)).toHaveText(['Anna Baker', 'Ben Miller', 'Olga Nowak']);
  await expect(page.locator('.accounts [role=status]')).toHaveText('Anna: place 1 of 3');

  await page.reload();
  await expect(rows(page)).toHaveText(['Anna Baker', 'Ben Miller', 'Olga Nowak']);
  await page.locator('.account-grip').last().hover();
  await page.mouse.down();
  await page.mouse.move(grip.x, first.y, { steps: 4 });
  await expect(rows(page).first()).toHaveText('Olga Nowak');
  await page.keyboard.press('Escape');
  await expect(rows(page)).toHaveText(['Anna Baker', 'Ben Miller', 'Olga Nowak']);
  await page.mouse.up();
});

test('an order made over a list that changed meanwhile is told, and the list comes anew', async ({ page, hub }) => {
  await asOlga(page, hub);
  await goTo(page, '#/accounts');
  await expect(rows(page)).toHaveCount(3);
  const eve = { email: 'eve@bakery.example', given_name: 'Eve', family_name: 'Novak', role: 'consultant' };
  const more = { takes_calls: true, sends_transcripts: true, language: 'en' };
  expect(await ask(page, 'POST', '/v1/accounts', { ...eve, ...more })).toBe(201);

  await page.getByRole('button', { name: 'Move Ben up' }).click();

  await expect(page.locator(toast)).toContainText('Somebody changed the list meanwhile');
  await expect(rows(page)).toHaveText(['Olga Nowak', 'Anna Baker', 'Ben Miller', 'Eve Novak']);
});

test('nobody deletes oneself or the last owner, and a deleted account is gone from the table', async ({
  browser,
  page,
  hub,
}) => {
  const ben = await (await browser.newContext(DESKTOP)).newPage();
  await signIn(ben, hub, 'ben');
  await asOlga(page, hub);
  await openAccount(page, 'olga@bakery.example');
  await page.getByRole('button', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Old chats stay readable');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await expect(dialog.getByRole('alert')).toContainText('You cannot delete your own account');
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'Consultant' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.wrong-box')).toContainText('the last owner');
  await page.getByRole('button', { name: 'Undo' }).click();

  await openAccount(page, 'ben@bakery.example');
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();

  await expect(rows(page)).toHaveText(['Olga Nowak', 'Anna Baker']);
  await expect(ben.locator('[role=alert]')).toContainText('You were signed out');
  await type(ben, 'ben');
  await expect(ben.locator('[role=alert]')).toHaveText('The e-mail or the password is wrong.');
});

test('a change of an account stands in the audit with what it was before', async ({ page, hub }) => {
  await asOlga(page, hub);
  await openAccount(page, 'anna@bakery.example');
  await page.getByLabel('First name').fill('Ania');
  await page.getByRole('switch', { name: 'Send chat history by e-mail' }).click();
  await expect(page.locator('.account-changes')).toHaveText('2 unsaved changes');
  await page.keyboard.press('Control+s');
  await expect(page.locator(toast)).toContainText('Saved');

  await page.getByRole('link', { name: 'Audit' }).click();

  const entry = page.locator('.audit-entry').first();
  await expect(entry.locator('.audit-what')).toHaveText('Account changed: Ania Baker');
  await expect(entry.locator('.audit-who')).toContainText('Olga Nowak');
  const changes = entry.locator('.audit-changes > div');
  await expect(changes.filter({ hasText: 'First name' })).toContainText(/Anna.*Ania/);
  await expect(changes.filter({ hasText: 'Send chat history by e-mail' })).toContainText(/no.*yes/);
  await expect(changes).toHaveCount(2);
});

test('whoever leaves a changed form is asked, and keeps what was typed by staying', async ({ page, hub }) => {
  await asOlga(page, hub);
  await openAccount(page, 'anna@bakery.example');
  await page.getByLabel('First name').fill('Ania');
  await page.getByRole('link', { name: 'Audit' }).click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await expect(page.getByLabel('First name')).toHaveValue('Ania');

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByLabel('First name')).toHaveValue('Anna');
  await page.getByRole('link', { name: 'Audit' }).click();
  await expect(page.locator('h1')).toHaveText('Audit');

  await goTo(page, '#/accounts/new');
  await page.getByLabel('First name').fill('Eve');
  await page.getByRole('link', { name: 'Dashboard' }).click();
  await dialog.getByRole('button', { name: 'Leave' }).click();
  await expect(page.locator('.chat-list')).toBeVisible();
});

test('consultants see no settings, and an address of one says so', async ({ page, hub }) => {
  await signIn(page, hub, 'anna');

  await expect(page.locator('.nav-places a')).toHaveText([/Dashboard/, /^Orders/, /^Calls/]);
  for (const hash of ['#/accounts', '#/accounts/new', '#/audit', '#/packages']) {
    await goTo(page, hash);
    await expect(page.getByRole('heading', { name: 'Only owners see this' })).toBeVisible();
  }
  expect(await ask(page, 'GET', '/v1/accounts')).toBe(403);
  await page.getByRole('link', { name: 'To the dashboard' }).click();
  await expect(page.locator('.chat-list')).toBeVisible();
});

test('on a phone the settings open from the bar at the bottom, and an account can be changed', async ({
  browser,
  hub,
}) => {
  const page = await (await browser.newContext(PHONE)).newPage();
  await asOlga(page, hub);
  await page.locator('.tabs-more').tap();
  await page.locator('.tabs').getByRole('link', { name: 'Accounts' }).tap();
  await dragByTouch(page, 'Olga', 'Ben');
  await expect(rows(page)).toHaveText(['Anna Baker', 'Ben Miller', 'Olga Nowak']);
  await page.reload();
  await expect(rows(page)).toHaveText(['Anna Baker', 'Ben Miller', 'Olga Nowak']);
  await page.getByRole('link', { name: 'ben@bakery.example' }).tap();
  await page.getByLabel('First name').fill('Benjamin');
  await page.getByRole('button', { name: 'Save' }).tap();

  await expect(page.locator(toast)).toContainText('Saved');
  const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(widths[0]).toBe(widths[1]);
});

/** Moves the row of one to the place of another with a finger; only the browser itself can be told of those. */
async function dragByTouch(page: Page, name: string, over: string): Promise<void> {
  const from = await row(page, name).locator('.account-grip').boundingBox();
  const to = await row(page, over).boundingBox();
  if (from === null || to === null) throw new Error('the table is not there');
  const browser = await page.context().newCDPSession(page);
  const x = from.x + from.width / 2;
  const [begin, end] = [from.y + from.height / 2, to.y + to.height / 2];
  await browser.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y: begin }] });
  for (const part of [0.25, 0.5, 0.75, 1]) {
    const y = begin + (end - begin) * part;
    await browser.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x, y }] });
  }
  await browser.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}
