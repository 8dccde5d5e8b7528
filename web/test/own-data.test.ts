import { expect, test } from 'vitest';
import { fileName, forget } from '@/lib/own-data';

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
