// What the specs of the package editor share: olga at her packages in English, and the hub's own word on them.
import { type APIResponse, expect, type Locator, type Page } from '@playwright/test';
import type { Package, PackageSummary } from '../../admin/store/api-packages';
import { test as base, signIn } from './admin-kit';
import type { Hub } from './hub';
import { Shop } from './shop';

/** A hub of its own for each test, because each saves settings, and a business's site beside it. */
export const test = base.extend<{ shop: Shop }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  shop: async ({}, use) => {
    const shop = new Shop();
    await shop.start();
    await use(shop);
    await shop.stop();
  },
});

export type Tab = 'common' | 'button' | 'page' | 'versions';

/** Signs olga in, the owner, and makes the desk speak English. */
export async function asOwner(page: Page, hub: Hub): Promise<void> {
  await signIn(page, hub, 'olga');
  const answer = await page.request.patch(`${hub.origin}/v1/me`, {
    data: { language: 'en' },
    headers: { origin: hub.origin },
  });
  expect(answer.status()).toBe(200);
}

/** The packages as the hub keeps them. */
export async function listed(page: Page, hub: Hub): Promise<PackageSummary[]> {
  const answer = await page.request.get(`${hub.origin}/v1/packages`);
  return (await body<{ packages: PackageSummary[] }>(answer)).packages;
}

/** One of them, by its public key. */
export async function kept(page: Page, hub: Hub, key = 'demo-en'): Promise<Package> {
  const one = (await listed(page, hub)).find((summary) => summary.key === key);
  if (one === undefined) throw new Error(`no package ${key}`);
  return body(await page.request.get(`${hub.origin}/v1/packages/${one.id}`));
}

/** Opens a tab of the editor. */
export async function edit(page: Page, hub: Hub, tab: Tab, key = 'demo-en'): Promise<void> {
  const { id } = await kept(page, hub, key);
  await page.goto(`${hub.origin}/admin/#/packages/${id}/${tab}`);
  await page.reload();
  await expect(page.locator('.tab-bar [aria-current]')).toBeVisible();
}

/** Saves and waits until the hub has it. */
export async function save(page: Page): Promise<void> {
  await page.locator('.save-bar').getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.save-bar')).toHaveAttribute('data-shown', 'false');
}

/** Somebody else saves a package meanwhile. */
export async function saveElsewhere(page: Page, hub: Hub, change: (one: Package) => void): Promise<void> {
  const one = await kept(page, hub);
  change(one);
  const answer = await page.request.put(`${hub.origin}/v1/packages/${one.id}`, {
    data: { name: one.name, version: one.version, settings: one.settings },
    headers: { origin: hub.origin },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** The group of radio buttons with this name. */
export function pick(page: Page, group: string, choice: string): Locator {
  return page.getByRole('group', { name: group, exact: true }).getByRole('radio', { name: choice, exact: true });
}

async function body<T>(answer: APIResponse): Promise<T> {
  expect(answer.status(), await answer.text()).toBe(200);
  // The JSON door of the tests: what is wrong in it fails where it is compared.
  return (await answer.json()) as T;
}
