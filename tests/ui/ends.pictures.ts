/**
 * `docs/pictures/ends-en.png` and `ends-pl.png`: how a call ends, for each reason what the visitor sees and what the
 * consultant does, drawn by the real call page and the real desk.
 */
import { fileURLToPath } from 'node:url';
import { type Browser, type Locator, type Page, test } from '@playwright/test';
import type { RungConsultant } from '../../admin/store/api-calls';
import type { CallReason } from '../../widget/kit/wire';
import { CallHub, expect } from './call-hub';
import { openDesk, section } from './calls-desk-kit';
import { ENDS, isTold, REASONS } from './ends';
import { DeskHub } from './fake-desk';
import { ANNA, BEN, CALL, missed, record } from './fake-desk-parts';
import { BEEPING, talk } from './voice-kit';

test.use({ launchOptions: BEEPING });

const TALKED_SECONDS = 167;
/** About as long as the page takes until the hub tells it the time: each sheet shows the same seconds. */
const LOADING_MS = 250;
/** How large the screens are drawn, of their true size. */
const SCALE = 0.6;

const STYLE = `
  body { margin: 0; padding: 20px; background: #e9ebf0; color: #16181d; font: 13px/1.4 system-ui, sans-serif; }
  main { display: grid; grid-template-columns: repeat(3, max-content); gap: 12px; width: max-content; }
  section { padding: 12px 14px 14px; border-radius: 14px; background: #dde0e7; }
  h2 { margin: 0 0 8px; font: 600 14px/1.4 ui-monospace, monospace; }
  section > div { display: flex; align-items: start; gap: 14px; }
  section > div > div { display: grid; gap: 8px; }
  img { display: block; border-radius: 8px; }
`;

type Picture = Buffer;

/** What stands on the page when the call is over. */
async function visitorSees(browser: Browser, language: 'en' | 'pl', reason: CallReason): Promise<Picture> {
  const hub = await CallHub.start();
  hub.language = language;
  const page = await still(browser, { width: 390, height: 760 });
  const began = Date.now() + LOADING_MS;
  await talk(page, hub);
  const since = hub.now + Date.now() - began - TALKED_SECONDS * 1_000;
  if (reason === 'transferred') {
    hub.follow({ consultant: { id: 'ben', name: 'Ben' }, talking_since: since });
    await expect(page.getByRole('heading', { name: 'Ben' })).toBeVisible();
  } else {
    const { talking_since: _, ...call } = hub.call ?? { id: 'call1', peer_muted: false };
    hub.call = { ...call, state: 'active' };
    hub.follow({ state: 'ended', reason, ...(ENDS[reason] === 'talk' && { talking_since: since }) });
    await expect(page.locator('.actions')).toBeVisible();
  }
  return taken(page, hub, page.locator('.card'));
}

/** What the desk says of it, and its line in the list of calls. */
async function consultantSees(browser: Browser, language: 'en' | 'pl', reason: CallReason): Promise<Picture[]> {
  const hub = await DeskHub.start();
  hub.language = language;
  const isTalked = ENDS[reason] === 'talk';
  const isMissed = ENDS[reason] === 'ring' || ENDS[reason] === 'nobody';
  hub.records = [listed(reason, isTalked, isMissed)];
  const page = await still(browser, { width: 480, height: 800 });
  await openDesk(page, hub, '#/calls');
  const row = await page.locator('.call-row').screenshot();
  if (!isTold(reason)) {
    await leave(page, hub);
    return [row];
  }
  const began = isTalked ? { talking_since: Date.now() - TALKED_SECONDS * 1_000 } : {};
  const to = reason === 'transferred' ? { transfer_to: { id: BEN, name: 'Ben' } } : {};
  hub.ring({ state: isMissed ? 'ringing' : 'active', tab: 'elsewhere', ...began, ...to });
  await expect(isMissed ? page.locator('dialog.ringing') : section(page)).toBeVisible();
  hub.end(CALL, reason);
  await expect(page.locator('.toast')).toBeVisible();
  return [await taken(page, hub, page.locator('.toast')), row];
}

function listed(reason: CallReason, isTalked: boolean, isMissed: boolean) {
  const at = new Date().setUTCHours(10, 30, 0, 0);
  if (isMissed) return missed(0, { asked_at: at, reason, rings: rung(reason, at) });
  const call = record(0, { asked_at: at, reason, seconds: isTalked ? TALKED_SECONDS : 0 });
  if (reason !== 'transferred') return call;
  // It goes on with the colleague.
  const { ended_at: _, reason: __, ...running } = call;
  const rings = [...call.rings, { account: BEN, name: 'Ben', at, outcome: 'answered' } as const];
  return { ...running, rings, consultant: { id: BEN, name: 'Ben' }, seconds: 0 };
}

/** What the one who was rung did. */
function rung(reason: CallReason, at: number): RungConsultant[] {
  if (ENDS[reason] === 'nobody') return [];
  const outcomes: Partial<Record<CallReason, RungConsultant['outcome']>> = {
    declined: 'declined',
    cancelled: 'stopped',
  };
  return [{ account: ANNA, name: 'Anna', at, outcome: outcomes[reason] ?? 'missed' }];
}

async function still(browser: Browser, viewport: { width: number; height: number }): Promise<Page> {
  return browser.newPage({
    viewport,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
    deviceScaleFactor: SCALE,
  });
}

async function taken(page: Page, hub: CallHub | DeskHub, what: Locator): Promise<Picture> {
  // Nothing looks as if somebody pointed at it.
  await page.mouse.move(0, 0);
  const picture = await what.screenshot();
  await leave(page, hub);
  return picture;
}

async function leave(page: Page, hub: CallHub | DeskHub): Promise<void> {
  await page.close();
  await hub.stop();
}

function image(picture: Picture): string {
  return `<img src="data:image/png;base64,${picture.toString('base64')}">`;
}

for (const language of ['en', 'pl'] as const) {
  test(`draw every end of a call (${language})`, async ({ browser }) => {
    test.setTimeout(300_000);
    const sections: string[] = [];
    for (const reason of REASONS) {
      const visitor = await visitorSees(browser, language, reason);
      const consultant = await consultantSees(browser, language, reason);
      const told = `<div>${image(visitor)}</div><div>${consultant.map(image).join('')}</div>`;
      sections.push(`<section><h2>${reason}</h2><div>${told}</div></section>`);
    }
    const page = await browser.newPage({ viewport: { width: 1_900, height: 900 } });
    await page.setContent(`<style>${STYLE}</style><main>${sections.join('')}</main>`);
    const path = fileURLToPath(new URL(`../../docs/pictures/ends-${language}.png`, import.meta.url));
    await page.locator('main').screenshot({ path });
    await page.close();
  });
}
