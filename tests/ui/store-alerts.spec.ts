// Alerts: heard when needed, silent when not, repeated until somebody takes the visitor.
import { expect, test } from '@playwright/test';
import { signal } from '@preact/signals';
import { Alerts, type Notice, pageTitle, REPEAT_MS, ROUTED_MS } from '../../admin/store/alerts';
import type { News } from '../../admin/store/ports';
import { Prefs } from '../../admin/store/prefs';
import { Shelf } from '../../widget/kit/shelf';
import type { ChatId, Status } from '../../widget/kit/wire';
import { CHAT, Clockwork, OTHER, Rig, view, waits } from './store-world';

/** Alerts whose browser writes down what it would have done. */
class Ear {
  readonly world = new Clockwork();
  readonly sounds: number[] = [];
  readonly notices: Notice[] = [];
  readonly went: News[] = [];
  readonly status = signal<Status>('available');
  readonly waiting = signal(0);
  /** Who may claim them: everybody. */
  readonly open = new Set([CHAT]);
  readonly shown = signal<ChatId | 'waiting' | null>(null);
  readonly prefs = new Prefs(new Shelf('prefs', undefined, false));
  permission: 'granted' | 'denied' | 'default' | 'missing' = 'granted';
  isAttentive = true;
  isUnlocked = true;
  asked = 0;
  readonly alerts: Alerts;

  constructor() {
    const ear = this;
    const chime = {
      get isUnlocked() {
        return ear.isUnlocked;
      },
      unlock: () => {
        this.isUnlocked = true;
      },
      play: (volume?: number) => this.sounds.push(volume ?? 1),
    };
    this.alerts = new Alerts(
      {
        chime,
        notify: (notice) => this.notices.push(notice),
        permission: () => this.permission,
        ask: async () => {
          this.asked += 1;
          this.permission = 'granted';
        },
        attentive: () => this.isAttentive,
        words: (news) => ({ title: news.what, body: '' }),
        go: (news) => this.went.push(news),
        world: this.world,
      },
      this.prefs,
      { status: this.status, waiting: this.waiting, isOpen: (chat) => this.open.has(chat), shown: this.shown },
    );
  }

  /** Somebody waits, and the rules have said what becomes of them. */
  hear(news: News): void {
    this.alerts.hear(news);
    this.world.pass(ROUTED_MS);
  }
}

const someoneWaits: News = { what: 'waits', visitor: waits() };

function somebodyWrites(): News {
  const rig = new Rig();
  rig.welcome([view()]);
  const visit = rig.desk.visit(CHAT);
  if (!visit) throw new Error('the welcome brings the chat');
  return { what: 'said', visit, body: 'hello' };
}

test('a waiting visitor is heard, and notified when the desk is not on screen', () => {
  const ear = new Ear();

  ear.hear(someoneWaits);
  expect([ear.sounds.length, ear.notices.length]).toEqual([1, 0]);
  ear.isAttentive = false;
  ear.hear(someoneWaits);

  expect([ear.sounds.length, ear.notices.length]).toEqual([2, 1]);
  ear.notices[0]?.open();
  expect(ear.went).toEqual([someoneWaits]);
});

test('a visitor the rules offer to others at once calls nobody else', () => {
  const ear = new Ear();
  ear.isAttentive = false;

  ear.alerts.hear(someoneWaits);
  ear.world.pass(ROUTED_MS / 2);
  ear.open.clear();
  ear.world.pass(ROUTED_MS);

  expect([ear.sounds.length, ear.notices.length]).toEqual([0, 0]);
});

test('a chat that was given without asking is heard and notified, whatever the status', () => {
  const ear = new Ear();
  const news = somebodyWrites();
  if (news.what !== 'said') throw new Error('a visitor writes');
  ear.isAttentive = false;
  ear.status.value = 'busy';

  ear.alerts.hear({ what: 'given', visit: news.visit });

  expect([ear.sounds.length, ear.notices.length]).toEqual([1, 1]);
  ear.notices[0]?.open();
  expect(ear.went.map(({ what }) => what)).toEqual(['given']);
});

test('only an available consultant is called to the waiting room', () => {
  for (const status of ['busy', 'away'] as const) {
    const ear = new Ear();
    ear.status.value = status;
    ear.isAttentive = false;
    ear.waiting.value = 1;

    ear.hear(someoneWaits);
    ear.world.pass(5 * REPEAT_MS);

    expect([ear.sounds.length, ear.notices.length], status).toEqual([0, 0]);
  }
});

test('the sound comes again every twenty seconds until nobody waits', () => {
  const ear = new Ear();
  ear.waiting.value = 1;

  ear.world.pass(REPEAT_MS);
  ear.waiting.value = 2;
  ear.world.pass(REPEAT_MS);
  expect(ear.sounds).toHaveLength(2);
  ear.waiting.value = 0;
  ear.world.pass(10 * REPEAT_MS);

  expect(ear.sounds).toHaveLength(2);
});

test('the repeating ends with the sign-out', () => {
  const ear = new Ear();
  ear.waiting.value = 1;

  ear.alerts.stop();
  ear.world.pass(10 * REPEAT_MS);

  expect(ear.sounds).toEqual([]);
});

test('a message in the chat on screen makes no sound, in another chat it does', () => {
  const ear = new Ear();
  const news = somebodyWrites();

  ear.shown.value = CHAT;
  ear.alerts.hear(news);
  expect(ear.sounds).toEqual([]);
  ear.shown.value = OTHER;
  ear.alerts.hear(news);

  expect(ear.sounds).toHaveLength(1);
  expect(ear.notices).toEqual([]);
});

test('a message in a chat nobody looks at is notified even when its chat is open', () => {
  const ear = new Ear();
  ear.shown.value = CHAT;
  ear.isAttentive = false;

  ear.alerts.hear(somebodyWrites());

  expect([ear.sounds.length, ear.notices.length]).toEqual([1, 1]);
});

test('what is turned off stays off', () => {
  const ear = new Ear();
  ear.prefs.turn('sound', false);
  ear.prefs.turn('notifications', false);
  ear.isAttentive = false;
  ear.alerts.look();

  ear.hear(someoneWaits);

  expect([ear.sounds.length, ear.notices.length]).toEqual([0, 0]);
  expect([ear.alerts.sound.value, ear.alerts.notifications.value]).toEqual(['off', 'off']);
});

test('what the browser blocks is known, and one click unlocks it', async () => {
  const ear = new Ear();
  ear.isUnlocked = false;
  ear.permission = 'default';
  ear.alerts.look();
  expect([ear.alerts.sound.value, ear.alerts.notifications.value]).toEqual(['blocked', 'blocked']);

  await ear.alerts.unlock();

  expect([ear.alerts.sound.value, ear.alerts.notifications.value]).toEqual(['on', 'on']);
  expect(ear.asked).toBe(1);
});

test('a click anywhere unlocks the sound without asking for notifications', () => {
  const ear = new Ear();
  ear.isUnlocked = false;
  ear.permission = 'default';
  ear.alerts.look();

  ear.alerts.touch();
  ear.alerts.look();

  expect([ear.alerts.sound.value, ear.asked]).toEqual(['on', 0]);
});

test('a browser that forbids notifications is not asked again', async () => {
  const ear = new Ear();
  ear.permission = 'denied';

  await ear.alerts.unlock();

  expect([ear.asked, ear.alerts.notifications.value]).toEqual([0, 'denied']);
});

test('the title counts', () => {
  expect(pageTitle(0, 'Bakery')).toBe('Bakery');
  expect(pageTitle(3, 'Bakery')).toBe('(3) Bakery');
});
