import { describe, expect, test } from 'vitest';
import { addDays, type Day } from '@/lib/dates';
import { type DateRules, faultOf, leastNights, type NightRules, rulesVary } from '@/lib/house-dates';
import { nearestFree } from '@/lib/stay';

const FIRST = '2026-12-01';
/** Thirty days like any other, but for some. */
function rulesWith(some: Record<Day, Partial<NightRules>>): DateRules {
  const days = Array.from({ length: 30 }, (_, n) => addDays(FIRST, n));
  return new Map(
    days.map((day) => [day, { min_days: 2, closed_to_arrival: false, closed_to_departure: false, ...some[day] }]),
  );
}
const house = { min_days: 2, max_days: 5 };

describe('dates of a house with seasons', () => {
  const rules = rulesWith({
    '2026-12-05': { min_days: 4 },
    '2026-12-10': { min_days: 1 },
    '2026-12-15': { closed_to_arrival: true },
    '2026-12-18': { closed_to_departure: true },
  });

  test('the day of arrival decides how long a stay is at least, in either direction', () => {
    expect(faultOf(rules, house, '2026-12-05', '2026-12-08')).toEqual({ what: 'short', n: 4 });
    expect(faultOf(rules, house, '2026-12-05', '2026-12-09')).toBeUndefined();
    expect(faultOf(rules, house, '2026-12-10', '2026-12-11')).toBeUndefined();
    expect(faultOf(rules, house, '2026-12-04', '2026-12-05')).toEqual({ what: 'short', n: 2 });
    expect(faultOf(rules, house, '2026-12-01', '2026-12-08')).toEqual({ what: 'long', n: 5 });
  });

  test('a closed day is one of arrival or of departure, not one between', () => {
    expect(faultOf(rules, house, '2026-12-15', '2026-12-17')).toEqual({ what: 'arrival' });
    expect(faultOf(rules, house, '2026-12-13', '2026-12-15')).toBeUndefined();
    expect(faultOf(rules, house, '2026-12-14', '2026-12-16')).toBeUndefined();
    expect(faultOf(rules, house, '2026-12-16', '2026-12-18')).toEqual({ what: 'departure' });
    expect(faultOf(rules, house, '2026-12-17', '2026-12-19')).toBeUndefined();
  });

  test('without a calendar the house’s own rules count', () => {
    expect(leastNights(undefined, 3, FIRST)).toBe(3);
    expect(faultOf(new Map(), house, '2026-12-15', '2026-12-16')).toEqual({ what: 'short', n: 2 });
    expect(rulesVary(new Map(), 2)).toBe(false);
    expect(rulesVary(rulesWith({}), 2)).toBe(false);
    for (const other of [{ min_days: 4 }, { closed_to_arrival: true }, { closed_to_departure: true }])
      expect(rulesVary(rulesWith({ '2026-12-05': other }), 2)).toBe(true);
  });

  test('only stays that the house admits are offered', () => {
    const offers = nearestFree('2026-12-14', 2, new Set(['2026-12-14']), FIRST, { rules, house });
    expect(offers).toEqual([
      ['2026-12-12', '2026-12-14'],
      ['2026-12-11', '2026-12-13'],
      ['2026-12-17', '2026-12-19'],
    ]);
    expect(offers.every(([from, until]) => !faultOf(rules, house, from, until))).toBe(true);
  });
});
