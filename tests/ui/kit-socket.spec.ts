/** The socket that stays: greeting, heartbeat, coming back, giving up. */
import { expect, test } from '@playwright/test';
import { HubSocket } from '../../widget/kit/socket';
import { FakeWorld } from './fake-world';

interface Frame {
  readonly t: string;
  readonly n?: number;
  readonly spread_ms?: number;
  readonly retry_ms?: number;
}

const WELCOME = { t: 'welcome' };

async function started(hello: () => Frame | undefined | Promise<Frame | undefined> = () => ({ t: 'hello' })) {
  const world = new FakeWorld();
  const heard: Frame[] = [];
  const renewed: number[] = [];
  const socket = new HubSocket<Frame, Frame>({
    address: '/v1/ws/visitor',
    hello,
    frame: (frame) => heard.push(frame),
    renew: (code) => renewed.push(code),
    world,
  });
  socket.start();
  await world.pass(0);
  return { world, socket, heard, renewed };
}

async function online() {
  const all = await started();
  all.world.wire.ears.open();
  all.world.wire.hear(WELCOME);
  return all;
}

test('hello is the first frame and welcome means online', async () => {
  const { world, socket } = await started();
  expect(world.wire.subprotocol).toBe('c2c.v1');
  expect(socket.line.value).toBe('connecting');
  expect(socket.send({ t: 'say' })).toBe(false);

  world.wire.ears.open();
  expect(world.wire.sent).toEqual(['{"t":"hello"}']);
  world.wire.hear(WELCOME);

  expect(socket.line.value).toBe('online');
  expect(socket.send({ t: 'say' })).toBe(true);
  expect(world.wire.sent).toEqual(['{"t":"hello"}', '{"t":"say"}']);
});

test('an array of frames is read in order, and what is no frame is dropped', async () => {
  const { world, heard } = await online();
  world.wire.hear({ t: 'ev', n: 1 }, { t: 'ev', n: 2 });
  world.wire.ears.text('not json');
  world.wire.ears.text('[1, null, {"n": 3}]');
  expect(heard.map((frame) => frame.n)).toEqual([undefined, 1, 2]);
});

test('a ping is answered and not passed on', async () => {
  const { world, heard } = await online();
  world.wire.hear({ t: 'ping' });
  expect(world.wire.sent.at(-1)).toBe('{"t":"pong"}');
  expect(heard).toEqual([WELCOME]);
});

test('45 s of silence mean the line is dead', async () => {
  const { world, socket } = await online();
  await world.pass(44_000);
  world.wire.hear({ t: 'ping' });
  await world.pass(44_000);
  expect(socket.line.value).toBe('online');

  await world.pass(1_000);
  expect(socket.line.value).toBe('offline');
  expect(world.wire.closedWith).toBe(4000);
});

test('where an answer is due, 3 s of silence mean it, and the next attempt is at once', async () => {
  const { world, socket } = await online();
  expect(socket.ask({ t: 'call' })).toBe(true);
  await world.pass(2_000);
  world.wire.hear({ t: 'ev' });
  await world.pass(10_000);
  expect(socket.line.value).toBe('online');

  socket.ask({ t: 'call' });
  await world.pass(2_000);
  socket.ask({ t: 'call' });
  await world.pass(1_000);
  expect(world.wires).toHaveLength(2);
  expect(socket.ask({ t: 'call' })).toBe(false);
});

test('waits grow to 30 s with full jitter, and the first is at most a second', async () => {
  const { world } = await started();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 9; attempt += 1) {
    const [before, count] = [world.now(), world.wires.length];
    world.wire.ears.close(1006);
    while (world.wires.length === count) await world.pass(100);
    waits.push(world.now() - before);
  }
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);

  world.chance = 0;
  const count = world.wires.length;
  world.wire.ears.close(1006);
  await world.pass(0);
  expect(world.wires.length).toBe(count + 1);
});

test('only a socket that lived for a while resets the growing wait', async () => {
  const { world } = await online();
  for (const expected of [500, 1000, 2000]) {
    const count = world.wires.length;
    world.wire.ears.close(1006);
    await world.pass(expected - 1);
    expect(world.wires.length).toBe(count);
    await world.pass(1);
    expect(world.wires.length).toBe(count + 1);
    world.wire.ears.open();
    world.wire.hear(WELCOME);
  }
  await world.pass(5_000);
  const count = world.wires.length;
  world.wire.ears.close(1006);
  await world.pass(500);
  expect(world.wires.length).toBe(count + 1);
});

test('a hub that goes away is left within its spread, and the socket works until then', async () => {
  const { world, socket } = await online();
  world.chance = 0.5;
  world.wire.hear({ t: 'goaway', spread_ms: 4_000 });
  await world.pass(1_999);
  expect(socket.send({ t: 'say' })).toBe(true);
  expect(world.wires.length).toBe(1);
  await world.pass(1);
  expect(world.wires.length).toBe(2);
});

test('restart and 4000–4099 come back, 4029 only after the time the hub named', async () => {
  for (const code of [1012, 4002, 4013]) {
    const { world, socket } = await online();
    world.wire.ears.close(code);
    expect(socket.line.value).toBe('offline');
    await world.pass(500);
    expect(world.wires.length).toBe(2);
  }
  const { world } = await online();
  world.chance = 0;
  world.wire.hear({ t: 'err', retry_ms: 7_000 });
  world.wire.ears.close(4029);
  await world.pass(6_999);
  expect(world.wires.length).toBe(1);
  await world.pass(1);
  expect(world.wires.length).toBe(2);
});

test('4100–4199 ask for a new token before coming back', async () => {
  const { world, renewed } = await online();
  world.wire.ears.close(4101);
  expect(renewed).toEqual([4101]);
  await world.pass(500);
  expect(world.wires.length).toBe(2);
});

test('4500–4599 stop for good', async () => {
  const { world, socket } = await online();
  world.wire.ears.close(4504);
  await world.pass(120_000);
  expect(socket.line.value).toBe('stopped');
  expect(socket.stopCode).toBe(4504);
  expect(world.wires.length).toBe(1);
});

test('without a hello it gives up, after a failed one it tries again', async () => {
  const signedOut = await started(() => undefined);
  expect(signedOut.socket.line.value).toBe('stopped');
  expect(signedOut.world.wires).toEqual([]);

  let failures = 1;
  const { world } = await started(() => {
    failures -= 1;
    return failures < 0 ? { t: 'hello' } : Promise.reject(new Error('no network'));
  });
  expect(world.wires).toEqual([]);
  await world.pass(500);
  expect(world.wires.length).toBe(1);
});

test('network events are acted on at once', async () => {
  const { world, socket } = await online();
  world.happens('offline');
  expect(socket.line.value).toBe('offline');
  world.happens('online');
  await world.pass(0);
  expect(world.wires.length).toBe(2);
});

test('a hidden page has no socket and a shown one has it back', async () => {
  const { world, socket } = await online();
  world.happens('pagehide');
  expect(world.wire.closedWith).toBe(1000);
  await world.pass(120_000);
  expect(world.wires.length).toBe(1);

  world.happens('pageshow');
  await world.pass(0);
  expect(world.wires.length).toBe(2);
  world.wire.ears.open();
  world.wire.hear(WELCOME);
  expect(socket.line.value).toBe('online');
});

test('what an old socket still says counts no more', async () => {
  const { world, socket, heard } = await online();
  const [old] = world.wires;
  socket.resume();
  await world.pass(0);
  old?.hear({ t: 'ev', n: 9 });
  old?.ears.close(4504);
  expect(heard).toEqual([WELCOME]);
  expect(socket.line.value).toBe('offline');
});
