/** The order of a call as a visitor meets it. */
import type { Page } from '@playwright/test';
import { type CallHub, expect } from './call-hub';

export const phone = (page: Page) => page.getByLabel('Phone');
export const email = (page: Page) => page.getByLabel('E-mail');
export const day = (page: Page, name: string) => page.getByRole('radio', { name, exact: true });
export const time = (page: Page, name: string) => page.getByRole('radio', { name, exact: true });
export const send = (page: Page) => page.locator('.order-send');
export const otherDay = (page: Page) => page.getByLabel('Another day, up to a year ahead');

/** A radio is drawn by the label around it. */
export const pick = (page: Page, value: string) => page.locator(`label:has(> input[value="${value}"])`).click();

export async function open(page: Page, hub: CallHub): Promise<void> {
  await page.goto(hub.address);
  await page.getByRole('button', { name: 'Order a call' }).click();
  await expect(day(page, 'Wednesday 10 March')).toBeChecked();
}

export async function fill(page: Page): Promise<void> {
  await phone(page).fill('+48 601 234 567');
  await email(page).fill('vera@example.com');
  await pick(page, '2027-03-11');
  await pick(page, '10:30');
}
