/** The screens of a call, each in both languages: before it, while it rings, in it, and after it for every reason. */
import type { Page } from '@playwright/test';
import type { Code } from '../../widget/kit/wire';
import english from '../../widget/locales/en.json' with { type: 'json' };
import polish from '../../widget/locales/pl.json' with { type: 'json' };
import { type CallHub, expect, TEAM, test } from './call-hub';
import { REASONS } from './ends';
import { ANNA, BEEPING, BEN, callKey, check, heading, key, ring, talk, withoutMicrophone } from './voice-kit';

test.use({ launchOptions: BEEPING });

const LANGUAGES = { en: english.page, pl: polish.page };
type Texts = typeof english.page;
const named = (text: string, name: string) => text.replace('{name}', name);

for (const language of ['en', 'pl'] as const) {
  const texts: Texts = LANGUAGES[language] as unknown as Texts;

  test.describe(language, () => {
    test.beforeEach(({ hub }) => {
      hub.language = language;
    });

    test('ready: one big key names whom it rings', async ({ page, hub }) => {
      hub.settings = { mode: 'both' };
      await page.goto(hub.address);
      await expect(callKey(page)).toHaveText(named(texts['call.name'], 'Anna'));
      await page.locator('.person').filter({ hasText: 'Ben' }).click();
      await expect(callKey(page)).toHaveText(named(texts['call.name'], 'Ben'));
      await page.locator('.person').filter({ hasText: 'Olga' }).click();
      await expect(callKey(page)).toHaveText(texts['call.anyone']);
      await expect(page.getByText(named(texts['call.other'], 'Olga'))).toBeVisible();
      await expect(key(page, texts['ready.chat'])).toBeVisible();
      await expect(key(page, texts['ready.order'])).toBeVisible();
    });

    test('the first call begins with a look at the microphone', async ({ page, hub }) => {
      await check(page, hub);
      await expect(heading(page)).toHaveText(texts['check.open']);
      await expect(heading(page)).toBeFocused();
      await expect(page.getByLabel(texts['check.microphone'], { exact: true })).toHaveCount(1);
      await expect(page.getByLabel(texts['check.speaker'], { exact: true })).toHaveCount(1);
      // The fake microphone beeps once a second: looked at in every frame, lest each look falls between two beeps.
      await page.waitForFunction(() => Number(document.documentElement.style.getPropertyValue('--own')) > 0);
      expect(hub.heard.filter(({ t }) => t === 'call.start')).toEqual([]);
    });

    const PROBLEMS = { NotAllowedError: 'refused', NotFoundError: 'missing', NotReadableError: 'busy' } as const;
    for (const [error, problem] of Object.entries(PROBLEMS)) {
      test(`without a microphone because it is ${problem}, there is a way out`, async ({ page, hub }) => {
        await withoutMicrophone(page, error);
        await check(page, hub);
        await expect(heading(page)).toHaveText(texts[`mic.${problem}`]);
        await expect(page.getByText(texts[`mic.${problem}_text`])).toBeVisible();
        await expect(page.locator('.ways button')).toHaveText([texts['ready.chat'], texts['ready.order']]);
        await key(page, texts['times.retry']).click();
        await expect(heading(page)).toHaveText(texts[`mic.${problem}`]);
        await key(page, texts['ready.order']).click();
        await expect(page.locator('.order')).toBeVisible();
        await key(page, texts['order.back']).click();
        await expect(callKey(page)).toHaveText(named(texts['call.name'], 'Anna'));
      });
    }

    test('a page without https says so', async ({ page, hub }) => {
      await page.addInitScript(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined }));
      await check(page, hub);
      await expect(heading(page)).toHaveText(texts['mic.insecure']);
      await expect(page.getByText(texts['mic.insecure_text'])).toBeVisible();
    });

    test('while it rings it is said whose turn it is', async ({ page, hub }) => {
      await ring(page, hub);
      await expect(heading(page)).toHaveText(named(texts['ring.rings'], 'Anna'));
      await expect(page.locator('.card > p[role=status]')).toHaveText(named(texts['ring.rings'], 'Anna'));
      hub.follow({ consultant: BEN });
      await expect(heading(page)).toHaveText(named(texts['ring.next'].replace('{before}', 'Anna'), 'Ben'));
      await expect(page.getByRole('radio', { name: /Ben/ })).toBeChecked();
      await key(page, texts['ring.cancel']).click();
      await expect(heading(page)).toHaveText(texts['over.cancelled']);
      await expect.poll(() => hub.requests.at(-1)?.do).toBe('hangup');
    });

    test('in the call: who, how long, how good, and what is wrong', async ({ page, hub }) => {
      await talk(page, hub, { state: 'connecting' });
      await expect(page.locator('.talk-time')).toHaveText(texts['talk.connecting']);
      hub.follow({ state: 'active' });
      await expect(heading(page)).toHaveText('Anna');
      await expect(page.locator('.talk-time')).toHaveText(/^02:4\d|^02:5\d/);
      const title = texts['talk.title'].split('{time}')[0] ?? '';
      await expect.poll(() => page.title()).toMatch(new RegExp(`^${title}02:\\d\\d – Bakery$`));
      const grades = { excellent: 40, good: 34, fair: 28, poor: 27 } as const;
      for (const [grade, mos10] of Object.entries(grades)) {
        hub.tell({ t: 'call.quality', call: 'call1', mos10, peer_mos10: 45 });
        await expect(page.locator('.quality')).toHaveText(texts[`quality.${grade as keyof typeof grades}`]);
      }
      await expect(page.locator('.quality .is-lit')).toHaveCount(1);
      hub.follow({ peer_muted: true });
      await expect(page.locator('.note')).toHaveText(named(texts['talk.peer_muted'], 'Anna'));
      hub.follow({ peer_muted: false, state: 'reconnecting', lost: 'consultant' });
      await expect(page.locator('.talk-time')).toHaveText(named(texts['talk.waiting'], 'Anna'));
      hub.follow({ lost: 'visitor' });
      await expect(page.locator('.talk-time')).toHaveText(texts['talk.reconnecting']);
      await expect(page.locator('.card > p[role=status]')).toHaveText(texts['talk.reconnecting']);
    });

    test('the call in another tab is told of, and can be continued here', async ({ page, hub }) => {
      hub.settings = { mode: 'both' };
      hub.call = {
        id: 'call1',
        state: 'active',
        consultant: ANNA,
        talking_since: hub.now,
        peer_muted: false,
        tab: 'x',
      };
      await page.goto(hub.address);
      await expect(heading(page)).toHaveText(texts.elsewhere);
      await key(page, texts['elsewhere.key']).click();
      await expect(heading(page)).toHaveText('Anna');
      await expect.poll(() => hub.requests.map((each) => each.do)).toEqual(['ready']);
      hub.follow({ tab: 'x' });
      await expect(heading(page)).toHaveText(texts.elsewhere);
    });

    test('after the call: what happened, for every reason', async ({ page, hub }) => {
      await ring(page, hub);
      for (const reason of REASONS) {
        hub.follow({ state: 'ended', reason });
        await expect(heading(page), reason).toHaveText(texts[`over.${reason}`]);
        const more = Object.entries(texts).find(([name]) => name === `over.${reason}_text`)?.[1];
        const said = typeof more === 'string' ? [named(more, 'Anna')] : [];
        await expect(page.locator('.lead'), reason).toHaveText(said);
        await expect(page.locator('.ways button'), reason).toHaveText([texts['ready.chat'], texts['ready.order']]);
        await expect(callKey(page), reason).toHaveCount(reason === 'outside_hours' ? 0 : 1);
        await again(page, hub, texts);
      }
    });

    test('a call the hub refuses is over at once', async ({ page, hub }) => {
      const refused: Partial<Record<Code, keyof Texts>> = {
        no_voice: 'over.no_voice',
        another_call: 'over.another_call',
        calls_full: 'over.calls_full',
        rate: 'over.rate',
        unavailable: 'over.error',
      };
      await check(page, hub);
      await expect(page.locator('.level')).toBeVisible();
      for (const [code, title] of Object.entries(refused)) {
        hub.refusal = code as Code;
        await callKey(page).click();
        await expect(heading(page), code).toHaveText(texts[title] as string);
        await key(page, texts['ordered.back']).click();
        await expect(page.locator('.hero')).toBeVisible();
      }
    });

    test('a call is rated once', async ({ page, hub }) => {
      await talk(page, hub);
      hub.follow({ state: 'ended', reason: 'consultant_hangup' });
      await expect(page.locator('.again')).toContainText(/ 02:[45]\d\.$/);
      const stars = page.locator('.rating button');
      await expect(stars).toHaveCount(5);
      await stars.nth(3).click();
      await expect(page.getByText(texts['rate.thanks'])).toBeVisible();
      await expect(stars.first()).toBeDisabled();
      expect(hub.heard.filter(({ t }) => t === 'call.rate')).toEqual([{ t: 'call.rate', call: 'call1', stars: 4 }]);
    });
  });
}

/** From the end of a call into the next one, which needs no look at the microphone. */
async function again(page: Page, hub: CallHub, texts: Texts): Promise<void> {
  const heard = hub.requests.length;
  const after = callKey(page);
  if ((await after.count()) === 0) {
    await key(page, texts['ordered.back']).click();
    await expect(page.locator('.hero')).toBeVisible();
  }
  await callKey(page).click();
  await expect(page.locator('.waves.is-ringing')).toBeVisible();
  await expect.poll(() => hub.requests.slice(heard).map((each) => each.do)).toContain('ready');
  hub.follow({ consultant: ANNA });
  await expect(heading(page)).toHaveText(named(texts['ring.rings'], 'Anna'));
}

test('a package without voice has no call key, one without chat no chat key', async ({ page, hub }) => {
  hub.settings = { mode: 'chat' };
  await page.goto(hub.address);
  await expect(page.locator('.actions button')).toHaveText(['Chat with us', 'Order a call']);
  hub.settings = { mode: 'voice', has_chat: false };
  await page.reload();
  await expect(page.locator('.actions button')).toHaveText(['Call Anna', 'Order a call']);
  hub.team = TEAM.map((member) => ({ ...member, status: 'away' }));
  hub.open = false;
  hub.present();
  await expect(page.locator('.actions button')).toHaveText(['Order a call']);
});
