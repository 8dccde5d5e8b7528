/** The dated rules of a house, as its host writes them. The bounds are the contract's; the server's word is the last. */
import { locale, t } from '@/i18n';
import { h } from '@/i18n/host';
import { ApiError, type OwnHouse } from './api';
import { wholeNumber } from './check';
import { addDays, type Day, daysBetween, isDay, showDay, showFullDate, today } from './dates';
import { type Fen, parseYuan, showMoney, yuanText } from './money';

export type Season = OwnHouse['seasons'][number];

/** A season in a form: its last night in place of the day after it, numbers as they are typed. */
export interface SeasonDraft {
  from: string;
  last: string;
  price: string;
  min_days: string;
  closed_to_arrival: boolean;
  closed_to_departure: boolean;
}
export type SeasonField = keyof SeasonDraft;
export const SEASON_FIELDS = [
  'from',
  'last',
  'price',
  'min_days',
  'closed_to_arrival',
  'closed_to_departure',
] as const satisfies readonly SeasonField[];

export const MOST_SEASONS = 100;
const LONGEST_SEASON = 366;
const LONGEST_STAY = 365;
const MOST_YEARS = 3;
const HIGHEST: Fen = 100_000_000;

export const emptySeason = (from: Day | '' = '', last: Day | '' = from): SeasonDraft => ({
  from,
  last,
  price: '',
  min_days: '',
  closed_to_arrival: false,
  closed_to_departure: false,
});

export const fromSeason = (season: Season): SeasonDraft => ({
  from: season.from,
  last: addDays(season.to, -1),
  price: season.price === null ? '' : yuanText(season.price),
  min_days: season.min_days === null ? '' : String(season.min_days),
  closed_to_arrival: season.closed_to_arrival,
  closed_to_departure: season.closed_to_departure,
});

/** What is sent of a draft without objections. */
export const toSent = (draft: SeasonDraft) => ({
  from: draft.from,
  to: addDays(draft.last, 1),
  ...(draft.price.trim() ? { price: yuanText(parseYuan(draft.price) ?? 0) } : {}),
  ...(draft.min_days.trim() ? { min_days: Number(draft.min_days) } : {}),
  closed_to_arrival: draft.closed_to_arrival,
  closed_to_departure: draft.closed_to_departure,
});

/** The same day some years on or back; 29 February becomes the 28th where there is none. */
function yearsFrom(day: Day, years: number): Day {
  const there = `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;
  const exists: boolean = isDay(there);
  return exists ? there : `${there.slice(0, 8)}28`;
}

/** The days that a season may lie between. */
export const earliestSeason = (now: Day = today()): Day => yearsFrom(now, -MOST_YEARS);
export const latestSeason = (now: Day = today()): Day => addDays(yearsFrom(now, MOST_YEARS), -1);

/** Whether the season's nights are all past: it says nothing any more. */
export const isPast = (season: Pick<Season, 'to'>, now: Day = today()): boolean => season.to <= now;

/** What is wrong with a field, in words; empty when nothing is. `others`: the house's other seasons. */
export function objectionTo(
  draft: SeasonDraft,
  field: SeasonField,
  others: readonly SeasonDraft[],
  now: Day = today(),
): string {
  switch (field) {
    case 'from':
      return firstNight(draft, others, now);
    case 'last':
      return lastNight(draft, now);
    case 'price': {
      const fen = parseYuan(draft.price);
      if (draft.price.trim()) return fen !== null && fen >= 1 && fen <= HIGHEST ? '' : h('publish.bad.price');
      return draft.min_days.trim() || draft.closed_to_arrival || draft.closed_to_departure
        ? ''
        : h('seasons.bad.nothing');
    }
    case 'min_days':
      return !draft.min_days.trim() || wholeNumber(draft.min_days, 1, LONGEST_STAY) !== null
        ? ''
        : t('publish.bad.number', { min: 1, max: LONGEST_STAY });
    default:
      return '';
  }
}

function firstNight(draft: SeasonDraft, others: readonly SeasonDraft[], now: Day): string {
  if (!isDay(draft.from)) return h('seasons.bad.date');
  if (draft.from < earliestSeason(now)) return h('seasons.bad.early');
  const other = others.find((each) => draft.from <= each.last && each.from <= draft.last);
  return other ? h('seasons.bad.overlap', { range: nightsInWords(other.from, other.last, now) }) : '';
}

function lastNight({ from, last }: SeasonDraft, now: Day): string {
  if (!isDay(last)) return h('seasons.bad.date');
  if (isDay(from) && last < from) return h('seasons.bad.order');
  if (last > latestSeason(now)) return h('seasons.bad.late');
  return isDay(from) && daysBetween(from, last) >= LONGEST_SEASON ? h('seasons.bad.long', { n: LONGEST_SEASON }) : '';
}

/** The season, by its place in what was sent, and the field that the server refused; undefined for any other failure. */
export function refusedSeason(failure: unknown): { index: number; field: SeasonField } | undefined {
  if (!(failure instanceof ApiError) || failure.errno !== '4103') return undefined;
  const [, index, name = 'from'] = /^seasons\[(\d+)\](?:\.(\w+))?$/.exec(failure.field ?? '') ?? [];
  if (index === undefined) return undefined;
  const field = name === 'to' ? 'last' : (SEASON_FIELDS.find((each) => each === name) ?? 'from');
  return { index: Number(index), field };
}

/** From the first night to the last, with the year where it is another than this one. */
export function nightsInWords(from: Day, last: Day, now: Day = today()): string {
  const near = [from, last].every((day) => day.slice(0, 4) === now.slice(0, 4));
  const show = (day: Day) => (near ? showDay(day, locale.value) : showFullDate(day, locale.value));
  return from === last ? show(from) : `${show(from)} – ${show(last)}`;
}

/** What a season says, without its dates. */
export function seasonInWords(season: Omit<Season, 'from' | 'to'>): string[] {
  return [
    ...(season.price === null ? [] : [h('seasons.nightly', { price: showMoney(season.price) })]),
    ...(season.min_days === null ? [] : [h('seasons.least', { n: season.min_days })]),
    ...(season.closed_to_arrival ? [t('calendar.noArrival')] : []),
    ...(season.closed_to_departure ? [t('calendar.noDeparture')] : []),
  ];
}

/** The season that a night lies in. */
export const seasonOn = (seasons: readonly Season[], night: Day): Season | undefined =>
  seasons.find((each) => each.from <= night && night < each.to);

/** Whether two lists say the same. */
export const sameSeasons = (one: readonly Season[], other: readonly Season[]): boolean =>
  one.length === other.length &&
  one.every((season, at) => (Object.keys(season) as (keyof Season)[]).every((key) => season[key] === other[at]?.[key]));
