import { describe, expect, test } from 'vitest';
import { addressOf } from '@/lib/api';
import { CENTRE } from '@/lib/beijing';
import { flat, kilometres } from '@/lib/sketch';
import { waysToLoosen } from '@/lib/loosen';
import { filterCount, readSearch, writeSearch } from '@/lib/search';

const NOW = '2026-11-25';

describe('a search in the address bar', () => {
  test('comes back as it was written', () => {
    const query = {
      aid: '3',
      sd: '2026-12-04',
      ed: '2026-12-06',
      guests: '2',
      pmin: '100',
      pmax: '900',
      facility: '1,3',
      sk: 'price-inc',
    };
    expect(writeSearch(readSearch(query, NOW))).toEqual(query);
  });

  test('drops what makes no sense, and keeps the rest', () => {
    expect(
      writeSearch(readSearch({ sd: '2026-02-30', aid: '-1', guests: 'two', facility: '3,x', sk: 'best' }, NOW)),
    ).toEqual({});
    expect(writeSearch(readSearch({ sd: '2020-01-01', ed: '2020-01-03', pmax: '900' }, NOW))).toEqual({ pmax: '900' });
    expect(readSearch({ facility: '3,1,3,99' }, NOW).facility).toEqual([1, 3]);
    expect(readSearch({ facility: '1'.repeat(400) }, NOW).facility).toBeUndefined();
  });

  test('counts filters, one for a price', () => {
    expect(filterCount({ sk: 'new', pmin: 1, pmax: 2, facility: [1, 3] })).toBe(3);
    expect(filterCount({ sk: 'new', aid: 1 })).toBe(0);
  });

  test('is asked of the server with plain commas, as the server writes it into the page', () => {
    expect(addressOf('/api/v1.0/houses', undefined, { aid: 1, facility: '1,3', sk: 'booking' })).toBe(
      '/api/v1.0/houses?aid=1&facility=1,3&sk=booking',
    );
  });
});

describe('loosening', () => {
  test('gives up one thing at a time, and never moves into the past', () => {
    const search = { sd: NOW, ed: '2026-11-27', aid: 1, facility: [1], sk: 'new' as const };
    const ways = waysToLoosen(search, NOW).map((way) => way.to);
    expect(ways).toContainEqual({ ...search, facility: undefined });
    expect(ways).toContainEqual({ ...search, sd: '2026-11-26', ed: '2026-11-28' });
    expect(ways).toContainEqual({ ...search, sd: '2026-12-02', ed: '2026-12-04' });
    expect(ways.some((way) => way.sd !== undefined && way.sd < NOW)).toBe(false);
    expect(waysToLoosen({ sk: 'new' }, NOW)).toEqual([]);
  });
});

describe('the sketch of the city', () => {
  test('measures as the crow flies', () => {
    expect(kilometres(CENTRE, CENTRE)).toBe(0);
    // Tiananmen to the Capital Airport: 25.9 km on the ellipsoid.
    expect(kilometres(CENTRE, { latitude: 40.0799, longitude: 116.6031 })).toBeCloseTo(25.9, 0);
    expect(flat({ latitude: 40.9087, longitude: 116.3975 }, CENTRE)[1]).toBeCloseTo(111.2, 1);
  });
});
