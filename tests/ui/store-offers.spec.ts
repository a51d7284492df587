// Offers: who is offered here, how an offer ends, what is told of it, and what rings meanwhile.
import { expect, test } from '@playwright/test';
import { signal } from '@preact/signals';
import type { Notice } from '../../admin/store/alerts';
import { deskLinesOf } from '../../admin/store/desk-lines';
import type { Offer } from '../../admin/store/offers';
import { FOLLOWS_MS } from '../../admin/store/offers';
import { Ringer } from '../../admin/store/ringer';
import { newsWords } from '../../admin/store/words';
import type { AccountId, Event, WaitingVisitor } from '../../widget/kit/wire';
import { ANNA, BEN, CHAT, Clockwork, OTHER, Rig, said, view, waits } from './store-world';

/** Somebody who is offered, by default for 20 seconds of the rig's clock. */
function offered(to: AccountId[], chat = CHAT, until = 1_020_000): WaitingVisitor {
  return { ...waits(chat), offered: { to, until } };
}

/** A desk at which the lists change one after another. */
class OfferRig extends Rig {
  #ver = 1;

  waits(visitor: WaitingVisitor): void {
    this.#ver += 1;
    this.desk.take({ t: 'delta', ver: this.#ver, change: { what: 'waits', at: 0, visitor } });
  }

  waitsNoMore(chat = CHAT): void {
    this.#ver += 1;
    this.desk.take({ t: 'delta', ver: this.#ver, change: { what: 'waits_no_more', chat } });
  }

  get mine(): string[] {
    return this.desk.offers.mine.value.map((offer) => offer.visitor.chat);
  }

  /** Why offers ended, as the consultant was told. */
  get ends(): string[] {
    return this.news.flatMap((news) => (news.what === 'offer_over' ? [news.why] : []));
  }

  count(what: string): number {
    return this.news.filter((news) => news.what === what).length;
  }
}

test('what is offered here, to others and to nobody first are three lists', () => {
  const rig = new OfferRig();
  rig.welcome();

  rig.waits(offered([ANNA, BEN], 'mine-late', 1_030_000));
  rig.waits(offered([ANNA], 'mine-soon', 1_010_000));
  rig.waits(offered([BEN], 'others'));
  rig.waits(waits('open'));

  const { open, others } = rig.desk.offers;
  expect(rig.mine, 'what ends first stands first').toEqual(['mine-soon', 'mine-late']);
  expect(open.value.map(({ chat }) => chat)).toEqual(['open']);
  expect(others.value.map(({ chat }) => chat)).toEqual(['others']);
  expect([rig.desk.offers.isOpen('open'), rig.desk.offers.isOpen('others')]).toEqual([true, false]);
});

test('an accepted offer is a claim, opens its chat, and is not missed', () => {
  const rig = new OfferRig();
  rig.welcome();
  rig.waits(offered([ANNA]));

  rig.desk.claim(CHAT);
  rig.waitsNoMore();
  rig.desk.take({ t: 'chat', ...view() });
  rig.world.pass(FOLLOWS_MS);

  expect(rig.said('claim')).toHaveLength(1);
  expect([rig.mine, rig.ends, rig.count('accepted'), rig.count('given')]).toEqual([[], [], 1, 0]);
});

test('a declined offer goes at once, silently, and comes back when it is made again', () => {
  const rig = new OfferRig();
  rig.welcome();
  rig.waits(offered([ANNA]));

  rig.desk.offers.decline(CHAT);
  rig.desk.offers.decline(CHAT);
  expect(rig.mine).toEqual([]);
  expect(rig.said('decline')).toEqual([{ t: 'decline', chat: CHAT }]);
  rig.waits(offered([BEN], CHAT, 1_040_000));
  expect(rig.desk.offers.others.value).toHaveLength(1);
  rig.waits(offered([ANNA], CHAT, 1_060_000));

  expect([rig.mine, rig.ends]).toEqual([[CHAT], []]);
});

test('without a line nothing is declined', () => {
  const rig = new OfferRig();
  rig.welcome();
  rig.waits(offered([ANNA]));

  rig.isOnline = false;
  rig.desk.offers.decline(CHAT);

  expect(rig.mine).toEqual([CHAT]);
});

test('an offer whose time is over is told, and to everybody when all may claim', () => {
  const rig = new OfferRig();
  rig.welcome();
  rig.waits(offered([ANNA]));
  const before = rig.count('waits');

  rig.waits(offered([BEN], CHAT, 1_040_000));
  expect([rig.mine, rig.ends, rig.count('waits') - before]).toEqual([[], ['time'], 0]);
  rig.waits(waits());

  expect([rig.ends, rig.count('waits') - before]).toEqual([['time'], 1]);
});

test('an offer that is made again before it ended is told of by nobody', () => {
  const rig = new OfferRig();
  rig.welcome();
  rig.waits(offered([ANNA]));

  rig.waits(offered([ANNA], CHAT, 1_050_000));

  expect([rig.mine, rig.ends]).toEqual([[CHAT], []]);
  expect(rig.desk.offers.mine.value[0]?.until).toBe(1_050_000);
});

test('an offer somebody else accepted, or whose visitor left, is gone', () => {
  const rig = new OfferRig();
  rig.welcome();
  rig.waits(offered([ANNA, BEN]));

  rig.waitsNoMore();
  expect(rig.ends, 'the chat may still follow').toEqual([]);
  rig.world.pass(FOLLOWS_MS);

  expect(rig.ends).toEqual(['gone']);
});

test('an offer accepted in another browser of the account is neither missed nor given', () => {
  const rig = new OfferRig();
  rig.welcome();
  rig.waits(offered([ANNA]));

  rig.waitsNoMore();
  rig.desk.take({ t: 'chat', ...view() });
  rig.world.pass(FOLLOWS_MS);

  expect([rig.ends, rig.count('given'), rig.count('accepted')]).toEqual([['mine'], 0, 0]);
});

test('a chat nobody asked for was given, once', () => {
  const rig = new OfferRig();
  rig.welcome();
  rig.waits(waits());

  rig.waitsNoMore();
  rig.desk.take({ t: 'chat', ...view() });
  rig.desk.take({ t: 'chat', ...view() });

  expect(rig.count('given')).toBe(1);
});

test('a chat given after the time of its offer is told as given', () => {
  const rig = new OfferRig();
  rig.welcome();
  rig.waits(offered([ANNA]));

  rig.world.pass(20_000);
  rig.waitsNoMore();
  rig.desk.take({ t: 'chat', ...view() });
  rig.world.pass(FOLLOWS_MS);

  expect([rig.ends, rig.count('given')]).toEqual([[], 1]);
});

test('a chat claimed in another tab of this browser was not given', () => {
  const rig = new OfferRig();
  const other = new OfferRig({}, rig.shelf);
  for (const each of [rig, other]) each.welcome([], { waiting: [waits()] });

  other.desk.claim(CHAT);
  rig.desk.take({ t: 'chat', ...view() });
  expect(rig.count('given')).toBe(0);
  rig.desk.take({ t: 'ev', ...said(3, 'bye'), from: { by: 'consultant', account: ANNA }, k: 'closed' });
  rig.world.pass(60_000);
  rig.desk.take({ t: 'chat', ...view() });

  expect(rig.count('given'), 'much later the rules gave it').toBe(1);
});

test('a refused claim says why, and the offer can still be missed', () => {
  const rig = new OfferRig();
  rig.welcome();
  rig.waits(offered([ANNA]));

  rig.desk.claim(CHAT);
  rig.desk.take({ t: 'err', chat: CHAT, code: 'unavailable' });
  expect([rig.mine, rig.count('refused')]).toEqual([[CHAT], 1]);
  rig.waits(offered([BEN], CHAT, 1_040_000));

  expect(rig.ends).toEqual(['time']);
});

test('a claim of somebody who is offered to others says so', () => {
  const rig = new OfferRig();
  rig.welcome();
  rig.waits(waits());

  rig.desk.claim(CHAT);
  rig.waits(offered([BEN]));
  rig.desk.take({ t: 'err', chat: CHAT, code: 'chat_offered' });

  expect(rig.news.flatMap((news) => (news.what === 'refused' ? [newsWords(news).title] : []))).toEqual([
    'offer.refused',
  ]);
  expect(rig.desk.claims.asked.value.size).toBe(0);
});

test('a decline that came too late troubles nobody, a claim that failed does', () => {
  const rig = new OfferRig();
  rig.welcome();
  rig.waits(offered([ANNA]));
  rig.desk.offers.decline(CHAT);

  rig.desk.take({ t: 'err', chat: CHAT, code: 'unknown_chat' });
  expect(rig.count('refused')).toBe(0);
  rig.waits(waits());
  rig.desk.claim(CHAT);
  rig.desk.take({ t: 'err', chat: CHAT, code: 'unknown_chat' });

  expect(rig.count('refused')).toBe(1);
});

test('what ended while the line was down is told after it is back', () => {
  const rig = new OfferRig();
  rig.welcome();
  rig.waits(offered([ANNA]));
  rig.waits(offered([ANNA], OTHER));

  rig.welcome([], { waiting: [offered([ANNA])] });
  rig.world.pass(FOLLOWS_MS);

  expect([rig.mine, rig.ends]).toEqual([[CHAT], ['gone']]);
});

test('an offer chimes again and again, softer beside a call, and its notification goes with it', () => {
  const world = new Clockwork();
  const offers = signal<readonly Offer[]>([]);
  const loud = signal<readonly Offer[]>([]);
  const volumes: number[] = [];
  const notices: Notice[] = [];
  let closed = 0;
  const ringer = new Ringer<Offer>(
    {
      ring: { play: (volume) => volumes.push(volume), stop: () => {} },
      notify: (notice) => {
        notices.push(notice);
        return () => {
          closed += 1;
        };
      },
      attentive: () => false,
      mayNotify: () => true,
      words: ({ visitor }) => ({ title: visitor.package, body: visitor.preview }),
      open: () => {},
      world,
      phraseMs: 4_000,
    },
    { ringing: offers, overPage: loud, sound: signal(true) },
  );
  const offer: Offer = { id: 'one', visitor: waits(), since: 0, until: 20_000 };

  loud.value = [offer];
  offers.value = [offer];
  loud.value = [];
  world.pass(4_000);
  expect(volumes).toHaveLength(2);
  expect(volumes[1] ?? 1).toBeLessThan(volumes[0] ?? 0);
  expect(notices.map(({ body }) => body)).toEqual(['hello']);
  offers.value = [];
  world.pass(40_000);

  expect([volumes.length, closed]).toEqual([2, 1]);
  ringer.stop();
});

test('what the hub says stands beside the bubbles of a chat', () => {
  const byHub: Event = { ...said(2, ''), from: { by: 'hub' }, k: 'said', cid: 'hub-2', body: 'Back at two.' };
  const events = [said(1, 'hello'), byHub, said(3, 'fine', ANNA)];

  const lines = deskLinesOf({ events, faces: new Map(), seen: { visitor: 0, consultant: 0 }, entries: [] });

  expect(lines.map((line) => [line.kind, 'body' in line ? line.body : ''])).toEqual([
    ['said', 'hello'],
    ['told', 'Back at two.'],
    ['said', 'fine'],
  ]);
});
