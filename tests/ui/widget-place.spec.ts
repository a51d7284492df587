/** Where the button stands and how it looks, for every setting of the package; the places are computed, not pictured. */
import type { Page } from '@playwright/test';
import type { Button } from '../../widget/kit/settings';
import { FREE, STUCK } from './fake-button';
import { Owner } from './owner';
import { expect, snippet, test } from './shop';
import { Window } from './window';

const VIEW = { width: 1000, height: 700 };
const EDGE = 20;
const GAP = 12;
const CORNERS = ['bottom_right', 'bottom_left', 'top_right', 'top_left'] as const;
const STICKS = ['none', 'horizontal', 'vertical', 'both'] as const;
const SIZES = [
  ['small', 44],
  ['medium', 56],
  ['large', 68],
] as const;
const THEMES = [
  ['green', ['#0b8050', '#056a5b']],
  ['blue', ['#1763e0', '#1b49c4']],
  ['violet', ['#6f45e4', '#8b35cf']],
  ['orange', ['#cb4900', '#b93c0e']],
] as const;

test.use({ viewport: VIEW });

/** Draws settings on the open page, one after the other, and tells what a visitor sees of the button each time. */
async function looks(page: Page, configs: readonly unknown[]) {
  return page.evaluate((list) => {
    const api: object = window.Click2CallMe ?? {};
    const redraw: (config: unknown) => void = Reflect.get(api, 'redraw');
    const root = document.querySelector('click2call-me')?.shadowRoot;
    const button = root?.querySelector('.button');
    if (!root || !button) throw new Error('no button');
    return list.map((config) => {
      redraw(config);
      // Movements are at their end at once: places are measured, not the way there.
      for (const each of root.getAnimations()) each.finish();
      const { x, y, right, bottom, height } = button.getBoundingClientRect();
      const icon = button.querySelector('svg')?.getBoundingClientRect();
      const { fontSize, backgroundImage, clipPath } = getComputedStyle(button);
      const radii = /round (.*)\)/.exec(clipPath)?.[1]?.split(' ').map(Number.parseFloat) ?? [];
      const [topLeft = 0, topRight = topLeft, bottomRight = topLeft, bottomLeft = topRight] = radii;
      return {
        fromEdges: { top: y, left: x, right: innerWidth - right, bottom: innerHeight - bottom },
        height,
        iconFrom: { left: (icon?.left ?? 0) - x, right: right - (icon?.right ?? 0) },
        radii: { topLeft, topRight, bottomRight, bottomLeft },
        fontSize: Number.parseFloat(fontSize),
        colors: backgroundImage.match(/rgb\([^)]*\)/g),
      };
    });
  }, configs);
}

function rgb(hex: string): string {
  return `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
}

for (const corner of CORNERS) {
  test(`corner ${corner}: every edge, size and color`, async ({ page, hub, shop }) => {
    const owner = await Owner.at(hub.origin);
    const kept = await owner.create(`Places ${corner.slice(0, 10)}`, { button: { label: 'Chat with us' } });
    await page.goto(shop.page('/', '', snippet(hub.origin, kept.key)));
    await expect(new Window(page).button).toBeVisible();
    const [vertical, horizontal] = sides(corner);
    const buttons = STICKS.flatMap((stick) =>
      SIZES.flatMap(([size, height]) => THEMES.map(([color, gradient]) => ({ stick, size, height, color, gradient }))),
    );
    const baked = await Promise.all(
      buttons.map(({ stick, size, color }) => owner.bake(kept, { button: { corner, stick, size, color } })),
    );
    const seen = await looks(page, baked);
    expect(seen.length).toBe(48);
    for (const [index, { stick, size, height, color, gradient }] of buttons.entries()) {
      const name = `${stick} ${size} ${color}`;
      const one = seen[index];
      if (one === undefined) throw new Error(`${name} was not drawn`);
      const sticksY = stick === 'horizontal' || stick === 'both';
      const sticksX = stick === 'vertical' || stick === 'both';
      expect(one.fromEdges[vertical], name).toBe(sticksY ? 0 : EDGE);
      expect(one.fromEdges[horizontal], name).toBe(sticksX ? 0 : EDGE);
      expect(one.height, name).toBe(height);
      expect(one.fontSize, name).toBeCloseTo(10 + height / 10, 1);
      expect(one.iconFrom[horizontal], `${name}: the icon is at the edge, the label toward the page`).toBe(0);
      expect(one.colors, name).toEqual(gradient.map(rgb));
      const radius = stick === 'none' ? height / 2 : height * 0.4;
      for (const [at, value] of Object.entries(one.radii)) {
        const isY = at.toLowerCase().startsWith(vertical);
        const isX = at.toLowerCase().endsWith(horizontal);
        expect(value, `${name} ${at}`).toBeCloseTo((sticksY && isY) || (sticksX && isX) ? 0 : radius, 1);
      }
    }
  });

  test(`corner ${corner}: the window stands beside the button, inside the screen`, async ({ page, hub, shop }) => {
    const owner = await Owner.at(hub.origin);
    const kept = await owner.create(`Windows ${corner.slice(0, 10)}`, { button: { label: 'Chat with us' } });
    await page.goto(shop.page('/', '', snippet(hub.origin, kept.key)));
    const window = new Window(page);
    await window.open();
    const [vertical, horizontal] = sides(corner);
    for (const stick of STICKS) {
      await looks(page, [await owner.bake(kept, { button: { corner, stick, size: 'large' } })]);
      const button = await window.button.boundingBox();
      const frame = await window.frame.boundingBox();
      if (button === null || frame === null) throw new Error('nothing to measure');
      expect(horizontal === 'left' ? frame.x : VIEW.width - frame.x - frame.width).toBe(EDGE);
      const between = vertical === 'top' ? frame.y - button.y - button.height : button.y - frame.y - frame.height;
      expect(between).toBe(GAP);
      expect([frame.width, frame.y >= 0, frame.y + frame.height <= VIEW.height]).toEqual([396, true, true]);
    }
  });
}

/** The edges a corner is made of. */
function sides(corner: Button['corner']): ['top' | 'bottom', 'left' | 'right'] {
  return [corner.startsWith('top') ? 'top' : 'bottom', corner.endsWith('left') ? 'left' : 'right'];
}

test('a brand color of one’s own is darkened until white can be read on it', async ({ page, hub, shop }) => {
  const owner = await Owner.at(hub.origin);
  const kept = await owner.create('Brand');
  await page.goto(shop.page('/', '', snippet(hub.origin, kept.key)));
  await expect(new Window(page).button).toBeVisible();
  for (const [brand, isKept] of [
    ['#7a0019', true],
    ['#ffd400', false],
  ] as const) {
    const [seen] = await looks(page, [await owner.bake(kept, { button: { brand } })]);
    expect(seen?.colors?.[0] === rgb(brand)).toBe(isKept);
  }
});

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
  fake.button = { reveal: -1 };
  await page.goto(fake.origin);
  const window = new Window(page);
  await expect.poll(() => seenWidth(window)).toBe(56);
  await page.mouse.click(VIEW.width - EDGE - 28, VIEW.height - EDGE - 28);
  await expect(window.field).toBeVisible();
  await expect.poll(() => seenWidth(window)).toBeGreaterThan(120);
  await window.minimizeKey.click();
  await expect.poll(() => seenWidth(window)).toBeGreaterThan(120);
});

for (const seconds of [1, 30, 3_600]) {
  test(`a label after ${seconds} s unrolls by itself, and not before`, async ({ page, fake }) => {
    fake.button = { reveal: seconds };
    await page.clock.install({ time: 0 });
    await page.clock.pauseAt(1_000);
    await page.goto(fake.origin);
    const stage = page.locator('click2call-me .wide');
    await expect(new Window(page).button).toBeVisible();
    await page.clock.runFor(seconds * 1_000 - 100);
    await expect(stage).toHaveCount(0);
    await page.clock.runFor(200);
    await expect(stage).toHaveCount(1);
  });
}

test('a stuck button comes off the edge while its label is visible, when it is set to', async ({ page, fake }) => {
  for (const [unstick, expected] of [
    [false, 0],
    [true, EDGE],
  ] as const) {
    fake.button = { reveal: 1, look: STUCK, unstick };
    await page.goto(fake.origin);
    const { button } = new Window(page);
    const fromEdges = async () => {
      const box = await button.boundingBox();
      return box === null ? [] : [VIEW.width - box.x - box.width, VIEW.height - box.y - box.height].map(Math.round);
    };
    await expect(page.locator('click2call-me .wide')).toHaveCount(1);
    await expect.poll(fromEdges).toEqual([expected, expected]);
  }
});

test('what comes off goes back to its edge when the label goes away', async ({ page, hub, shop }) => {
  const owner = await Owner.at(hub.origin);
  const button = { label: 'Chat with us', corner: 'top_left', stick: 'both', reveal: 'click', unstick: true } as const;
  const kept = await owner.create('Comes off', { button });
  await page.goto(shop.page('/', '', snippet(hub.origin, kept.key)));
  const window = new Window(page);
  const at = async () => {
    const box = await window.button.boundingBox();
    return [Math.round(box?.x ?? -1), Math.round(box?.y ?? -1)];
  };
  await expect.poll(at).toEqual([0, 0]);
  await page.mouse.click(28, 28);
  await expect.poll(at).toEqual([EDGE, EDGE]);
  await looks(page, [await owner.bake(kept, { button: { ...button, reveal: 'seconds', reveal_seconds: 3_600 } })]);
  await expect.poll(at).toEqual([0, 0]);
});

for (const width of [280, 320, 1000]) {
  test(`the longest label stays inside a screen of ${width} px`, async ({ page, fake }) => {
    await page.setViewportSize({ width, height: 600 });
    for (const height of [44, 68]) {
      fake.button = { label: 'W'.repeat(60), look: FREE.replaceAll('56px', `${height}px`) };
      await page.goto(fake.origin);
      const box = await new Window(page).button.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(EDGE - 1);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width - EDGE);
    }
  });
}

test('a button without a label is a circle with a name', async ({ page, fake }) => {
  fake.button = { label: '' };
  await page.goto(fake.origin);
  const window = new Window(page);
  await expect.poll(() => seenWidth(window)).toBe(56);
  await expect(window.button).toHaveAccessibleName('Open the chat');
});

test('a hostile label is text', async ({ page, fake }) => {
  const label = '<img src=x onerror=alert(1)>"\'&</script>';
  fake.button = { label };
  page.on('dialog', () => {
    throw new Error('a script of the label ran');
  });
  await page.goto(fake.origin);
  await expect(page.locator('click2call-me .label')).toHaveText(label);
  await expect(new Window(page).button).toHaveAccessibleName(label);
});
