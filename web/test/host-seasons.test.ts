import { describe, expect, test } from 'vitest';
import { hostZh } from '@/i18n/host-zh';
import { ApiError } from '@/lib/api';
import {
  earliestSeason,
  emptySeason,
  fromSeason,
  isPast,
  latestSeason,
  nightsInWords,
  objectionTo,
  refusedSeason,
  sameSeasons,
  type Season,
  type SeasonDraft,
  seasonInWords,
  seasonOn,
  toSent,
} from '@/lib/host-seasons';

const NOW = '2026-11-30';
const draft = (values: Partial<SeasonDraft>): SeasonDraft => ({
  ...emptySeason('2026-12-10', '2026-12-14'),
  price: '588',
  ...values,
});
const season = (values: Partial<Season>): Season => ({
  from: '2026-12-10',
  to: '2026-12-15',
  price: null,
  min_days: null,
  closed_to_arrival: false,
  closed_to_departure: false,
  ...values,
});
const wrong = (values: Partial<SeasonDraft>, field: keyof SeasonDraft, others: SeasonDraft[] = []) =>
  objectionTo(draft(values), field, others, NOW);

describe('a season in a form', () => {
  test('has its last night where the wire has the day after it', () => {
    const whole = season({ price: 58_850, min_days: 3, closed_to_departure: true });
    expect(fromSeason(whole)).toEqual({
      from: '2026-12-10',
      last: '2026-12-14',
      price: '588.50',
      min_days: '3',
      closed_to_arrival: false,
      closed_to_departure: true,
    });
    expect(toSent(fromSeason(whole))).toEqual({
      from: '2026-12-10',
      to: '2026-12-15',
      price: '588.50',
      min_days: 3,
      closed_to_arrival: false,
      closed_to_departure: true,
    });
    expect(toSent(draft({ last: '2026-12-10', price: ' ' }))).toEqual({
      from: '2026-12-10',
      to: '2026-12-11',
      closed_to_arrival: false,
      closed_to_departure: false,
    });
  });

  test('overlaps another where they share a night, at either end too', () => {
    const others = [draft({ from: '2026-12-20', last: '2026-12-24' })];
    const says = hostZh['seasons.bad.overlap'].replace('{range}', '12月20日 周日 – 12月24日 周四');
    for (const [from, last] of [
      ['2026-12-15', '2026-12-20'],
      ['2026-12-24', '2026-12-26'],
      ['2026-12-21', '2026-12-22'],
      ['2026-12-01', '2026-12-31'],
    ] as const)
      expect(objectionTo(draft({ from, last }), 'from', others, NOW), from).toBe(says);
    for (const [from, last] of [
      ['2026-12-15', '2026-12-19'],
      ['2026-12-25', '2026-12-26'],
    ] as const)
      expect(wrong({ from, last }, 'from', others)).toBe('');
  });

  test('has dates that are some, in order, near enough and not too many', () => {
    expect(wrong({ from: '' }, 'from')).toBe(hostZh['seasons.bad.date']);
    expect(wrong({ last: '2026-02-30' }, 'last')).toBe(hostZh['seasons.bad.date']);
    expect(wrong({ last: '2026-12-09' }, 'last')).toBe(hostZh['seasons.bad.order']);
    expect(wrong({ last: '2026-12-10' }, 'last')).toBe('');
    expect([earliestSeason(NOW), latestSeason(NOW)]).toEqual(['2023-11-30', '2029-11-29']);
    expect(earliestSeason('2024-02-29')).toBe('2021-02-28');
    expect([wrong({ from: '2023-11-29' }, 'from'), wrong({ from: '2023-11-30' }, 'from')]).toEqual([
      hostZh['seasons.bad.early'],
      '',
    ]);
    expect([
      wrong({ from: '2029-11-01', last: '2029-11-30' }, 'last'),
      wrong({ from: '2029-11-01', last: '2029-11-29' }, 'last'),
    ]).toEqual([hostZh['seasons.bad.late'], '']);
    // 366 nights.
    expect([wrong({ last: '2027-12-10' }, 'last'), wrong({ last: '2027-12-11' }, 'last')]).toEqual([
      '',
      hostZh['seasons.bad.long'].replace('{n}', '366'),
    ]);
  });

  test('says at least one thing, within the bounds of the contract', () => {
    expect(wrong({ price: '' }, 'price')).toBe(hostZh['seasons.bad.nothing']);
    for (const values of [{ min_days: '2' }, { closed_to_arrival: true }, { closed_to_departure: true }])
      expect(wrong({ price: '', ...values }, 'price')).toBe('');
    for (const price of ['0', '1000000.01', '-1', 'much', '1.234'])
      expect(wrong({ price }, 'price'), price).toBe(hostZh['publish.bad.price']);
    for (const price of ['0.01', '1000000', '588.5']) expect(wrong({ price }, 'price')).toBe('');
    for (const min_days of ['0', '366', 'two', '1.5']) expect(wrong({ min_days }, 'min_days'), min_days).not.toBe('');
    for (const min_days of ['', '1', '365']) expect(wrong({ min_days }, 'min_days')).toBe('');
  });
});

test('the server’s refusal leads to a season and its field', () => {
  const refused = (field?: string, errno: '4103' | '4001' = '4103') =>
    refusedSeason(new ApiError(errno, 'no', undefined, field));
  expect(refused('seasons[1].from')).toEqual({ index: 1, field: 'from' });
  expect(refused('seasons[12].to')).toEqual({ index: 12, field: 'last' });
  expect(refused('seasons[0].min_days')).toEqual({ index: 0, field: 'min_days' });
  expect(refused('seasons[3]')).toEqual({ index: 3, field: 'from' });
  expect([refused('seasons'), refused(), refused('seasons[0].from', '4001'), refusedSeason(new Error('no'))]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('a night is in the season from its first to its last', () => {
  const one = season({ price: 1 });
  expect(['2026-12-09', '2026-12-10', '2026-12-14', '2026-12-15'].map((night) => seasonOn([one], night))).toEqual([
    undefined,
    one,
    one,
    undefined,
  ]);
  expect(['2026-12-14', '2026-12-15'].map((now) => isPast(one, now))).toEqual([false, true]);
});

test('lists are the same when they say the same', () => {
  expect(sameSeasons([season({})], [season({})])).toBe(true);
  expect(sameSeasons([season({})], [])).toBe(false);
  expect(sameSeasons([], [season({})])).toBe(false);
  for (const other of [
    { from: '2026-12-09' },
    { to: '2026-12-16' },
    { price: 1 },
    { min_days: 2 },
    { closed_to_arrival: true },
    { closed_to_departure: true },
  ])
    expect(sameSeasons([season({})], [season(other)])).toBe(false);
});

test('dates and rules in words', () => {
  expect(nightsInWords('2026-12-10', '2026-12-14', NOW)).toBe('12月10日 周四 – 12月14日 周一');
  expect(nightsInWords('2026-12-10', '2026-12-10', NOW)).toBe('12月10日 周四');
  expect(nightsInWords('2026-12-30', '2027-01-02', NOW)).toBe('2026年12月30日 – 2027年1月2日');
  expect(
    seasonInWords(season({ price: 58_800, min_days: 3, closed_to_arrival: true, closed_to_departure: true })),
  ).toEqual(['每晚 ¥588', '最少住 3 晚', '不办理入住', '不办理离店']);
  expect(seasonInWords(season({}))).toEqual([]);
});
