/** `docs/pictures/buttons.png`: all 192 buttons of corner, edge, size and color, each drawn by the real loader in a small window. */
import { fileURLToPath } from 'node:url';
import { Owner } from './owner';
import { snippet, test } from './shop';

const CORNERS = ['bottom_right', 'bottom_left', 'top_right', 'top_left'] as const;
const STICKS = ['none', 'horizontal', 'vertical', 'both'] as const;
const SIZES = ['small', 'medium', 'large'] as const;
const COLORS = ['green', 'blue', 'violet', 'orange'] as const;
const CELL = { width: 200, height: 104 };
const GAP = 4;
const SIDE = 150;

const STYLE = `
  body { margin: 0; padding: 12px; background: #fff; color: #16181d; font: 17px/1.3 system-ui, sans-serif; }
  table { transform: scale(0.6); transform-origin: 0 0; border-spacing: ${GAP}px; }
  th { font-weight: 600; padding: 2px 4px; }
  tbody th { width: ${SIDE}px; text-align: start; }
  td { padding: 0; }
  iframe { display: block; width: ${CELL.width}px; height: ${CELL.height}px; border: 1px solid #c9ccd3; box-sizing: border-box; }
`;

/** Row by row. */
const BUTTONS = CORNERS.flatMap((corner) =>
  SIZES.flatMap((size) => STICKS.flatMap((stick) => COLORS.map((color) => ({ corner, size, stick, color })))),
);

function words(name: string): string {
  return name.replaceAll('_', ' ');
}

/** One row for a corner and size, one column for an edge and color. */
function table(): string {
  const edges = STICKS.map((stick) => `<th colspan="4">stick: ${stick}</th>`).join('');
  const colors = STICKS.flatMap(() => COLORS.map((color) => `<th>${color}</th>`)).join('');
  const cells = '<td><iframe src="/cell"></iframe></td>'.repeat(STICKS.length * COLORS.length);
  const rows = CORNERS.flatMap((corner) => SIZES.map((size) => `<tr><th>${words(corner)}, ${size}</th>${cells}</tr>`));
  return `<table><thead><tr><td></td>${edges}</tr><tr><td></td>${colors}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

test('draw every button', async ({ browser, hub, shop }) => {
  test.setTimeout(180_000);
  const owner = await Owner.at(hub.origin);
  const kept = await owner.create('Buttons', { button: { label: 'Chat' } });
  shop.page('/cell', '<style>html { background: #f6f4f0; }</style>', snippet(hub.origin, kept.key));
  const width = SIDE + 16 * (CELL.width + GAP) + 60;
  const page = await browser.newPage({ viewport: { width, height: 1_400 }, colorScheme: 'light' });
  await page.goto(shop.page('/sheet', `<style>${STYLE}</style>`, table()));
  for (const [index, frame] of page.frames().slice(1).entries()) {
    const button = BUTTONS[index];
    if (button === undefined) throw new Error('more frames than buttons');
    const baked = await owner.bake(kept, { button });
    await frame.evaluate((config) => {
      const api: object = window.Click2CallMe ?? {};
      Reflect.get(api, 'redraw')(config);
    }, baked);
  }
  // The button glides to its edge.
  await page.waitForTimeout(1_000);
  await page
    .locator('table')
    .screenshot({ path: fileURLToPath(new URL('../../docs/pictures/buttons.png', import.meta.url)) });
  await page.close();
});
