// How a call ended, in the words of both languages; and the whole of calls in Polish.

import type { CallReason } from '../../widget/kit/wire';
import { expect, isArmed, key, openDesk, ringing, section, TALKING, talk, test } from './calls-desk-kit';
import { CALL, missed, record } from './fake-desk-parts';

test.use(TALKING);

/** Every reason, so that a new one does not compile without words. */
const ENDS: Record<CallReason, { en: string; pl: string }> = {
  visitor_hangup: { en: 'Vera Visitor hung up.', pl: 'Vera Visitor: rozmowa zakończona przez drugą stronę.' },
  consultant_hangup: {
    en: 'You hung up the call with Vera Visitor.',
    pl: 'Rozmowa zakończona przez Ciebie: Vera Visitor.',
  },
  declined: { en: 'Nobody took the call of Vera Visitor.', pl: 'Nikt nie przyjął połączenia: Vera Visitor.' },
  cancelled: {
    en: 'Vera Visitor gave up before somebody answered.',
    pl: 'Vera Visitor: połączenie przerwane, zanim ktoś odebrał.',
  },
  no_answer: { en: 'Missed call: nobody answered Vera Visitor.', pl: 'Nieodebrane połączenie: Vera Visitor.' },
  busy: {
    en: 'Everybody was in a call when Vera Visitor called.',
    pl: 'Wszyscy rozmawiali podczas połączenia: Vera Visitor.',
  },
  outside_hours: {
    en: 'Vera Visitor called outside the working hours.',
    pl: 'Połączenie poza godzinami pracy: Vera Visitor.',
  },
  connect_failed: { en: 'No voice came through to Vera Visitor.', pl: 'Nie udało się połączyć głosu: Vera Visitor.' },
  peer_lost: {
    en: 'The connection with Vera Visitor was lost and did not come back.',
    pl: 'Połączenie zostało utracone i nie wróciło: Vera Visitor.',
  },
  mic_denied: {
    en: 'The call with Vera Visitor ended: there was no microphone.',
    pl: 'Rozmowa zakończona, zabrakło mikrofonu: Vera Visitor.',
  },
  transferred: { en: 'The call with Vera Visitor was handed over.', pl: 'Rozmowa przekazana: Vera Visitor.' },
  time_limit: {
    en: 'The call with Vera Visitor reached the longest time a call may have.',
    pl: 'Rozmowa osiągnęła najdłuższy dozwolony czas: Vera Visitor.',
  },
  server_shutdown: {
    en: 'The call with Vera Visitor ended because the hub restarts.',
    pl: 'Rozmowa zakończona z powodu restartu serwera: Vera Visitor.',
  },
  error: {
    en: 'The call with Vera Visitor ended because of an error on the hub.',
    pl: 'Rozmowa przerwana z powodu błędu serwera: Vera Visitor.',
  },
};

for (const language of ['en', 'pl'] as const) {
  test(`every end of a call is told in words (${language})`, async ({ page, hub }) => {
    hub.language = language;
    await openDesk(page, hub);

    for (const [reason, words] of Object.entries(ENDS) as [CallReason, { en: string; pl: string }][]) {
      hub.ring({ state: 'active', tab: 'elsewhere', talking_since: Date.now() - 61_500 });
      await expect(section(page)).toBeVisible();
      hub.end(CALL, reason);

      const toast = page.locator('.toast', { hasText: words[language] });
      await expect(toast, reason).toContainText(language === 'en' ? 'You talked for 1 min' : 'Czas rozmowy: 1 min');
      await toast.locator('.shut').click();
      await expect(page.locator('.toast')).toHaveCount(0);
    }
  });
}

test('calls in Polish: ringing, talking, the list', async ({ page, hub }) => {
  hub.language = 'pl';
  hub.records = [missed(1), record(2)];
  await openDesk(page, hub, '#/calls');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Połączenia');
  await expect(page.locator('.call-row').first()).toContainText('nieodebrane: nikt nie odebrał');
  await expect(page.locator('.call-row').nth(1)).toContainText('zakończone przez odwiedzającego');

  hub.ring();
  await isArmed(page);
  await expect(ringing(page)).toContainText('Połączenie przychodzące');
  await expect(ringing(page)).toContainText('Strona dzwonienia: Shop');
  await expect(page).toHaveTitle('☎ Vera Visitor dzwoni');
  hub.end(CALL, 'cancelled');
  await expect(ringing(page)).toHaveCount(0);
  await talk(page, hub);
  hub.see('busy');

  await expect(page.locator('button.status-button')).toHaveText('Nie przeszkadzać – rozmowa');
  for (const name of ['Wycisz', 'Zakończ', 'Przekaż', 'Urządzenia']) await expect(key(page, name)).toBeVisible();
});
