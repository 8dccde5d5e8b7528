import { describe, expect, test } from 'vitest';
import { grouped, type PriceLine } from '@/lib/house-lines';
import { isWeekend, priceFrom, weekendPrice } from '@/lib/house-prices';
import { arrivalTime, departureTime } from '@/lib/house-times';

describe('a house’s price without dates', () => {
  test('is the lowest of a night, and says whether others cost more', () => {
    expect(priceFrom({ price: 388, weekend_price: null })).toEqual({ price: 388, more: false });
    expect(priceFrom({ price: 388, weekend_price: 388 })).toEqual({ price: 388, more: false });
    expect(priceFrom({ price: 388, weekend_price: 588 })).toEqual({ price: 388, more: true });
    expect(priceFrom({ price: 388, weekend_price: 288 })).toEqual({ price: 288, more: true });
  });

  test('goes by the nights that are free, once they are known', () => {
    expect(priceFrom({ price: 388, weekend_price: 588 }, [588, 588])).toEqual({ price: 588, more: false });
    expect(priceFrom({ price: 388, weekend_price: null }, [388, 300, 999])).toEqual({ price: 300, more: true });
  });

  test('the weekend’s nights are Friday’s and Saturday’s', () => {
    // 2027-01-01 is a Friday.
    expect(['2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03'].map(isWeekend)).toEqual([false, true, true, false]);
    expect(weekendPrice({ price: 388, weekend_price: 388 })).toBeNull();
    expect(weekendPrice({ price: 388, weekend_price: 588 })).toBe(588);
  });
});

describe('the lines of a quote', () => {
  const lines: PriceLine[] = [
    ...[
      '2027-01-01',
      '2027-01-02',
      '2027-01-03',
      '2027-01-04',
      '2027-01-05',
      '2027-01-06',
      '2027-01-07',
      '2027-01-08',
    ].map((date): PriceLine => ({ kind: 'NIGHT', date, price: isWeekend(date) ? 58_800 : 38_850 })),
    { kind: 'CLEANING', price: 8_000 },
    { kind: 'DISCOUNT', price: -37_065, discount: 'weekly', percent: 10 },
  ];

  test('nights of one price stand together, wherever they are in the stay', () => {
    const by = grouped(lines);
    expect(by.groups).toEqual([
      { price: 58_800, nights: 3, amount: 176_400 },
      { price: 38_850, nights: 5, amount: 194_250 },
    ]);
    expect(by.nights.map((night) => night.date)).toHaveLength(8);
    expect(by.fees).toEqual([{ kind: 'CLEANING', price: 8_000 }]);
    expect(by.discounts.map((line) => [line.discount, line.percent, line.price])).toEqual([['weekly', 10, -37_065]]);
  });

  test('nothing is lost and nothing counted twice', () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    let state = seed;
    const next = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return Math.floor((state / 2 ** 31) * below);
    };
    for (let round = 0; round < 200; round++) {
      const some = Array.from({ length: 1 + next(40) }, (): PriceLine => {
        const price = 1 + next(4);
        return [
          { kind: 'NIGHT', date: '2027-01-01', price },
          { kind: 'CLEANING', price },
          { kind: 'EXTRA_GUEST', price },
          { kind: 'DISCOUNT', price: -price, discount: 'monthly', percent: 1 },
        ][next(4)] as PriceLine;
      });
      const { groups, nights, fees, discounts } = grouped(some);
      const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0);
      expect(
        sum([
          ...groups.map((group) => group.amount),
          ...fees.map((fee) => fee.price),
          ...discounts.map((line) => line.price),
        ]),
        `seed ${seed}`,
      ).toBe(sum(some.map((line) => line.price)));
      expect(sum(groups.map((group) => group.nights)), `seed ${seed}`).toBe(nights.length);
    }
  });
});

test('times of arriving and leaving', () => {
  expect(arrivalTime('15:00', null)).toBe('15:00 后');
  expect(arrivalTime('15:00', '22:30')).toBe('15:00–22:30 之间');
  expect(departureTime('11:00')).toBe('11:00 前');
});
