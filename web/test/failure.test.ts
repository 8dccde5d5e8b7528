import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { zh } from '@/i18n/zh';
import { refusalOf } from '@/lib/failure';

test.each(['refused.openOrders', 'refused.moneyOwed'] as const)('%s is what the API document has the server say', (key) => {
  expect(readFileSync('../api/openapi.yaml', 'utf8')).toContain(`{errmsg: {const: '${zh[key]}'}}`);
  expect(refusalOf(zh[key])).toBe(key);
});

test('no other word of the server is taken for one of them', () => {
  expect(refusalOf('无效操作')).toBeUndefined();
  expect(refusalOf('')).toBeUndefined();
});
