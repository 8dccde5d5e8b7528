import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { personInEnglish } from '@/i18n/people';

test('names that the server made up are said in English; chosen ones stay', () => {
  expect(personInEnglish('住客ab23cd45')).toBe('Member ab23cd45');
  expect(personInEnglish('已注销用户')).toBe('Deleted member');
  for (const name of ['住客', '住客小林', '我是住客ab23cd45', '住客ab23cd456', 'Anna', '阿明', ''])
    expect(personInEnglish(name)).toBe(name);
});

test('they are those of the server', () => {
  const account = (name: string) => readFileSync(`../server/src/main/java/ihome/account/${name}.java`, 'utf8');
  expect(account('RegisterAccount')).toContain('new StringBuilder("住客")');
  expect(account('RegisterAccount')).toContain('i < 8;');
  expect(account('AccountModule')).toContain('ERASED_NAME = "已注销用户"');
});
