import { describe, expect, test } from 'vitest';
import {
  addDays,
  comingWeekend,
  daysBetween,
  instantOf,
  isDay,
  monthOf,
  nights,
  showDay,
  showMonth,
  today,
  tooLateTonight,
  weekday,
} from '@/lib/dates';
import { nearestFree } from '@/lib/stay';

describe('days', () => {
  test('today is that of the houses, not that of the guest', () => {
    expect(today(new Date('2026-11-22T15:59:59Z'))).toBe('2026-11-22');
    expect(today(new Date('2026-11-22T16:00:00Z'))).toBe('2026-11-23');
  });

  test('a site elsewhere has its own day', () => {
    expect(today(new Date('2026-11-23T07:59:59Z'), 'America/Los_Angeles')).toBe('2026-11-22');
    expect(today(new Date('2026-11-23T08:00:00Z'), 'America/Los_Angeles')).toBe('2026-11-23');
  });

  test('tonight ends for bookings at the time that the server says, by the clock of the site', () => {
    const site = { zone: 'America/Los_Angeles', tonight_until: '22:00' };
    expect(tooLateTonight(new Date('2026-11-23T05:59:59Z'), site)).toBe(false);
    expect(tooLateTonight(new Date('2026-11-23T06:00:00Z'), site)).toBe(true);
    expect(tooLateTonight(new Date('2026-11-23T08:00:00Z'), site)).toBe(false);
    expect(tooLateTonight(new Date('2026-11-23T06:00:00Z'), { zone: site.zone })).toBe(false);
  });

  test('a time on the wire is an instant in the zone of the site', () => {
    expect(new Date(instantOf('2026-06-01 12:00:00')).toISOString()).toBe('2026-06-01T04:00:00.000Z');
    const there = (time: string) => new Date(instantOf(time, 'America/Los_Angeles')).toISOString();
    expect(there('2026-06-01 12:00:00')).toBe('2026-06-01T19:00:00.000Z');
    expect(there('2026-12-01 12:00:00')).toBe('2026-12-01T20:00:00.000Z');
    // An hour before and after summer time begins (8 March 2026, 2:00).
    expect(there('2026-03-08 01:30:00')).toBe('2026-03-08T09:30:00.000Z');
    expect(there('2026-03-08 03:30:00')).toBe('2026-03-08T10:30:00.000Z');
    expect(there('2026-11-01 03:00:00')).toBe('2026-11-01T11:00:00.000Z');
  });

  test('arithmetic crosses months, leap days and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(daysBetween('2026-10-01', '2026-10-08')).toBe(7);
  });

  test('every day of two years is one after the day before', () => {
    for (let n = 0; n < 730; n++) {
      expect(daysBetween(addDays('2026-01-01', n), addDays('2026-01-01', n + 1))).toBe(1);
    }
  });

  test('only real days are days', () => {
    expect(isDay('2026-02-28')).toBe(true);
    for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', '', '2026-01-01T00:00', undefined, 5]) {
      expect(isDay(text), String(text)).toBe(false);
    }
  });

  test('equal dates are one night', () => {
    expect(nights('2026-06-02', '2026-06-02')).toBe(1);
    expect(nights('2026-06-02', '2026-06-05')).toBe(3);
  });

  test('the coming weekend', () => {
    expect(weekday('2026-11-23')).toBe(0);
    expect(comingWeekend('2026-11-23')).toEqual(['2026-11-27', '2026-11-29']);
    expect(comingWeekend('2026-11-27')).toEqual(['2026-11-27', '2026-11-29']);
    expect(comingWeekend('2026-11-28')).toEqual(['2026-11-28', '2026-11-29']);
    expect(comingWeekend('2026-11-29')).toEqual(['2026-12-04', '2026-12-06']);
  });

  test('a month has whole weeks from Monday', () => {
    const february = monthOf('2027-01-15', 1);
    expect([february.year, february.month]).toEqual([2027, 2]);
    expect(february.weeks).toHaveLength(4);
    expect(february.weeks[0]?.[0]).toBe('2027-02-01');
    const november = monthOf('2026-11-22');
    expect(november.weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(november.weeks.flat().filter(Boolean)).toHaveLength(30);
  });

  test('in both languages', () => {
    expect(showDay('2027-01-10', 'zh')).toBe('1月10日 周日');
    expect(showDay('2027-01-10', 'en')).toBe('Sun 10 Jan');
    expect(showMonth(2026, 1, 'zh')).toBe('2026年1月');
  });
});

describe('the nearest free stays', () => {
  const taken = new Set(['2026-12-04', '2026-12-05']);

  test('touch what is taken, and never overlap it', () => {
    expect(nearestFree('2026-12-04', 2, taken, '2026-11-22')).toEqual([
      ['2026-12-02', '2026-12-04'],
      ['2026-12-06', '2026-12-08'],
      ['2026-12-01', '2026-12-03'],
    ]);
  });

  test('none is in the past', () => {
    for (const [from] of nearestFree('2026-12-04', 2, taken, '2026-12-04')) expect(from >= '2026-12-06').toBe(true);
  });
});
