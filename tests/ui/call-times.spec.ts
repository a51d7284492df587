/** Dates and times of the call page, on both sides of every change of the clock. */
import { expect, test } from '@playwright/test';
import { addDays, clock, dateIn, differ, localeOf, momentOf, timeIn, zoneName, zoneOf } from '../../widget/call/times';

const WARSAW = 'Europe/Warsaw';

test('a date and time on the clock of a zone is one moment', () => {
  expect(momentOf(WARSAW, '2027-01-15', '09:30')).toBe(Date.UTC(2027, 0, 15, 8, 30));
  expect(momentOf(WARSAW, '2027-07-15', '09:30')).toBe(Date.UTC(2027, 6, 15, 7, 30));
  expect(momentOf('Asia/Kathmandu', '2027-07-15', '00:00')).toBe(Date.UTC(2027, 6, 14, 18, 15));
  expect(momentOf('Pacific/Kiritimati', '2027-01-01', '00:00')).toBe(Date.UTC(2026, 11, 31, 10, 0));
});

test('around the change of the clock every half-hour is where the clock shows it', () => {
  // In spring the clock goes from 02:00 to 03:00.
  expect(momentOf(WARSAW, '2027-03-28', '01:30')).toBe(Date.UTC(2027, 2, 28, 0, 30));
  expect(momentOf(WARSAW, '2027-03-28', '03:00')).toBe(Date.UTC(2027, 2, 28, 1, 0));
  expect(momentOf(WARSAW, '2027-03-28', '23:30')).toBe(Date.UTC(2027, 2, 28, 21, 30));
  // In autumn it shows 02:00 to 03:00 twice; the first counts.
  expect(momentOf(WARSAW, '2027-10-31', '02:30')).toBe(Date.UTC(2027, 9, 31, 0, 30));
  expect(momentOf(WARSAW, '2027-10-31', '03:00')).toBe(Date.UTC(2027, 9, 31, 2, 0));
  // Lord Howe changes by half an hour, Apia in the south.
  expect(momentOf('Australia/Lord_Howe', '2027-04-04', '01:30')).toBe(Date.UTC(2027, 3, 3, 14, 30));
  expect(momentOf('America/New_York', '2027-11-07', '01:00')).toBe(Date.UTC(2027, 10, 7, 5, 0));
});

test('every moment is found again from what the clock shows', () => {
  for (const zone of ['Europe/Warsaw', 'America/New_York', 'Asia/Tehran', 'Pacific/Chatham', 'UTC']) {
    for (let at = Date.UTC(2027, 0, 1); at < Date.UTC(2028, 0, 1); at += 5.5 * 3_600_000) {
      const again = momentOf(zone, dateIn(zone, at), timeIn(zone, at));
      expect(again === at || again === at - 3_600_000, `${zone} ${new Date(at).toISOString()}`).toBe(true);
    }
  }
});

test('days are added across months, years and leap days', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2027-12-31', 1)).toBe('2028-01-01');
  expect(addDays('2027-03-27', 2)).toBe('2027-03-29');
});

test('hours are written as the visitor writes them', () => {
  expect(localeOf('en', ['pl-PL', 'en-GB', 'en-US'])).toBe('en-GB');
  expect(localeOf('pl', ['en-GB'])).toBe('pl');
  expect(clock('en-GB', '09:30')).toBe('09:30');
  expect(clock('pl', '24:00')).toBe('24:00');
  expect(clock('en-US', '21:30').replace(/\s/, ' ')).toBe('9:30 PM');
});

test('zones have names, and a zone nobody knows is the visitor’s own clock', () => {
  expect(zoneName('en', WARSAW, Date.UTC(2027, 0, 15))).toBe('Central European Time');
  expect(zoneOf(WARSAW)).toBe(WARSAW);
  expect(zoneOf('Moon/Tranquility')).toBeUndefined();
  expect(differ(WARSAW, 'Europe/Berlin', Date.UTC(2027, 0, 15))).toBe(false);
  expect(differ(WARSAW, 'Europe/London', Date.UTC(2027, 0, 15))).toBe(true);
});
