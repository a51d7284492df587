// Each tab of the editor: filled, saved, loaded again, kept by the hub, and seen on a business's page.
import { deflateSync } from 'node:zlib';
import { DESKTOP, expect } from './admin-kit';
import { asOwner, edit, kept, pick, save, test } from './packages-kit';
import { snippet } from './shop';

test.use(DESKTOP);
// Stories of many steps: on a busy machine each step alone may take seconds.
test.describe.configure({ timeout: 120_000 });

test('the tab Common is filled, saved, loaded again and kept', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'common');

  await page.getByLabel('Package identifier').fill('Bread shop');
  await page.getByLabel('Language visitors see').selectOption('pl');
  await page.getByLabel('Company name').fill('Bakery & Sons');
  await page.getByLabel('Company web address').fill('https://bakery.example/bread');
  await page.getByLabel('Time zone').selectOption('America/New_York');
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png(600, 50) });
  await expect(page.locator('.image-frame img')).toBeVisible();
  await page.getByLabel('Consent text').fill('I agree to the terms.');
  await page.getByLabel('Text above the message').fill('We answer tomorrow.');
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.keyboard.type('Order number');
  await page.getByRole('switch', { name: 'Required' }).click();
  await page.getByRole('button', { name: 'Add a question' }).click();
  await page.getByLabel('Kind of question 2').selectOption('phone');
  await page.getByRole('button', { name: 'Move question 2 up' }).click();
  await expect(page.locator('.save-bar')).toContainText('9 unsaved changes');
  await save(page);

  await page.reload();
  await expect(page.getByLabel('Package identifier')).toHaveValue('Bread shop');
  await expect(page.getByLabel('Question 1', { exact: true })).toHaveValue('Phone');
  const { name, settings } = await kept(page, hub);
  expect(name).toBe('Bread shop');
  expect(settings).toMatchObject({
    language: 'pl',
    company: 'Bakery & Sons',
    web_address: 'https://bakery.example/bread',
    zone: 'America/New_York',
    message: { is_offered: true, text: 'We answer tomorrow.' },
  });
  expect(settings.form.consent).toBe('I agree to the terms.');
  expect(settings.form.fields.map(({ label, kind, is_required }) => [label, kind, is_required])).toEqual([
    ['Phone', 'phone', false],
    ['Order number', 'text', true],
  ]);
  const size = await page
    .locator('.image-frame img')
    .evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
  expect(size).toEqual([300, 25]);
});

test('the tab Button is filled, saved, and the button on a page shows it at the next load', async ({
  page,
  hub,
  shop,
}) => {
  const site = await page.context().newPage();
  const address = shop.page('/', snippet(hub.origin), '<h1>Bread</h1>');
  await asOwner(page, hub);
  await edit(page, hub, 'button');

  await page.getByLabel('Label text').fill('Fresh bread?');
  await pick(page, 'Label visible', 'By itself').check();
  await page.getByLabel('After how many seconds').fill('1');
  await pick(page, 'Position', 'Top left').check();
  await pick(page, 'Stick to the edge', 'Top or bottom').check();
  await page.getByRole('switch', { name: 'Come off the edge while the label is visible' }).click();
  await pick(page, 'Color', 'Orange').check();
  await expect(page.getByLabel('Color', { exact: true }).locator('visible=true').first()).toBeVisible();
  await pick(page, 'Size', 'Large').check();
  await page.getByLabel('Outside working hours').selectOption('message');
  await page.getByLabel('Do not show on').fill('/checkout*\n\n/pay');
  await page.getByLabel('Sites that may show the chat').fill(shop.origin);
  await save(page);

  const { button, sites } = (await kept(page, hub)).settings;
  expect(button).toMatchObject({
    label: 'Fresh bread?',
    reveal: 'seconds',
    reveal_seconds: 1,
    corner: 'top_left',
    stick: 'horizontal',
    unstick: true,
    color: 'orange',
    size: 'large',
    outside_hours: 'message',
    hide_on: ['/checkout*', '/pay'],
  });
  expect(sites).toEqual([shop.origin]);
  await site.goto(address);
  const drawn = site.locator('click2call-me .button');
  await expect(drawn).toContainText('Fresh bread?');
  const box = await drawn.boundingBox();
  expect([box?.height, box?.x]).toEqual([68, 20]);
  expect(await drawn.evaluate((element) => getComputedStyle(element).backgroundImage)).toContain('203, 73, 0');
  await edit(page, hub, 'button');
  await expect(page.getByLabel('Do not show on')).toHaveValue('/checkout*\n/pay');
});

test('the tab Page is filled, saved and seen on the call page', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'page');

  await page.getByLabel('Big heading').fill('Talk to a baker');
  await page.getByLabel('Small heading').fill('We know our bread.');
  await page.getByRole('switch', { name: 'Show the chat on the call page' }).click();
  await save(page);

  const one = await kept(page, hub);
  expect(one.settings.page).toEqual({
    heading: 'Talk to a baker',
    subheading: 'We know our bread.',
    has_chat: false,
  });
  const answer = await page.request.get(one.call_page);
  expect(await answer.text()).toContain('Talk to a baker');
});

test('the color is chosen by icon and from the list, and a brand color is shown corrected', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'button');
  const list = page.getByRole('combobox', { name: 'Color' });

  await pick(page, 'Color', 'Violet').check();
  await expect(list).toHaveValue('violet');
  await list.selectOption('green');
  await expect(pick(page, 'Color', 'Green')).toBeChecked();

  await list.selectOption('own');
  await page.getByLabel('Code of the brand color').fill('#ffe000');
  await expect(page.locator('.brand-shown')).toHaveText(/^Shown as #[0-9a-f]{6}, so that white text/);
  await page.getByLabel('Code of the brand color').fill('#1b1464');
  await expect(page.locator('.brand-shown')).toHaveText('White text is readable on it as it is.');
  await save(page);
  expect((await kept(page, hub)).settings.button.brand).toBe('#1b1464');

  await pick(page, 'Color', 'Green').click();
  await expect(page.locator('.brand')).toHaveCount(0);
  await save(page);
  expect((await kept(page, hub)).settings.button).toMatchObject({ brand: null, color: 'green' });
});

test('fields that depend on others are there exactly then', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'button');
  const seconds = page.getByLabel('After how many seconds');
  const unstick = page.getByRole('switch', { name: /^Come off the edge/ });
  const cases: [reveal: string, stick: string, hasSeconds: boolean, hasUnstick: boolean][] = [];
  for (const reveal of ['Always', 'After a click', 'By itself']) {
    for (const stick of ['Not at all', 'Top or bottom', 'Left or right', 'Both']) {
      cases.push([reveal, stick, reveal === 'By itself', reveal !== 'Always' && stick !== 'Not at all']);
    }
  }

  for (const [reveal, stick, hasSeconds, hasUnstick] of cases) {
    await pick(page, 'Label visible', reveal).check();
    await pick(page, 'Stick to the edge', stick).check();
    await expect(seconds, `${reveal}, ${stick}`).toHaveCount(hasSeconds ? 1 : 0);
    await expect(unstick, `${reveal}, ${stick}`).toHaveCount(hasUnstick ? 1 : 0);
  }
});

test('the preview is the loader itself in each of its states', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'button');
  const drawn = page.frameLocator('.preview-glass iframe').locator('click2call-me .button');
  const stage = page.frameLocator('.preview-glass iframe').locator('.shut, .open');

  await page.getByLabel('Label text').fill('Not saved yet');
  await pick(page, 'Label visible', 'After a click').check();
  await pick(page, 'Stick to the edge', 'Both').check();
  const unstick = page.getByRole('switch', { name: /^Come off the edge/ });
  await unstick.click();
  await expect(unstick).toBeChecked();
  await expect(drawn).toContainText('Not saved yet');
  await expect(stage).toHaveClass(/wide.*free/);
  await pick(page, 'Label', 'Hidden').check();
  await expect(stage).not.toHaveClass(/wide/);

  await page.getByLabel('Outside working hours').selectOption('hide');
  await pick(page, 'Working hours', 'Closed').check();
  await expect(drawn).toBeHidden();
  await expect(page.getByText('Closed: the button hides.')).toBeVisible();
  await pick(page, 'Working hours', 'Open').check();
  await expect(drawn).toBeVisible();

  await page.getByLabel('Label text').fill('x'.repeat(61));
  await expect(page.getByText(/^Something is not filled in right/)).toBeVisible();
});

test('what is no image is refused in words, and the logo stays', async ({ page, hub }) => {
  await asOwner(page, hub);
  await edit(page, hub, 'common');
  const picker = page.getByRole('group', { name: 'Logo' });
  const file = page.locator('input[type=file]');
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

  await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: svg });
  await expect(picker.getByRole('alert')).toHaveText(/^This is not an image the hub can read/);
  await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png(600, 50).subarray(0, 60) });
  await expect(picker.getByRole('alert')).toHaveText(/^This file is damaged/);
  await picker.getByRole('button', { name: 'Fetch from an address' }).click();
  await page.getByLabel('Address of the image').fill('http://127.0.0.1/logo.png');
  await page.getByLabel('Address of the image').press('Enter');
  await expect(picker.getByRole('alert')).toHaveText(/^Only addresses on the public web/);
  await expect(page.locator('.save-bar')).toHaveAttribute('data-shown', 'false');

  await file.setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: png(30, 10) });
  await expect(page.locator('.image-frame img')).toBeVisible();
  await picker.getByRole('button', { name: 'Remove the image' }).click();
  await expect(page.locator('.image-frame img')).toHaveCount(0);
});

/** A plain PNG, so that no image has to lie in the repository. */
function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 3 + 1) * height, 0x40);
  for (let row = 0; row < height; row += 1) rows[row * (width * 3 + 1)] = 0;
  const chunks = [chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), ...chunks]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, sum]);
}

function crc(data: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}
