// What the specs of rule tables and decisions share: tables made over HTTP, and olga at one of them in English.
import { type APIResponse, expect, type Locator, type Page } from '@playwright/test';
import type { DecisionView } from '../../admin/store/api-decisions';
import type { PluginDetail } from '../../admin/store/api-plugins';
import type { Action, Condition, Row } from '../../admin/store/plugin-rows';
import { goTo } from './accounts-kit';
import type { Hub } from './hub';
import type { Upload } from './plugins-kit';

/** An empty rule table. */
export async function newTable(page: Page, hub: Hub, name = 'Who gets whom'): Promise<PluginDetail> {
  const data = { name };
  return body(await page.request.post(`${hub.origin}/v1/plugins/tables`, { data, headers: { origin: hub.origin } }));
}

/** A plugin as the hub keeps it after an upload. */
export async function uploaded(page: Page, hub: Hub, { buffer: data, mimeType }: Upload): Promise<PluginDetail> {
  const headers = { origin: hub.origin, 'content-type': mimeType };
  return body(await page.request.post(`${hub.origin}/v1/plugins`, { data, headers }));
}

export async function kept(page: Page, hub: Hub, { id }: PluginDetail): Promise<PluginDetail> {
  return body(await page.request.get(`${hub.origin}/v1/plugins/${id}`));
}

/** A new version of the table, which is a draft. */
export async function saveRows(page: Page, hub: Hub, { id }: PluginDetail, rows: Row[]): Promise<PluginDetail> {
  const data = { rows };
  const headers = { origin: hub.origin };
  return body(await page.request.put(`${hub.origin}/v1/plugins/${id}/table`, { data, headers }));
}

/** Lets its newest version decide. */
export async function makeLive(page: Page, hub: Hub, { id, newest }: PluginDetail): Promise<PluginDetail> {
  const data = { live: newest, shadow: null };
  const headers = { origin: hub.origin };
  return body(await page.request.put(`${hub.origin}/v1/plugins/${id}/life`, { data, headers }));
}

/** The ids of accounts by first name. */
export async function ids(page: Page, hub: Hub): Promise<ReadonlyMap<string, string>> {
  const answer = await page.request.get(`${hub.origin}/v1/accounts`);
  const { accounts } = await body<{ accounts: { id: string; given_name: string }[] }>(answer);
  return new Map(accounts.map((one) => [one.given_name, one.id]));
}

export async function decision(page: Page, hub: Hub, id: string): Promise<DecisionView> {
  return body(await page.request.get(`${hub.origin}/v1/decisions/${id}`));
}

export function rule(name: string, action: Action, when: Condition[] = []): Row {
  // biome-ignore lint/suspicious/noThenProperty: the hub calls it so, and it is no function
  return { name, is_on: true, when, then: action, tags: [] };
}

/** Offers to these consultants, one after another. */
export function offer(...consultants: string[]): Action {
  return { do: 'offer', steps: [{ to: { consultants }, ring: 'one_by_one', patience_seconds: 60 }] };
}

/** Opens the table of rules. */
export async function openRules(page: Page, { id }: PluginDetail): Promise<void> {
  await goTo(page, `#/plugins/${id}/table`);
  await expect(page.locator('.rule-table')).toBeVisible();
}

/** The rule with this name. */
export function ruleRow(page: Page, name: string): Locator {
  return page.locator('.rule-row').filter({ has: page.locator('h3').getByText(name, { exact: true }) });
}

/** The names of the rules, from the top. */
export function ruleNames(page: Page): Locator {
  return page.locator('.rule-row h3');
}

async function body<T>(answer: APIResponse): Promise<T> {
  expect(answer.status(), await answer.text()).toBeLessThan(300);
  // The JSON door of the tests: what is wrong in it fails where it is compared.
  return (await answer.json()) as T;
}
