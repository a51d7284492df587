/** Where the button stands and how it looks, for every setting of the package. */
import { expect, test } from './shop';
import { Window } from './window';

const VIEW = { width: 1000, height: 700 };
const EDGE = 20;
const THEMES = {
  green: ['#0b8050', '#056a5b'],
  blue: ['#1763e0', '#1b49c4'],
  violet: ['#6f45e4', '#8b35cf'],
  orange: ['#cb4900', '#b93c0e'],
};

test.use({ viewport: VIEW });

for (const corner of ['br', 'bl', 'tr', 'tl']) {
  for (const stick of ['none', 'horizontal', 'vertical', 'both']) {
    test(`corner ${corner}, stuck ${stick}`, async ({ page, fake }) => {
      fake.settings = { corner, stick };
      await page.goto(fake.origin);
      const window = new Window(page);
      const box = await window.button.boundingBox();
      if (box === null) throw new Error('no button');
      const fromY = corner.startsWith('t') ? box.y : VIEW.height - box.y - box.height;
      const fromX = corner.endsWith('l') ? box.x : VIEW.width - box.x - box.width;
      expect(fromY).toBe(stick === 'horizontal' || stick === 'both' ? 0 : EDGE);
      expect(fromX).toBe(stick === 'vertical' || stick === 'both' ? 0 : EDGE);

      const icon = await page.locator('click2call-me svg').boundingBox();
      const iconMiddle = (icon?.x ?? 0) + (icon?.width ?? 0) / 2;
      const isIconOutside = corner.endsWith('l') ? iconMiddle < box.x + 56 : iconMiddle > box.x + box.width - 56;
      expect(isIconOutside).toBe(true);

      await window.open();
      const open = await window.frame.boundingBox();
      if (open === null) throw new Error('no window');
      expect(Math.round(corner.endsWith('l') ? open.x : VIEW.width - open.x - open.width)).toBe(EDGE);
      const between = corner.startsWith('t') ? open.y - box.y - box.height : box.y - open.y - open.height;
      expect(Math.round(between)).toBe(12);
      expect(open.width).toBe(396);
      expect(open.y).toBeGreaterThanOrEqual(0);
      expect(open.y + open.height).toBeLessThanOrEqual(VIEW.height);
    });
  }
}

for (const height of [44, 56, 68]) {
  test(`size ${height}`, async ({ page, fake }) => {
    fake.settings = { height };
    await page.goto(fake.origin);
    const { button } = new Window(page);
    expect((await button.boundingBox())?.height).toBe(height);
    const size = await button.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    expect(size).toBeCloseTo(10 + height / 10, 1);
  });
}

for (const [name, [a, b]] of Object.entries(THEMES)) {
  test(`color ${name}`, async ({ page, fake }) => {
    fake.settings = { a, b };
    await page.goto(fake.origin);
    const rgb = (hex = '') => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
    const image = await new Window(page).button.evaluate((element) => getComputedStyle(element).backgroundImage);
    expect(image).toContain(rgb(a));
    expect(image).toContain(rgb(b));
  });
}

/** The part of the button that can be seen and clicked. */
async function seenWidth(window: Window): Promise<number> {
  const box = await window.button.boundingBox();
  if (box === null) return 0;
  return window.page.evaluate(
    ({ x, y, width }) => {
      const root = document.querySelector('click2call-me')?.shadowRoot;
      let seen = 0;
      for (let at = x + 0.5; at < x + width; at += 1) if (root?.elementFromPoint(at, y)?.closest('.button')) seen += 1;
      return seen;
    },
    { x: box.x, y: box.y + box.height / 2, width: box.width },
  );
}

test('a label that is always shown is wide, and folds into a circle while the window is open', async ({
  page,
  fake,
}) => {
  await page.goto(fake.origin);
  const window = new Window(page);
  await expect.poll(() => seenWidth(window)).toBeGreaterThan(120);
  await window.open();
  await expect.poll(() => seenWidth(window)).toBe(56);
});

test('a label after a click is hidden, shown by the click that opens, and stays', async ({ page, fake }) => {
  fake.settings = { reveal: -1 };
  await page.goto(fake.origin);
  const window = new Window(page);
  await expect.poll(() => seenWidth(window)).toBe(56);
  await page.mouse.click(VIEW.width - EDGE - 28, VIEW.height - EDGE - 28);
  await expect(window.field).toBeVisible();
  await expect.poll(() => seenWidth(window)).toBeGreaterThan(120);
  await window.minimizeKey.click();
  await expect.poll(() => seenWidth(window)).toBeGreaterThan(120);
});

test('a label after seconds unrolls by itself', async ({ page, fake }) => {
  fake.settings = { reveal: 30 };
  await page.clock.install();
  await page.goto(fake.origin);
  const stage = page.locator('click2call-me .wide');
  await expect(new Window(page).button).toBeVisible();
  await page.clock.runFor(29_000);
  await expect(stage).toHaveCount(0);
  await page.clock.runFor(1_500);
  await expect(stage).toHaveCount(1);
});

test('a stuck button comes off the edge while its label is visible, when it is set to', async ({ page, fake }) => {
  for (const [unstick, expected] of [
    [false, 0],
    [true, EDGE],
  ] as const) {
    fake.settings = { reveal: 1, stick: 'both', unstick };
    await page.goto(fake.origin);
    const { button } = new Window(page);
    await expect(page.locator('click2call-me .wide')).toHaveCount(1);
    const fromEdges = async () => {
      const box = await button.boundingBox();
      return box === null ? [] : [VIEW.width - box.x - box.width, VIEW.height - box.y - box.height].map(Math.round);
    };
    await expect.poll(fromEdges).toEqual([expected, expected]);
  }
});

test('a hostile label is text', async ({ page, fake }) => {
  const label = '<img src=x onerror=alert(1)>"\'&</script>';
  fake.settings = { label };
  page.on('dialog', () => {
    throw new Error('a script of the label ran');
  });
  await page.goto(fake.origin);
  await expect(page.locator('click2call-me .label')).toHaveText(label);
  await expect(new Window(page).button).toHaveAccessibleName(label);
});
