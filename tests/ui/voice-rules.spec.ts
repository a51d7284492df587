/** What the voice decides without a browser: what went wrong, what was measured, when help is asked for. */
import { expect, test } from '@playwright/test';
import { durationText } from '../../widget/call/times';
import {
  type Counted,
  count,
  loudness,
  measure,
  problemOf,
  REFRESH_MS,
  SILENCE_MS,
  Watch,
} from '../../widget/kit/voice-rules';

test('errors of the microphone are told apart', () => {
  expect(problemOf('NotAllowedError')).toBe('refused');
  expect(problemOf('SecurityError')).toBe('refused');
  expect(problemOf('NotFoundError')).toBe('missing');
  expect(problemOf('OverconstrainedError')).toBe('missing');
  expect(problemOf('NotReadableError')).toBe('busy');
  expect(problemOf('AbortError')).toBe('busy');
});

test('a quiet room is nothing, a raised voice is everything, and louder is more', () => {
  const tone = (strength: number) => Float32Array.from({ length: 1_000 }, (_, at) => strength * Math.sin(at / 7));
  expect(loudness(tone(0))).toBe(0);
  expect(loudness(tone(0.001))).toBe(0);
  expect(loudness(tone(0.02))).toBeGreaterThan(0.3);
  expect(loudness(tone(0.1))).toBeGreaterThan(loudness(tone(0.02)));
  expect(loudness(tone(1))).toBe(1);
});

test('a report is read: the voice that comes, and the path in use', () => {
  const report = [
    { type: 'codec' },
    { type: 'outbound-rtp' },
    { type: 'inbound-rtp', packetsReceived: 500, packetsLost: 3, jitter: 0.004 },
    { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
    { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.0421 },
  ];
  expect(count(report)).toEqual({ received: 500, lost: 3, jitter: 0.004, roundTrip: 0.0421 });
  expect(count([])).toEqual({ received: 0, lost: 0, jitter: 0, roundTrip: 0 });
});

const counted = (received: number, lost: number): Counted => ({ received, lost, jitter: 0.0123, roundTrip: 0.0456 });

test('losses are those since the last measurement', () => {
  expect(measure(counted(0, 0), counted(250, 0))).toEqual({ rtt_ms: 46, jitter_ms: 12, lost_permille: 0 });
  expect(measure(counted(250, 10), counted(440, 20)).lost_permille).toBe(50);
  expect(measure(counted(250, 10), counted(250, 10)).lost_permille).toBe(0);
});

test('late packets take losses back, and a new connection begins at zero', () => {
  expect(measure(counted(250, 10), counted(500, 4)).lost_permille).toBe(0);
  expect(measure(counted(5_000, 90), counted(99, 1)).lost_permille).toBe(10);
});

/** A watch whose time the test turns by hand. */
function watched() {
  let time = 0;
  const watch = new Watch(() => time);
  const at = (now: number) => {
    time = now;
    return watch;
  };
  return at;
}

test('silence is a fault only while voice is expected', () => {
  const at = watched();
  expect(at(10_000).packets(0)).toBe(false);
  at(10_000).expect(true);
  expect(at(10_000 + SILENCE_MS - 1).packets(0)).toBe(false);
  expect(at(10_000 + SILENCE_MS).packets(0)).toBe(true);
  at(20_000).expect(false);
  expect(at(30_000).packets(0)).toBe(false);
});

test('as long as packets come no help is asked for', () => {
  const at = watched();
  at(0).expect(true);
  for (let now = 500; now <= 10_000; now += 500) expect(at(now).packets(now / 20)).toBe(false);
  expect(at(10_000 + SILENCE_MS).packets(500)).toBe(true);
});

test('help is asked for at most every two seconds, whatever the reason', () => {
  const at = watched();
  at(0).expect(true);
  expect(at(0).trouble()).toBe(true);
  expect(at(5_000).trouble()).toBe(true);
  expect(at(5_000 + REFRESH_MS - 1).trouble()).toBe(false);
  expect(at(5_000 + REFRESH_MS - 1).packets(0)).toBe(false);
  expect(at(5_000 + REFRESH_MS).packets(0)).toBe(true);
  expect(at(5_000 + REFRESH_MS + 1).trouble()).toBe(false);
});

test('a new connection has its own time to bring voice', () => {
  const at = watched();
  at(0).expect(true);
  at(1_400).renew();
  expect(at(1_600).packets(0)).toBe(false);
  expect(at(1_400 + SILENCE_MS).packets(0)).toBe(true);
});

test('a duration is said as clocks of calls do', () => {
  expect([0, 59, 167, 3_599, 3_600, 14_400].map(durationText)).toEqual([
    '00:00',
    '00:59',
    '02:47',
    '59:59',
    '1:00:00',
    '4:00:00',
  ]);
});
