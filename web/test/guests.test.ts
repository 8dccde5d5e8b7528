import { describe, expect, test } from 'vitest';
import { guestsInWords } from '@/lib/house-guests';
import { readSearch, stayOf, whoOf } from '@/lib/search';

const NOW = '2026-11-22';
const who = (query: Record<string, string>) => whoOf(readSearch(query, NOW));

describe('who comes, in the address', () => {
  test('is one adult without a word, and adults and children together in `guests`, as the search counts them', () => {
    expect(who({})).toEqual({ adults: 1, children: 0, infants: 0 });
    expect(who({ guests: '2' })).toEqual({ adults: 2, children: 0, infants: 0 });
    expect(who({ guests: '3', children: '1', infants: '2' })).toEqual({ adults: 2, children: 1, infants: 2 });
  });

  test('has an adult, whatever somebody wrote into it', () => {
    for (const query of [
      { guests: '2', children: '2' },
      { children: '5' },
      { guests: '-1', children: 'x', infants: '-2' },
    ]) {
      expect(who(query as unknown as Record<string, string>).adults).toBeGreaterThanOrEqual(1);
      expect(who(query as unknown as Record<string, string>).children).toBe(0);
    }
  });

  test('goes on to the house and the booking', () => {
    const query = { sd: '2026-12-04', ed: '2026-12-06', guests: '3', children: '1', infants: '1' };
    expect(stayOf(readSearch({ ...query, aid: '1', pmin: '100' }, NOW))).toEqual(query);
  });

  test('in words, without those of whom there are none', () => {
    expect(guestsInWords({ adults: 1, children: 0, infants: 0 })).toBe('1 位成人');
    expect(guestsInWords({ adults: 2, children: 1, infants: 1 })).toBe('2 位成人、1 名儿童、1 名婴儿');
  });
});
