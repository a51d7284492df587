// What the specs of accounts share: an owner who reads English, places by their address, codes as an app makes them.
import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, signIn } from './admin-kit';
import type { Hub } from './hub';

/** A password nobody guesses and no rule refuses. */
export const CHOSEN = 'rye and butter at six';

/** Signs the owner in, whose demo account reads Polish, and has the desk speak English. */
export async function asOlga(page: Page, hub: Hub): Promise<void> {
  await signIn(page, hub, 'olga');
  const status = await ask(page, 'PATCH', '/v1/me', { language: 'en' });
  expect(status).toBe(200);
  await page.reload();
  await expect(page.locator('.nav-places, .tabs').first()).toContainText(/Dashboard|Chats/);
}

/** Asks the hub as the account of this page; gives back the status. */
export function ask(page: Page, method: string, path: string, body?: object): Promise<number> {
  return page.evaluate(
    async ([how, where, what]) => {
      const answer = await fetch(where, {
        method: how,
        headers: { 'Content-Type': 'application/json' },
        ...(what === null ? {} : { body: what }),
      });
      return answer.status;
    },
    [method, path, body === undefined ? null : JSON.stringify(body)] as const,
  );
}

/** Goes to a place of the desk by its address. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

/** The names in the table, from the top. */
export function rows(page: Page) {
  return page.locator('.account-row .account-name b');
}

export function row(page: Page, name: string) {
  return page.locator('.account-row', { hasText: name });
}

/** Opens an account by its e-mail in the table. */
export async function openAccount(page: Page, email: string): Promise<void> {
  await goTo(page, '#/accounts');
  await page.getByRole('link', { name: email }).click();
  await expect(page.locator('.account-form')).toBeVisible();
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** The code an authenticator shows, `steps` half-minutes from now (RFC 6238). */
export function totp(secret: string, steps = 0): string {
  const bits = Array.from(secret.replaceAll(' ', ''), (letter) =>
    ALPHABET.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + steps));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0xf;
  const number = hash.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}
