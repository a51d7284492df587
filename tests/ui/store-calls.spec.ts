// Calls without a browser: what rings, which tab has the voice, how it ends, what is told and what is not.
import { expect, test } from '@playwright/test';
import type { CallReason } from '../../widget/kit/wire';
import { CALL, ended, OTHER, Rig, ring, settle, talking } from './store-calls-rig';

test('answering is said at once, the microphone follows, then the hub is told that it is there', async () => {
  const rig = new Rig();
  let open: () => void = () => {};
  rig.gate = new Promise((done) => {
    open = done;
  });
  rig.hear(ring());

  rig.calls.answer(CALL);
  await settle();
  expect(rig.said).toEqual(['call.accept']);
  open();
  await settle();

  expect(rig.said).toEqual(['call.accept', 'ready', 'mute']);
  expect(rig.calls.ringing.value).toEqual([]);
  expect(rig.calls.live.value?.id).toBe(CALL);
});

test('the oldest ring stands first, and the minimized ones stand aside', () => {
  const rig = new Rig();
  rig.hear(ring({ id: OTHER, since: 2_000 }));
  rig.hear(ring());

  expect(rig.calls.overPage.value.map((call) => call.id)).toEqual([CALL, OTHER]);
  rig.calls.minimize(CALL);

  expect(rig.calls.overPage.value.map((call) => call.id)).toEqual([OTHER]);
  expect(rig.calls.aside.value.map((call) => call.id)).toEqual([CALL]);
  rig.calls.restore(CALL);
  expect(rig.calls.overPage.value.map((call) => call.id)).toEqual([CALL, OTHER]);
});

test('whoever talks is not covered by another ring; answering that one ends the first', async () => {
  const rig = await talking();
  rig.hear(ring({ id: OTHER, since: 2_000 }));

  expect(rig.calls.overPage.value).toEqual([]);
  expect(rig.calls.aside.value.map((call) => call.id)).toEqual([OTHER]);
  rig.calls.answer(OTHER);

  expect(rig.said.slice(-2)).toEqual(['hangup', 'call.accept']);
});

test('a refused microphone is said to the hub and stays known', async () => {
  const rig = new Rig();
  rig.problem = 'refused';
  rig.hear(ring());

  rig.calls.answer(CALL);
  await settle();

  expect(rig.said).toEqual(['call.accept', 'no_microphone']);
  expect(rig.calls.voice.problem.value).toBe('refused');
  expect(rig.voice.at(-1)).toBe('close');
});

test('a call that ended while the browser asked for the microphone is not spoken in', async () => {
  const rig = new Rig();
  let open: () => void = () => {};
  rig.gate = new Promise((done) => {
    open = done;
  });
  rig.hear(ring());
  rig.calls.answer(CALL);
  rig.hear(ended('cancelled'));

  open();
  await settle();

  expect(rig.said).toEqual(['call.accept']);
  expect(rig.news.map((news) => news.what)).toEqual(['missed']);
});

test('who was slower is told once, whichever word of the hub comes first', () => {
  for (const order of ['refused first', 'ended first']) {
    const rig = new Rig();
    rig.hear(ring());
    rig.calls.answer(CALL);
    const refuse = () => rig.calls.refused({ code: 'unknown_call', call: CALL });

    if (order === 'refused first') refuse();
    rig.hear(ended());
    refuse();

    expect(
      rig.news.map((news) => news.what),
      order,
    ).toEqual(['late']);
    expect(rig.calls.live.value, order).toBe(null);
  }
});

test('two tabs answer: the slower one gives its microphone back and shows the call of the other', async () => {
  const rig = new Rig();
  rig.hear(ring());
  rig.calls.answer(CALL);
  rig.hear(ring({ state: 'connecting' }));

  rig.calls.refused({ code: 'unknown_call', call: CALL });
  rig.hear(ring({ state: 'active', tab: 'tab2' }));
  await settle();

  expect(rig.said).toEqual(['call.accept']);
  expect(rig.news).toMatchObject([{ what: 'late', isMine: true }]);
  const live = rig.calls.live.value;
  expect(live && rig.calls.seat(live)).toBe('elsewhere');
});

test('a call that rings no more here is silent, unless the visitor was left without an answer', () => {
  const told = (reason?: CallReason) => {
    const rig = new Rig();
    rig.hear(ring());
    rig.hear(ended(reason));
    return rig.news.map((news) => news.what);
  };

  expect(told()).toEqual([]);
  expect(told('declined')).toEqual([]);
  expect(told('cancelled')).toEqual(['missed']);
  expect(told('no_answer')).toEqual(['missed']);
});

test('the end of a talk tells why and how long', async () => {
  const rig = await talking();

  rig.hear({ ...ended('visitor_hangup'), talking_since: 40_000 });

  expect(rig.news).toMatchObject([{ what: 'over', reason: 'visitor_hangup', seconds: 60 }]);
  expect(rig.voice.at(-1)).toBe('close');
});

test('another tab takes the voice: this one lets go of the microphone, and can take it back', async () => {
  const rig = await talking();

  rig.hear(ring({ state: 'active', tab: 'tab2' }));
  expect(rig.voice.at(-1)).toBe('close');
  const live = rig.calls.live.value;
  expect(live && rig.calls.seat(live)).toBe('elsewhere');
  await rig.calls.voice.open(CALL);
  // A view from before the hub knew is no reason to let go again.
  rig.hear(ring({ state: 'active', tab: 'tab2', peer_muted: true }));

  expect(live && rig.calls.seat(live)).toBe('here');
  expect(rig.said.at(-2)).toBe('ready');
});

test('a lost line brings another name of the tab; the voice stays and the hub is told again', async () => {
  const rig = await talking();
  rig.isOnline.value = false;
  rig.isOnline.value = true;

  rig.calls.welcome({ sid: 'tab7', calls: [ring({ state: 'active', tab: 'tab1' })] });

  expect(rig.said.slice(-2)).toEqual(['ready', 'mute']);
  expect(rig.voice).not.toContain('close');
});

test('a page that goes with the voice keeps what it had and says so', async () => {
  const rig = await talking();
  rig.calls.voice.mute(true);

  rig.calls.voice.leave();

  expect(rig.kept).toEqual([{ call: CALL, isMuted: true }]);
  expect(rig.said.at(-1)).toBe('leaving');
});

test('a reload comes back into the call by itself, as muted as before; a copy of the tab does not', async () => {
  const running = ring({ state: 'reconnecting', lost: 'consultant' });

  const reloaded = new Rig({ call: CALL, isMuted: true }, [running]);
  const copied = new Rig(undefined, [running]);
  const late = new Rig({ call: CALL, isMuted: true });
  late.calls.welcome({ sid: 'tab1', calls: [running] });
  await settle();

  expect(reloaded.said).toEqual(['ready', 'mute']);
  expect(reloaded.calls.voice.isMuted.value).toBe(true);
  expect(copied.said).toEqual([]);
  const live = copied.calls.live.value;
  expect(live && copied.calls.seat(live)).toBe('nowhere');
  // What was kept counts for the first welcome alone.
  expect(late.said).toEqual([]);
});

test('a refused transfer costs nothing', async () => {
  const rig = await talking();

  rig.calls.transfer(CALL, 'ben');
  rig.calls.refused({ code: 'unavailable', call: CALL });

  expect(rig.news.map((news) => news.what)).toEqual(['refused']);
  expect(rig.voice).not.toContain('close');
});

test('hanging up without a line closes the voice at once and is said when the line is back', async () => {
  const rig = await talking();
  rig.isOnline.value = false;

  rig.calls.hangUp(CALL);
  expect(rig.voice.at(-1)).toBe('close');
  rig.isOnline.value = true;
  rig.calls.welcome({ sid: 'tab2', calls: [ring({ state: 'active', tab: 'tab1' })] });

  expect(rig.said.at(-1)).toBe('hangup');
});

test('a call that vanished while the line was down is told without a reason', async () => {
  const rig = await talking();

  rig.calls.welcome({ sid: 'tab2', calls: [] });

  expect(rig.news).toMatchObject([{ what: 'over', reason: null }]);
  expect(rig.calls.live.value).toBe(null);
});

test('nothing rings while the line is down, and nothing is promised', () => {
  const rig = new Rig();
  rig.hear(ring());
  rig.isOnline.value = false;

  expect(rig.calls.ringing.value).toEqual([]);
  rig.calls.answer(CALL);

  expect(rig.news.map((news) => news.what)).toEqual(['offline']);
  rig.isOnline.value = true;
  expect(rig.calls.ringing.value).toHaveLength(1);
});

test('offers and silence reach the voice of the call they are of', async () => {
  const rig = await talking();
  const offer = { g: 1, sdp: '', fresh: true, ice_servers: [] };

  rig.calls.take({ t: 'call.offer', call: CALL, ...offer });
  rig.calls.take({ t: 'call.offer', call: OTHER, ...offer, g: 2 });
  rig.hear(ring({ state: 'active', tab: 'tab1', peer_muted: true }));

  expect(rig.voice.slice(-3)).toEqual(['expects', 'offer 1', 'expects nothing']);
  rig.request({ do: 'refresh', g: 1 });
  expect(rig.sent.at(-1)).toEqual({ t: 'call', call: CALL, do: 'refresh', g: 1 });
});

test('a call is handed over, and that is taken back', async () => {
  const rig = await talking();

  rig.calls.transfer(CALL, 'ben');
  rig.calls.transfer(CALL);

  expect(rig.sent.slice(-2)).toEqual([
    { t: 'call.transfer', call: CALL, to: 'ben' },
    { t: 'call.transfer', call: CALL },
  ]);
});
