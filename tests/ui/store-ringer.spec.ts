// A ringing call is heard until it is answered, notified where nobody looks, and counted when it was missed.
import { expect, test } from '@playwright/test';
import { signal } from '@preact/signals';
import type { Notice } from '../../admin/store/alerts';
import type { CallRecord } from '../../admin/store/api-calls';
import { MissedCalls } from '../../admin/store/missed-calls';
import { PHRASE_MS, Ringer } from '../../admin/store/ringer';
import { Shelf } from '../../widget/kit/shelf';
import type { DeskCall } from '../../widget/kit/wire';
import { missed } from './fake-desk-parts';
import { Clockwork } from './store-world';

const CALL: DeskCall = {
  id: '00000000CA001',
  state: 'ringing',
  since: 0,
  peer_muted: false,
  caller: { visitor: '000000000VERA', name: 'Vera', package: 'Shop' },
};

/** A ringer whose browser writes down what it would have done. */
class Ear {
  readonly world = new Clockwork();
  readonly volumes: number[] = [];
  stopped = 0;
  readonly notices: Notice[] = [];
  closed = 0;
  readonly opened: DeskCall[] = [];
  readonly ringing = signal<readonly DeskCall[]>([]);
  readonly overPage = signal<readonly DeskCall[]>([]);
  readonly sound = signal(true);
  isAttentive = true;
  mayNotify = true;
  readonly ringer = new Ringer(
    {
      ring: {
        play: (volume) => this.volumes.push(volume),
        stop: () => {
          this.stopped += 1;
        },
      },
      notify: (notice) => {
        this.notices.push(notice);
        return () => {
          this.closed += 1;
        };
      },
      attentive: () => this.isAttentive,
      mayNotify: () => this.mayNotify,
      words: () => ({ title: 'Vera calls', body: 'Shop' }),
      open: (call) => this.opened.push(call),
      world: this.world,
    },
    { ringing: this.ringing, overPage: this.overPage, sound: this.sound },
  );

  ring(): void {
    this.overPage.value = [CALL];
    this.ringing.value = [CALL];
  }

  end(): void {
    this.overPage.value = [];
    this.ringing.value = [];
  }
}

test('it sounds at once and again until nothing rings, and stops in the middle of a phrase', () => {
  const ear = new Ear();

  ear.ring();
  ear.world.pass(2 * PHRASE_MS);
  expect(ear.volumes).toHaveLength(3);
  ear.end();
  ear.world.pass(10 * PHRASE_MS);

  expect(ear.volumes).toHaveLength(3);
  expect(ear.stopped).toBe(1);
});

test('a minimized ring is softer', () => {
  const ear = new Ear();
  ear.ring();

  ear.overPage.value = [];
  ear.world.pass(PHRASE_MS);

  const [loud, soft] = ear.volumes;
  expect(soft).toBeLessThan(loud ?? 0);
});

test('without sounds it is silent, and turning them off in the middle works', () => {
  const ear = new Ear();
  ear.sound.value = false;
  ear.ring();
  ear.world.pass(PHRASE_MS);
  expect(ear.volumes).toEqual([]);

  ear.sound.value = true;
  ear.sound.value = false;
  ear.world.pass(PHRASE_MS);

  expect(ear.volumes).toHaveLength(1);
});

test('a notification comes once when nobody looks, leads to the call and goes when it rings no more', () => {
  const ear = new Ear();
  ear.isAttentive = false;

  ear.ring();
  ear.ringing.value = [{ ...CALL, peer_muted: true }];
  expect(ear.notices).toMatchObject([{ title: 'Vera calls', stays: true }]);
  ear.notices[0]?.open();
  expect(ear.opened).toHaveLength(1);
  ear.end();

  expect(ear.closed).toBe(1);
});

test('nobody is notified who looks at the page, or who does not want it', () => {
  const seen = new Ear();
  seen.ring();
  const unwanted = new Ear();
  unwanted.isAttentive = false;
  unwanted.mayNotify = false;
  unwanted.ring();

  expect([seen.notices.length, unwanted.notices.length]).toEqual([0, 0]);
});

test('the end of the sign-in ends sound and notification', () => {
  const ear = new Ear();
  ear.isAttentive = false;
  ear.ring();

  ear.ringer.stop();
  ear.world.pass(10 * PHRASE_MS);

  expect([ear.volumes.length, ear.closed]).toEqual([1, 1]);
});

test('missed calls count from the last look on', async () => {
  const shelf = new Shelf('calls', undefined, false);
  const changes = signal(0);
  const entries: CallRecord[] = [missed(3)];
  let now = Date.now();
  const counting = new MissedCalls({
    missed: async () => ({ ok: true, value: { entries, more: false } }),
    changes,
    shelf,
    now: () => now,
  });

  changes.value = 1;
  await expect.poll(() => shelf.get('calls.seen')).toBe(String(now));
  expect(counting.count.value, 'the pile of before').toBe(0);
  now += 60_000;
  entries.unshift(missed(0, { asked_at: now - 1_000 }));
  changes.value = 2;
  await expect.poll(() => counting.count.value).toBe(1);
  counting.see();
  expect(counting.count.value).toBe(0);
  entries.unshift(missed(0, { asked_at: now + 1_000 }));
  changes.value = 3;

  await expect.poll(() => counting.count.value, 'the one that was looked at counts no more').toBe(1);
  counting.stop();
});
