import { expect, test } from 'vitest';
import { daysAgo, fileName, forget } from '@/lib/own-data';

test('the copy is named by its day', () => {
  expect(fileName('2026-06-01 12:00:00')).toBe('ihome-2026-06-01.json');
});

test('a device forgets what was the account’s, and nothing of others or of its own', () => {
  const kept = new Map([
    ['ihome.draft', '{}'],
    ['ihome.favourites', '[]'],
    ['ihome.locale', '"en"'],
    ['other', 'x'],
  ]);
  forget({
    get length() {
      return kept.size;
    },
    key: (i) => [...kept.keys()][i] ?? null,
    removeItem: (name) => void kept.delete(name),
  });
  expect([...kept.keys()]).toEqual(['ihome.locale', 'other']);
});

test('the last use is told in days', () => {
  expect(daysAgo('2026-06-01 23:00:00', '2026-06-01')).toBe(0);
  expect(daysAgo('2026-05-30 00:00:00', '2026-06-01')).toBe(2);
  expect(daysAgo('2026-06-02 00:00:00', '2026-06-01')).toBe(0);
});
