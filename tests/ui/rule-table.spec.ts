// Rule tables against the real hub: writing rules, moving them, saving drafts, going live, faults, leaving.
import { asOlga, goTo } from './accounts-kit';
import { DESKTOP, expect, PHONE, test, violations } from './admin-kit';
import { unturned } from './looks';
import { ids, kept, newTable, offer, openRules, rule, ruleNames, ruleRow, saveRows } from './rule-table-kit';

test.use({ ...DESKTOP, bypassCSP: true });

const toast = '.toast';

test('an owner writes a rule in sentences, saves it as a draft, and makes it live', async ({ page, hub }) => {
  await asOlga(page, hub);
  const table = await newTable(page, hub);
  await openRules(page, table);
  await expect(page.getByText('No rules yet')).toBeVisible();

  await page.getByRole('button', { name: 'Add a rule' }).click();
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Poles');
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('textbox', { name: 'Values of condition 1' }).fill('pl, de');
  await page.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByLabel('What condition 2 looks at').selectOption('waiting_seconds');
  await page.getByLabel('To whom').selectOption('consultants');
  await page.getByRole('checkbox', { name: 'Ben Miller' }).check();
  await page.getByRole('checkbox', { name: 'Anna Baker' }).check();
  await page.getByLabel('How they are rung').selectOption('one_by_one');
  await page.getByRole('spinbutton', { name: 'Seconds' }).fill('30');

  await expect(ruleRow(page, 'Poles').locator('.rule-words')).toHaveText(
    /When language is pl or de and waiting at least 60 s\s+offer to Ben Miller and Anna Baker, one by one, 30 s/,
  );
  await page.keyboard.press('Control+s');
  await expect(page.locator(toast)).toContainText('Saved as draft version 2');
  const people = await ids(page, hub);
  const draft = await kept(page, hub, table);
  expect(draft).toMatchObject({ newest: 2, live: null });
  const [row] = draft.rows ?? [];
  expect(row?.when).toEqual([
    { fact: 'language', test: 'one_of', values: ['pl', 'de'] },
    { fact: 'waiting_seconds', at_least: 60, at_most: null },
  ]);
  const consultants = [people.get('Ben'), people.get('Anna')];
  expect(row?.then).toEqual({
    do: 'offer',
    steps: [{ to: { consultants }, ring: 'one_by_one', patience_seconds: 30 }],
  });

  await page.getByRole('button', { name: 'Make version 2 live' }).click();
  await expect(page.locator(toast).last()).toContainText('Version 2 decides from now on');
  expect(await kept(page, hub, table)).toMatchObject({ live: 2 });
  await expect(page.getByText('is a draft')).toBeHidden();

  await page.getByRole('switch', { name: 'On: Poles' }).click();
  await page.getByRole('button', { name: 'Save and make live' }).click();
  await expect(page.locator(toast).last()).toContainText('Version 3 decides from now on');
  expect(await kept(page, hub, table)).toMatchObject({ live: 3, rows: [{ is_on: false }] });
});

test('rules move by keys, buttons and dragging, are duplicated, deleted and brought back', async ({ page, hub }) => {
  await asOlga(page, hub);
  const table = await newTable(page, hub);
  await saveRows(
    page,
    hub,
    table,
    ['A', 'B', 'C'].map((name) => rule(name, { do: 'built_in' })),
  );
  await openRules(page, table);
  await expect(ruleNames(page)).toHaveText(['A', 'B', 'C']);

  await ruleRow(page, 'A').locator('.rule-open').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(ruleNames(page)).toHaveText(['B', 'A', 'C']);
  await expect(page.locator('.rule-table > [role=status]')).toHaveText('A is now rule 2 of 3.');
  await expect(ruleRow(page, 'A').locator('.rule-open')).toBeFocused();
  await page.getByRole('button', { name: 'Move C up' }).click();
  await expect(ruleNames(page)).toHaveText(['B', 'C', 'A']);
  await ruleRow(page, 'B').locator('.rule-open').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.locator('.rule-table > [role=status]')).toHaveText('B is the first rule.');

  const grip = await ruleRow(page, 'A').locator('.rule-grip').boundingBox();
  const first = await ruleRow(page, 'B').boundingBox();
  if (grip === null || first === null) throw new Error('no rules to drag');
  await page.mouse.move(grip.x + 8, grip.y + 8);
  await page.mouse.down();
  await page.mouse.move(grip.x + 8, first.y + 8, { steps: 8 });
  await page.mouse.up();
  await expect(ruleNames(page)).toHaveText(['A', 'B', 'C']);

  await page.getByRole('button', { name: 'Duplicate B' }).click();
  await expect(ruleNames(page)).toHaveText(['A', 'B', 'B (copy)', 'C']);
  await page.getByRole('button', { name: 'Delete A' }).click();
  await expect(ruleNames(page)).toHaveText(['B', 'B (copy)', 'C']);
  await page.locator(toast).getByRole('button', { name: 'Bring back' }).click();
  await expect(ruleNames(page)).toHaveText(['A', 'B', 'B (copy)', 'C']);

  await page.getByRole('button', { name: 'Delete C' }).click();
  await page.keyboard.press('Control+s');
  await expect(page.locator(toast).last()).toContainText('Saved as draft version 3');
  expect((await kept(page, hub, table)).rows?.map(({ name }) => name)).toEqual(['A', 'B', 'B (copy)']);
});

test('faults stand at their cells, those of the hub as well', async ({ page, hub }) => {
  await asOlga(page, hub);
  const table = await newTable(page, hub);
  const anna = (await ids(page, hub)).get('Anna') ?? '';
  await saveRows(page, hub, table, [rule('First', { do: 'built_in' }), rule('Second', offer(anna))]);
  await openRules(page, table);
  await ruleRow(page, 'Second').locator('.rule-open').click();
  await page.getByRole('spinbutton', { name: 'Seconds' }).fill('2');
  await page.getByRole('button', { name: 'Save', exact: false }).last().click();

  const patience = page.locator('[data-pointer="/rows/1/then/steps/0/patience_seconds"]');
  await expect(patience.locator('.wrong')).toHaveText('0, or 5 to 300 seconds.');
  await expect(patience.locator('input')).toBeFocused();
  expect(await kept(page, hub, table)).toMatchObject({ newest: 2 });

  await page.getByRole('spinbutton', { name: 'Seconds' }).fill('0');
  await expect(patience.locator('.wrong')).toBeHidden();
  // Only the hub minds a mark that reorders text.
  await page.getByRole('textbox', { name: 'Name' }).fill('Sec\u202eond');
  await page.keyboard.press('Control+s');
  const name = page.locator('[data-pointer="/rows/1/name"]');
  await expect(name.locator('.wrong')).toHaveText('This has characters that cannot be shown.');
  await expect(page.locator('.save-wrong')).toContainText('Rule 2');

  await page.getByRole('textbox', { name: 'Name' }).fill('Second');
  await page.keyboard.press('Control+s');
  await expect(page.locator(toast).last()).toContainText('Saved as draft version 3');
  expect((await kept(page, hub, table)).rows?.[1]?.then).toMatchObject({ steps: [{ patience_seconds: 0 }] });
});

test('whoever leaves with unsaved rules is asked first, and undone changes come back', async ({ page, hub }) => {
  await asOlga(page, hub);
  const table = await newTable(page, hub);
  await saveRows(page, hub, table, [rule('Only', { do: 'built_in' })]);
  await openRules(page, table);
  await page.getByRole('button', { name: 'Duplicate Only' }).click();

  await goTo(page, '#/decisions');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await expect(ruleNames(page)).toHaveText(['Only', 'Only (copy)']);
  await page.locator('.save-bar').getByRole('button', { name: 'Undo' }).click();
  await expect(ruleNames(page)).toHaveText(['Only']);
  await page.locator(toast).getByRole('button', { name: 'Bring back' }).click();
  await expect(ruleNames(page)).toHaveText(['Only', 'Only (copy)']);

  await goTo(page, '#/decisions');
  await dialog.getByRole('button', { name: 'Leave' }).click();
  await expect(page.locator('.decision-filter')).toBeVisible();
  expect(await kept(page, hub, table)).toMatchObject({ newest: 2 });
});

test('the table is accessible in every look, on a phone, and from right to left', async ({ page, hub }) => {
  await asOlga(page, hub);
  const table = await newTable(page, hub);
  const [shop] = (await (await page.request.get(`${hub.origin}/v1/packages`)).json()).packages;
  const anna = (await ids(page, hub)).get('Anna') ?? '';
  await saveRows(page, hub, table, [
    rule('Everything', offer(anna), [
      { fact: 'language', test: 'one_of', values: ['pl'] },
      { fact: 'page_url', test: 'contains', values: ['/cakes'] },
      { fact: 'package', test: 'one_of', values: [shop.id] },
      { fact: 'waiting_seconds', at_least: 30, at_most: 90 },
      { fact: 'hour_of_day', from: 22, to: 6 },
    ]),
    rule('Wait', { do: 'queue', queue: shop.id, priority: 1, message: 'One moment.', reconsider_seconds: 30 }),
    rule('No', { do: 'refuse', message: 'Not today.', offer_callback: true }),
  ]);
  await openRules(page, table);
  for (const open of await page.locator('.rule-open').all()) await open.click();

  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await violations(page)).toEqual([]);
  await page.setViewportSize(PHONE.viewport ?? { width: 390, height: 844 });
  expect(await violations(page)).toEqual([]);
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('.rule-table *')]
      .filter((one) => one.getBoundingClientRect().right > innerWidth)
      .map((one) => one.className),
  );
  expect(wide).toEqual([]);
  // What scrolls lies under the tabs of a phone; all else has its place.
  const turned = (await unturned(page)).filter((one) => /rule-.* is off by|the page is/.test(one));
  expect(turned).toEqual([]);
});
