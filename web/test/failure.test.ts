import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { zh } from '@/i18n/zh';
import { ApiError, dataOf } from '@/lib/api';
import { fieldOf, refusalOf } from '@/lib/failure';

test.each(['refused.openOrders', 'refused.moneyOwed'] as const)(
  '%s is what the API document has the server say',
  (key) => {
    expect(readFileSync('../api/openapi.yaml', 'utf8')).toContain(`{errmsg: {const: '${zh[key]}'}}`);
    expect(refusalOf(zh[key])).toBe(key);
  },
);

test('no other word of the server is taken for one of them', () => {
  expect(refusalOf('无效操作')).toBeUndefined();
  expect(refusalOf('')).toBeUndefined();
});

test('the field that is wrong is the one that the server names, whatever its sentence says', () => {
  const answer = { errno: '4103', errmsg: '最多入住晚数不能小于最少入住晚数', data: { field: 'max_days' } };
  let failure: unknown;
  try {
    dataOf(answer, new Headers());
  } catch (problem) {
    failure = problem;
  }
  expect(failure).toBeInstanceOf(ApiError);
  expect(fieldOf(failure, ['min_days', 'max_days'])).toBe('max_days');
  expect(fieldOf(failure, ['title'])).toBeUndefined();
  expect(fieldOf(new ApiError('4103', 'price：应为金额'), ['price'])).toBeUndefined();
});
