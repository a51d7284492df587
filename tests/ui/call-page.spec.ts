/** The screens of the call page, each brought about by what the hub says: who is there, when it is open, what is lost. */
import type { Page } from '@playwright/test';
import { CallHub, expect, NOW, TEAM, test, WEEK } from './call-hub';

const person = (page: Page, name: string) => page.locator('.person').filter({ hasText: name });
const ring = (page: Page, name: string) =>
  person(page, name)
    .locator('.face')
    .evaluate((face) => {
      const { outlineStyle, outlineColor } = getComputedStyle(face);
      return outlineStyle === 'none' ? 'none' : outlineColor;
    });
const GREEN = 'rgb(47, 191, 123)';
const YELLOW = 'rgb(242, 178, 27)';

test('ready: somebody is available, and the first of them is chosen', async ({ page, hub }) => {
  hub.team = [{ id: 'olga', name: 'Olga', status: 'busy' }, ...TEAM.slice(0, 2)];
  await page.goto(hub.address);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How can we help?');
  await expect(page).toHaveTitle('How can we help? – Bakery');
  await expect(page.locator('.person')).toHaveText([/Olga.*Busy/, /Anna.*Available/, /Ben.*Available/]);
  await expect(page.getByRole('radio', { name: /Anna/ })).toBeChecked();
  expect(await ring(page, 'Anna')).toBe(GREEN);
  expect(await ring(page, 'Ben')).toBe('none');
  await expect(page.getByRole('button', { name: 'Chat with us' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Order a call' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^call/i })).toHaveCount(0);
});

test('the owner’s own words and colors stand there', async ({ page, hub }) => {
  hub.settings = { heading: 'Ask the bakers', subheading: 'Rye, wheat, spelt', a: '#0b8050', b: '#056a5b' };
  await page.goto(hub.address);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Ask the bakers');
  await expect(page.getByText('Rye, wheat, spelt')).toBeVisible();
  const key = page.getByRole('button', { name: 'Chat with us' });
  expect(await key.evaluate((each) => getComputedStyle(each).backgroundImage)).toContain('rgb(11, 128, 80)');
});

test('without the chat there is only the order', async ({ page, hub }) => {
  hub.settings = { has_chat: false };
  await page.goto(hub.address);
  await expect(page.getByText('Order a call, and a person rings you at the time you choose.')).toBeVisible();
  await expect(page.locator('.actions button')).toHaveCount(1);
  hub.open = false;
  hub.present();
  await expect(page.locator('.actions button')).toHaveText(['Order a call']);
});

test('statuses change live, and the ring goes to the first available', async ({ page, hub }) => {
  await page.goto(hub.address);
  await expect(page.getByRole('radio', { name: /Anna/ })).toBeChecked();
  hub.team = TEAM.map((member) => (member.id === 'anna' ? { ...member, status: 'busy' } : member));
  hub.present();
  await expect(person(page, 'Anna')).toContainText('Busy');
  await expect(page.getByRole('radio', { name: /Ben/ })).toBeChecked();
  expect(await ring(page, 'Ben')).toBe(GREEN);
});

test('whom the visitor picks stays picked while there, whatever the status', async ({ page, hub }) => {
  await page.goto(hub.address);
  await person(page, 'Ben').click();
  hub.team = TEAM.map((member) => (member.id === 'ben' ? { ...member, status: 'busy' } : member));
  hub.present();
  await expect(person(page, 'Ben')).toContainText('Busy');
  await expect(page.getByRole('radio', { name: /Ben/ })).toBeChecked();
  expect(await ring(page, 'Ben')).toBe(YELLOW);
  hub.team = TEAM.filter(({ id }) => id !== 'ben');
  hub.present();
  await expect(page.getByRole('radio', { name: /Anna/ })).toBeChecked();
});

test('arrow keys pick a consultant, and a link can', async ({ page, hub }) => {
  await page.goto(`${hub.address}#c=olga`);
  await expect(page.getByRole('radio', { name: /Olga/ })).toBeChecked();
  await page.getByRole('radio', { name: /Olga/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /Piotr/ })).toBeChecked();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /Anna/ })).toBeChecked();
});

const NOBODY = {
  'everybody is busy': { status: 'busy', is_open: true, heading: 'Everybody is busy right now' },
  'nobody is here': { status: 'away', is_open: true, heading: 'Nobody is here right now' },
  'it is closed': { status: 'available', is_open: false, heading: 'We are closed right now' },
} as const;

for (const [name, { status, is_open, heading }] of Object.entries(NOBODY)) {
  test(`nobody can answer because ${name}`, async ({ page, hub }) => {
    hub.open = false;
    hub.team = TEAM.map((member) => ({ ...member, status }));
    hub.hours = { is_open, until: Date.UTC(2027, 2, 11, 7, 0) };
    await page.goto(hub.address);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(heading);
    await expect(page.locator('.actions button')).toHaveText(['Order a call', 'Leave a message']);
    await expect(page.locator('.again')).toHaveCount(is_open ? 0 : 1);
    await expect(page).toHaveTitle(`${heading} – Bakery`);
    await expect(page.locator('.card > p[role=status]')).toHaveText(heading);
    hub.open = true;
    hub.hours = { is_open: true };
    hub.present();
    await expect(page.locator('.card > p[role=status]')).toHaveText('How can we help?');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('How can we help?');
  });
}

test('where no message is offered the visitor may still write', async ({ page, hub }) => {
  hub.open = false;
  hub.settings = { message: { is_offered: false, text: '' } };
  await page.goto(hub.address);
  await expect(page.locator('.actions button')).toHaveText(['Order a call', 'Write to us anyway']);
  hub.settings = { ...hub.settings, outside: 'message' };
  hub.hours = { is_open: false };
  hub.tell({ t: 'settings' });
  hub.present();
  await expect(page.locator('.actions button')).toHaveText(['Order a call', 'Leave a message']);
});

/** The earlier end stays on the left in every language, and no line breaks there. */
const DASH = '\u200e–\u200e\u2060';

test('today’s hours, the week, and when it opens again', async ({ page, hub }) => {
  hub.settings = { hours: { ...WEEK, exceptions: [{ date: '2027-03-12', note: '', day: { open: 'closed' } }] } };
  await page.goto(hub.address);
  const summary = page.locator('.hours summary');
  await expect(summary).toContainText(`08:00${DASH}12:00, 13:00${DASH}18:00`);
  await expect(summary).toContainText('Open now, until 18:00');
  await summary.click();
  const lines = page.locator('.hours dl > div');
  await expect(lines).toHaveText([
    /^Wednesday08:00.–..12:00, 13:00.–..18:00$/,
    /^Thursday08:00.–..18:00$/,
    /^Fri.* 12 .*MarClosed$|^Fri 12 MarClosed$/,
    /^SaturdayClosed$/,
    /^SundayClosed$/,
    /^Monday08:00.–..18:00$/,
    /^Tuesday08:00.–..18:00$/,
  ]);
  hub.open = false;
  for (const [until, said] of [
    [Date.UTC(2027, 2, 10, 12, 0), 'Opens again today at 13:00'],
    [Date.UTC(2027, 2, 11, 7, 0), 'Opens again tomorrow at 08:00'],
    [Date.UTC(2027, 2, 15, 7, 0), 'Opens again on Monday 15 March at 08:00'],
    [undefined, 'Closed now'],
  ] as const) {
    hub.hours = { is_open: false, ...(until !== undefined && { until }) };
    hub.present();
    await expect(summary).toContainText(said);
  }
  hub.hours = { is_open: true };
  hub.present();
  await expect(summary).toContainText('Always open');
});

test.describe('far away', () => {
  test.use({ timezoneId: 'America/New_York' });

  test('hours stay those of the package, and the zone is named', async ({ page, hub }) => {
    await page.goto(hub.address);
    await expect(page.locator('.hours summary')).toContainText('Open now, until 18:00');
    await page.locator('.hours summary').click();
    await expect(page.getByText('All times in Central European Time.')).toBeVisible();
  });
});

test('until the hub has said who is there, nothing is promised', async ({ page, hub }) => {
  hub.isMute = true;
  await page.goto(hub.address);
  await expect(page.getByText('Looking who is free…')).toBeVisible();
  await expect(page.locator('.actions button')).toHaveCount(0);
  await expect(page.getByRole('radio')).toHaveCount(0);
});

test('a lost line is said, and statuses are not known until it is back', async ({ page, hub }) => {
  await page.goto(hub.address);
  await expect(person(page, 'Anna')).toContainText('Available');
  hub.isMute = true;
  hub.cut();
  await expect(page.getByText(/^No connection/)).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('.person')).toHaveText([/Not known/, /Not known/, /Not known/, /Not known/]);
  await expect(page.getByRole('button', { name: 'Order a call' })).toBeVisible();
  hub.isMute = false;
  hub.cut();
  await expect(person(page, 'Anna')).toContainText('Available', { timeout: 40_000 });
  await expect(page.getByText(/^No connection/)).toHaveCount(0);
});

test('a page the hub will not speak with says so', async ({ page, hub }) => {
  await page.goto(hub.address);
  await expect(page.getByRole('radio').first()).toBeVisible();
  hub.cut(4503);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is not available');
  await page.reload();
  await expect(page.getByRole('radio').first()).toBeVisible();
  hub.cut(4510);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This page is out of date');
});

test('what the owner saves is on the open page at once, and the visitor’s words stay', async ({ page, hub }) => {
  await page.goto(`${hub.address}#order`);
  await page.locator('#phone').fill('+48 601 234 567');
  hub.settings = { company: 'Bakery & Sons', a: '#cb4900', logo: '/i/none.png', form: { consent: 'You may call me.' } };
  hub.language = 'pl';
  hub.tell({ t: 'settings' });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Zamów rozmowę');
  await expect(page.locator('html')).toHaveAttribute('lang', 'pl');
  await expect(page.getByText('You may call me.')).toBeVisible();
  await expect(page.locator('#phone')).toHaveValue('+48 601 234 567');
  // The logo does not exist, so the name stays.
  await expect(page.locator('.header')).toContainText('Bakery & Sons');
});

test('the company’s web site is behind its name', async ({ page, hub }) => {
  hub.settings = { web_address: 'https://bakery.example/' };
  await page.goto(hub.address);
  const link = page.getByRole('link', { name: /Bakery/ });
  await expect(link).toHaveAttribute('href', 'https://bakery.example/');
  await expect(link).toHaveAttribute('rel', 'noopener');
});

test('a hostile name and heading stay text', async ({ page, hub }) => {
  const wicked = '</script><img src=x onerror=alert(1)>';
  hub.settings = { company: wicked, heading: wicked, web_address: 'javascript:alert(1)' };
  hub.team = [{ id: 'x', name: wicked, status: 'available' }];
  await page.goto(hub.address);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(wicked);
  await expect(page.locator('.header a')).toHaveCount(0);
  await expect(page.locator('img')).toHaveCount(0);
});

test('a package nobody serves can still be asked to call', async ({ page, hub }) => {
  hub.team = [];
  hub.open = false;
  await page.goto(hub.address);
  await expect(page.getByText('Nobody takes calls here at the moment.')).toBeVisible();
  await page.getByRole('button', { name: 'Order a call' }).click();
  await expect(page.getByText('We will call you at the time you choose.')).toBeVisible();
});

test('in Polish every word is Polish', async ({ page, hub }) => {
  hub.language = 'pl';
  await page.goto(hub.address);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('W czym możemy pomóc?');
  await expect(page).toHaveTitle('W czym możemy pomóc? – Bakery');
  await expect(page.locator('.hours summary')).toContainText('Teraz otwarte, do 18:00');
  await page.getByRole('button', { name: 'Zamów rozmowę' }).click();
  await expect(page).toHaveTitle('Zamów rozmowę – Bakery');
  await expect(page.getByRole('radio', { name: 'środa, 10 marca' })).toBeChecked();
});

test('a visitor’s wrong clock does not move the dates', async ({ page, hub }) => {
  await page.clock.setFixedTime(NOW - 40 * 86_400_000);
  await page.goto(`${hub.address}#order`);
  await expect(page.getByRole('radio', { name: 'Wednesday 10 March' })).toBeChecked();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page says what it needs, in both languages', async ({ page, hub }) => {
    await page.goto(hub.address);
    const read = await page.locator('body').innerText();
    expect(read).toContain('This page needs JavaScript.');
    expect(read).toContain('Ta strona wymaga JavaScriptu.');
  });
});

test('the page breaks no rule of its policy', async ({ page, hub }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(hub.address);
  await page.getByRole('button', { name: 'Chat with us' }).click();
  await page.frameLocator('.dock-frame').getByRole('textbox').first().waitFor();
  await page.goto(`${hub.address}?again#order`);
  await page.locator('.time').first().click();
  // The browser asks for a favicon of its own accord.
  expect(complaints.filter((text) => !text.includes('404'))).toEqual([]);
});

test('a second page leaves the first one alone', async ({ page, hub }) => {
  const other = await CallHub.start();
  other.settings = { company: 'Florist' };
  await page.goto(other.address);
  await expect(page.locator('.header')).toContainText('Florist');
  await page.goto(hub.address);
  await expect(page.locator('.header')).toContainText('Bakery');
  await other.stop();
});
