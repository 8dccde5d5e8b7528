import { expect, test } from 'vitest';
import { parseYuan, shortMoney, showMoney, yuanText } from '@/lib/money';

test('fen are shown as yuan, and only where there are any', () => {
  expect(showMoney(38800)).toBe('¥388');
  expect(showMoney(138850)).toBe('¥1,388.50');
  expect(showMoney(5)).toBe('¥0.05');
  expect(showMoney(100_000_000)).toBe('¥1,000,000');
  expect(showMoney(-200)).toBe('-¥2');
});

test('a cell of a calendar says an exact price, or that it is more', () => {
  expect(shortMoney(38800)).toBe('¥388');
  expect(shortMoney(128850)).toBe('¥1288.50');
  expect(shortMoney(128849)).toBe('¥1288.49');
  expect(shortMoney(999999)).toBe('¥9999.99');
  expect(shortMoney(5)).toBe('¥0.05');
  expect(shortMoney(10_000_000)).toBe('¥100000');
  expect(shortMoney(1_234_550)).toBe('¥12345+');
  for (let fen = 1; fen < 100_000_000; fen += 99_991) {
    const [, yuan, more] = /^¥([\d.]+)(\+?)$/.exec(shortMoney(fen))!;
    if (more) expect(fen - Number(yuan) * 100, String(fen)).toBeGreaterThan(0);
    else expect(parseYuan(yuan!), String(fen)).toBe(fen);
    expect(shortMoney(fen).length, String(fen)).toBeLessThanOrEqual(8);
  }
});

test('what a person types is read without binary fractions', () => {
  expect(parseYuan('19.90')).toBe(1990);
  expect(parseYuan('0.29')).toBe(29);
  expect(parseYuan('1.1')).toBe(110);
  expect(parseYuan(' ¥1,388.5 ')).toBe(138850);
  for (const text of ['', 'abc', '1.234', '-5', '1e3', '１２', '.5']) expect(parseYuan(text), text).toBeNull();
});

test('every amount to 2,000 fen survives the way to the wire and back', () => {
  for (let fen = 0; fen <= 2000; fen++) expect(parseYuan(yuanText(fen))).toBe(fen);
});
