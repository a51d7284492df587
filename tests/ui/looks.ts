/** What every screen is looked at for: what axe finds, what sticks out, what would not turn round with the language. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from '@playwright/test';

export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong in a document; it comes through the debugger, so the page's policy stays as it is. */
export async function flaws(frame: Frame | Page): Promise<string[]> {
  await frame.evaluate(AXE);
  return frame.evaluate(async () => {
    const axe: { run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> } =
      Reflect.get(window, 'axe');
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  });
}

/** Nothing moves any more, so colors and places are what they will be. */
export async function still(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    await frame.evaluate(() =>
      Promise.all(
        document
          .getAnimations()
          .map((each) =>
            each.effect?.getTiming().iterations === Infinity ? undefined : each.finished.catch(() => undefined),
          ),
      ),
    );
  }
}

/** What sticks out of the screen; a name may, where dots stand for its rest. */
export async function stuckOut(frame: Frame | Page): Promise<string[]> {
  return frame.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((each) => !each.closest('.quiet, bdi') && each.getBoundingClientRect().right > innerWidth + 1)
      .map((each) => each.className),
  );
}

/**
 * What is wrong once the page is read from right to left: a part that does not lie where a mirror shows it, one that
 * lies over another, a page that can be moved to the side. The page reads as before afterwards.
 */
export async function unturned(frame: Frame | Page): Promise<string[]> {
  return frame.evaluate(async () => {
    const root = document.documentElement;
    const { dir } = root;
    /** Pixels: parts of one are not seen. */
    const near = 1.5;
    // Nothing behind a dialog can be reached.
    const top = document.querySelector('dialog[open]') ?? document.body;
    const parts = [
      ...top.querySelectorAll('h1, h2, p, b, button, a, input, select, summary, label, li, time, .face, aside'),
    ].filter(
      (each) =>
        each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
        !each.closest('.quiet, .unseen') &&
        getComputedStyle(each).clipPath === 'none',
    );
    // Words in a line follow the writing, not the mirror.
    const stands = (each: Element) => !getComputedStyle(each).display.startsWith('inline') || each.matches('.face');
    const blocks = parts.filter((each) => stands(each) && !each.parentElement?.closest('p'));
    const boxes = (of: Element[]) => of.map((each) => each.getBoundingClientRect());
    // Reduced motion leaves each change a millisecond.
    const turn = async (to: string) => {
      root.dir = to;
      const moving = document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity);
      await Promise.allSettled(moving.map(({ finished }) => finished));
    };
    await turn('ltr');
    const before = boxes(blocks);
    await turn('rtl');
    const after = boxes(blocks);
    const name = (each: Element | undefined) =>
      `${each?.tagName}.${each?.className} ${each?.textContent?.slice(0, 30)}`;
    const found = blocks.flatMap((each, at) => {
      const [one, other] = [before[at], after[at]];
      if (one === undefined || other === undefined) return [];
      const off = Math.abs(root.clientWidth - one.right - other.left) + Math.abs(one.top - other.top);
      return off > near ? [`${name(each)} is off by ${off}`] : [];
    });
    const leaves = parts.filter((each) => !parts.some((other) => other !== each && each.contains(other)));
    // Of a heading the words count, not the empty line beside them.
    const places = leaves.map((each) => {
      const range = document.createRange();
      range.selectNodeContents(each);
      return each.matches('h1, h2, p') ? range.getBoundingClientRect() : each.getBoundingClientRect();
    });
    for (const [at, one] of places.entries()) {
      for (const [more, other] of places.slice(at + 1).entries()) {
        const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const along = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        if (across > near && along > near) found.push(`${name(leaves[at])} lies over ${name(leaves[at + 1 + more])}`);
      }
    }
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide`);
    root.dir = dir;
    return found;
  });
}
