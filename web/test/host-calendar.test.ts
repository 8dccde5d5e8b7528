import { describe, expect, test } from 'vitest';
import { addDays } from '@/lib/dates';
import {
  after,
  type Change,
  changedBy,
  choosable,
  hasWeekendPrice,
  type HostNight,
  isKnown,
  type Nights,
  runsOf,
  type Step,
  undoOf,
} from '@/lib/host-calendar';
import { isWeekend } from '@/lib/house-prices';

const START = '2026-12-28';
const HOUSE_PRICE = 38_800;
const WEEKEND_PRICE = 48_800;
/** What a night costs that has no price of its own. */
const usual = (date: string) => (isWeekend(date) ? WEEKEND_PRICE : HOUSE_PRICE);

/** One night a letter: f free, b booked, x blocked, s free at 588 yuan, y blocked at 588 yuan. */
function nightsOf(letters: string): Nights {
  const nights = [...letters].map((letter, index): HostNight => ({
    date: addDays(START, index),
    state: letter === 'b' ? 'booked' : 'xy'.includes(letter) ? 'blocked' : 'free',
    price: 'sy'.includes(letter) ? 58_800 : usual(addDays(START, index)),
    special: 'sy'.includes(letter),
    order_id: letter === 'b' ? 7 : null,
    order_status: letter === 'b' ? 'PAID' : null,
  }));
  return new Map(nights.map((night) => [night.date, night]));
}
const day = (index: number) => addDays(START, index);
/** As the server does a step: it alone knows what a night costs that gets its usual price back. */
function served(nights: Nights, step: Step): Nights {
  if (isKnown(step)) return after(nights, step);
  const inside = (date: string) => step.runs.some((run) => run.first <= date && date <= run.last);
  return new Map(
    [...nights].map(([date, night]) => [date, inside(date) ? { ...night, price: usual(date), special: false } : night]),
  );
}
const all = (nights: Nights) => choosable(nights, day(0), day(nights.size - 1));

describe('nights of a host', () => {
  test('are chosen in either direction, without the sold ones and across the year', () => {
    const nights = nightsOf('ffbbfx');
    expect(choosable(nights, day(5), day(1))).toEqual([day(1), day(4), day(5)]);
    expect(choosable(nights, day(2), day(3))).toEqual([]);
    expect(choosable(nights, addDays(START, -3), day(0))).toEqual([day(0)]);
    expect(runsOf([day(1), day(4), day(5)])).toEqual([
      { first: '2026-12-29', last: '2026-12-29' },
      { first: '2027-01-01', last: '2027-01-02' },
    ]);
    expect(runsOf([])).toEqual([]);
  });

  test('a change concerns only what it changes', () => {
    const nights = nightsOf('fxsybf');
    expect(changedBy(nights, all(nights), { action: 'block' })).toEqual([day(0), day(2), day(5)]);
    expect(changedBy(nights, all(nights), { action: 'unblock' })).toEqual([day(1), day(3)]);
    expect(changedBy(nights, all(nights), { action: 'reset_price' })).toEqual([day(2), day(3)]);
    expect(changedBy(nights, all(nights), { action: 'price', price: 58_800 })).toEqual([day(0), day(1), day(5)]);
  });

  test('say the weekend’s price where it is that, and not where the host has set another', () => {
    const prices = { price: HOUSE_PRICE, weekend_price: WEEKEND_PRICE };
    const nights = nightsOf('fffffffffsss');
    // The first day is a Monday, and the year ends on Thursday.
    expect([...nights.values()].filter((night) => hasWeekendPrice(night, prices)).map((night) => night.date)).toEqual([
      '2027-01-01',
      '2027-01-02',
    ]);
    expect([...nights.values()].some((night) => hasWeekendPrice(night, { ...prices, weekend_price: null }))).toBe(
      false,
    );
    // A price of its own stays one, even where it is the weekend's.
    expect([...nights.values()].some((night) => hasWeekendPrice({ ...night, special: true }, prices))).toBe(false);
    expect(
      [...nights.values()].some((night) => hasWeekendPrice(night, { ...prices, weekend_price: HOUSE_PRICE })),
    ).toBe(false);
  });

  test('undoing brings back exactly what was there, whatever it was', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    let state = seed;
    const next = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((state / 2 ** 31) * below);
    };
    const changes: Change[] = [
      { action: 'block' },
      { action: 'unblock' },
      { action: 'reset_price' },
      { action: 'price', price: 58_800 },
      { action: 'price', price: 100 },
    ];
    for (let round = 0; round < 300; round++) {
      const nights = nightsOf(Array.from({ length: 1 + next(20) }, () => 'fbxsy'[next(5)]).join(''));
      const days = choosable(nights, day(next(20)), day(next(20)));
      const change = changes[next(changes.length)] ?? { action: 'block' };
      const undo = undoOf(nights, days, change);
      const step: Step = { runs: runsOf(changedBy(nights, days, change)), change };
      const back = undo.reduce<Nights>(served, served(nights, step));
      expect([...back.values()], `seed ${seed}, round ${round}`).toEqual([...nights.values()]);
    }
  });
});
