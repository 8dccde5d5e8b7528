import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mobileIn } from '@/lib/mobile';

const table = JSON.parse(readFileSync('../server/src/test/resources/ihome/mobiles.json', 'utf8')) as {
  typed: string;
  is: string | null;
}[];

test.each(table)('$typed is read as the server reads it', ({ typed, is }) => {
  expect(mobileIn(typed) ?? null).toBe(is);
});

test('what is too long is not looked at', () => {
  expect(mobileIn(`13812345678${' '.repeat(200)}`)).toBeUndefined();
});
