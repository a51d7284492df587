// Decisions against the real hub: a visitor whom a live rule table offers to Anna, read in words, replayed, played with.
import type { Page } from '@playwright/test';
import { asOlga, goTo } from './accounts-kit';
import { DESKTOP, expect, PHONE, test, violations } from './admin-kit';
import { Desk } from './desk';
import type { Hub } from './hub';
import { unturned } from './looks';
import { fake } from './plugins-kit';
import { decision, ids, makeLive, newTable, offer, rule, saveRows, uploaded } from './rule-table-kit';
import { Visitor } from './visitor';

test.use({ ...DESKTOP, bypassCSP: true });

/** Anna and Ben are at work, and a live table gives who looks at cakes to Anna; `before` may add plugins above it. */
async function offered(page: Page, hub: Hub, before = async () => {}) {
  await asOlga(page, hub);
  await before();
  const desks = [await Desk.of(hub.origin, 'anna'), await Desk.of(hub.origin, 'ben')];
  for (const desk of desks) await desk.be('available');
  const people = await ids(page, hub);
  const [anna = '', ben = ''] = [people.get('Anna'), people.get('Ben')];
  const table = await newTable(page, hub);
  const night = { ...rule('Night', { do: 'refuse', message: 'We sleep.', offer_callback: false }), is_on: false };
  const germans = rule('Germans', offer(ben), [{ fact: 'language', test: 'one_of', values: ['de'] }]);
  const cakes = rule('Cakes', offer(anna), [{ fact: 'page_url', test: 'contains', values: ['/cakes'] }]);
  const rows = [night, germans, cakes];
  const live = await makeLive(page, hub, await saveRows(page, hub, table, rows));
  const visitor = await Visitor.at(hub.origin, {
    page: { url: 'https://bakery.example/cakes', language: 'en-GB' },
  });
  await visitor.open('Do you have rye bread?');
  return { table: live, rows, anna, ben, visitor };
}

/** Opens the log and the newest decision in it. */
async function openNewest(page: Page) {
  await goTo(page, '#/decisions');
  await expect(async () => {
    await page.getByRole('button', { name: 'Renew' }).click();
    await expect(page.locator('.decision-entry').first()).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.locator('.decision-entry a').first().click();
  await expect(page.locator('.decision-short')).toBeVisible();
}

test('an owner reads why a visitor was offered to Anna', async ({ page, hub }) => {
  const { visitor } = await offered(page, hub);
  await openNewest(page);

  await expect(page.locator('.decision-what')).toHaveText('offered to Anna (one by one, 60 s)');
  const short = page.locator('.decision-short');
  await expect(short).toContainText('Decided by Who gets whom, rule 3: Cakes.');
  await expect(short).toContainText('Why the hub asked: the visitor had just come.');
  const rows = page.locator('.voice').first().locator('.voice-rows > li');
  await expect(rows).toHaveText([/^Night\s*is switched off$/, /^Germans\s*language is en-GB$/, /^Cakes\s*decided$/]);
  await expect(page.locator('.decision-facts')).toContainText('Do you have rye bread?');
  await expect(page.locator('.decision-facts')).toContainText('bakery.example/cakes');
  await expect(page.locator('.decision-people li', { hasText: 'Anna' })).toContainText('free');

  await page.getByRole('button', { name: 'All decisions about this chat' }).click();
  await expect(page.getByRole('textbox', { name: 'Chat or call' })).toHaveValue(visitor.chat);
  await expect(page.locator('.decision-entry')).toHaveCount(1);
  await page.getByRole('textbox', { name: 'Chat or call' }).fill('0000000000000');
  await expect(page.getByText('None of the kept decisions is like that.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Chat or call' }).fill('');
  await expect(page.locator('.decision-entry')).toHaveCount(1);
  await page.getByRole('switch', { name: 'Only with a failure' }).click();
  await expect(page.locator('.decision-entry')).toHaveCount(0);
  await page.getByRole('switch', { name: 'Only with a failure' }).click();
  await expect(page.locator('.decision-entry')).toHaveCount(1);
  visitor.leave();
});

test('a voice that fails and a shadow that differs are told beside the one who decided', async ({ page, hub }) => {
  const { visitor } = await offered(page, hub, async () => {
    await makeLive(page, hub, await uploaded(page, hub, fake('traps.wasm')));
    const { id } = await uploaded(page, hub, fake('everybody-1.wasm'));
    const data = { live: null, shadow: 1 };
    await page.request.put(`${hub.origin}/v1/plugins/${id}/life`, { data, headers: { origin: hub.origin } });
  });
  await openNewest(page);

  await expect(page.locator('.decision-short')).toContainText('Decided by Who gets whom, rule 3: Cakes.');
  const voice = (name: string) => page.locator('.voice').filter({ has: page.getByRole('heading', { name }) });
  const falls = voice('Falls');
  await expect(falls.locator('.voice-said')).toHaveText('gave no answer');
  await expect(falls.locator('.voice-failed')).toContainText('it stopped with an error');
  await expect(falls).toContainText(/\d ms, [\d,]+ instructions, [\d,]+ KiB of memory/);
  const did = 'offered to Anna (one by one, 60 s)';
  await expect(voice('Who gets whom').locator('.voice-said')).toHaveText(did);
  await expect(voice('Everybody')).toContainText('shadow');
  await expect(voice('Everybody').locator('.voice-differs')).toContainText(`instead of ${did}`);
  await expect(page.locator('.voice')).toHaveCount(3);

  await page.getByRole('link', { name: 'All decisions' }).click();
  await page.getByRole('switch', { name: 'Only with a failure' }).click();
  await expect(page.locator('.decision-entry')).toContainText('with a failure');
  await page.getByRole('switch', { name: 'Only with a failure' }).click();

  await page.locator('.decision-entry a').first().click();
  await falls.getByRole('button', { name: 'Open in playground' }).click();
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(page.locator('.play-answer .voice-failed')).toContainText('it stopped with an error');
  visitor.leave();
});

test('an edited version is asked about it again, and the difference is told', async ({ page, hub }) => {
  const { table, rows, ben } = await offered(page, hub);
  const others = rows.filter(({ name }) => name !== 'Cakes');
  await openNewest(page);
  await saveRows(page, hub, table, [...others, rule('Cakes', offer(ben))]);

  await goTo(page, `#/plugins/${table.id}/replay`);
  await page.getByLabel('Version').selectOption('2');
  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(page.locator('[data-look=same]')).toContainText('1');
  await expect(page.locator('[data-look=different]')).toContainText('0');

  await page.getByLabel('Version').selectOption('3');
  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(page.locator('[data-look=different]')).toContainText('1');
  const found = page.locator('.replay-part li');
  await expect(found.locator('dd')).toHaveText([
    'offered to Anna (one by one, 60 s)',
    'offered to Ben (one by one, 60 s)',
  ]);

  await found.getByRole('link').click();
  await expect(page.locator('.decision-what')).toContainText('offered to Anna');
});

test('the playground answers an edited question, and carries nothing out', async ({ page, hub }) => {
  const { table } = await offered(page, hub);
  await openNewest(page);
  const id = page.url().split('/').at(-1) ?? '';
  await page.getByRole('button', { name: 'Open in playground' }).first().click();
  await expect(page.getByText('This question was recorded.')).toBeVisible();
  const answer = page.locator('.play-answer');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(answer.locator('.voice-said')).toHaveText('offered to Anna (one by one, 60 s)');

  await page.getByRole('checkbox', { name: 'Anna' }).uncheck();
  await expect(answer).toContainText('to an earlier question');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(answer.locator('.voice-rows > li').last()).toContainText('nobody it names is free');
  await expect(answer.locator('.voice-said')).toHaveText('leaves it to the next rule');
  await page.getByRole('textbox', { name: 'Language' }).fill('de');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(answer.locator('.voice-said')).toHaveText('offered to Ben (one by one, 60 s)');

  await page.getByText('The whole question as JSON').click();
  const json = page.getByRole('textbox', { name: 'Question' });
  await expect(json).toHaveValue(/"language": "de"/);
  await json.fill('{ "hook": "route"');
  await expect(page.locator('.play-json .wrong')).toContainText('no JSON');
  await expect(page.getByRole('button', { name: 'Ask', exact: true })).toBeDisabled();
  await json.fill('{ "hook": "route" }');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(page.locator('.play .wrong-box')).toContainText(/missing field/);

  await page.getByRole('button', { name: 'Start from an example' }).click();
  await expect(page.getByRole('checkbox', { name: 'Ben' })).toBeChecked();
  await page.getByRole('textbox', { name: 'Page address' }).fill('https://bakery.example/cakes');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(answer.locator('.voice-said')).toContainText('offered to Anna');
  const { decisions } = await (await page.request.get(`${hub.origin}/v1/decisions`)).json();
  expect(decisions.map((one: { id: string }) => one.id)).toEqual([id]);
  expect((await decision(page, hub, id)).steps[0]).toMatchObject({ plugin: table.id });
});

test('decisions, replay and playground are accessible in every look and on a phone', async ({ page, hub }) => {
  const { table } = await offered(page, hub);
  await openNewest(page);
  const look = async () => {
    await page.setViewportSize(DESKTOP.viewport ?? { width: 1440, height: 900 });
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize(PHONE.viewport ?? { width: 390, height: 844 });
    expect(await violations(page)).toEqual([]);
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('main *')]
        .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
        .map((one) => one.className),
    );
    expect(wide).toEqual([]);
    // What scrolls lies under the tabs of a phone; all else has its place.
    const parts = /(decision-|voice|replay|play-).* is off by|the page is/;
    expect((await unturned(page)).filter((one) => parts.test(one))).toEqual([]);
  };

  await look();
  await goTo(page, '#/decisions');
  await expect(page.locator('.decision-entry')).toHaveCount(1);
  await look();
  await goTo(page, `#/plugins/${table.id}/replay`);
  await page.getByRole('button', { name: 'Ask again' }).click();
  await expect(page.locator('.replay-counts')).toBeVisible();
  await look();
  await goTo(page, `#/plugins/${table.id}/playground`);
  await expect(page.getByRole('checkbox', { name: 'Anna' })).toBeVisible();
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(page.locator('.play-answer')).toBeVisible();
  await look();
});
