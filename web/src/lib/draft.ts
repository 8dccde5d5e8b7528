/** The form of a house that is published or edited: its fields, their bounds, and what is sent of them. */
import { t } from '@/i18n';
import { h } from '@/i18n/host';
import type { HouseEdit, NewHouse, OwnHouse } from './api';
import { wholeNumber } from './check';
import { fieldOf } from './failure';
import type { Prices } from './house-prices';
import { type Fen, parseYuan, yuanText } from './money';

export interface Draft {
  area_id: number;
  address: string;
  room_count: number;
  capacity: number;
  acreage: string;
  unit: string;
  beds: string;
  facility: number[];
  price: string;
  /** Yuan a night of Friday or Saturday; empty: as any other night. */
  weekend_price: string;
  /** Yuan a stay; empty: none. */
  cleaning_fee: string;
  deposit: string;
  /** So many are in the price; 0: as many as find room. */
  base_guests: number;
  /** Yuan a night for each guest more; empty: none. */
  extra_guest_fee: string;
  /** Days before the arrival, and whole per cent off the nights; both or none. */
  early_bird_days: string;
  early_bird_percent: string;
  last_minute_days: string;
  last_minute_percent: string;
  /** Whole per cent off the nights; empty: none. */
  weekly_discount: string;
  monthly_discount: string;
  /** `HH:MM` in the site's zone. */
  check_in_from: string;
  /** Empty: guests may arrive at any hour. */
  check_in_until: string;
  check_out_by: string;
  rules: string;
  min_days: number;
  max_days: number;
  cancellation_policy: Policy;
  instant_booking: boolean;
  /** Latitude and longitude with a comma between, or nothing. */
  position: string;
  title: string;
  description: string;
  /** Building, unit, number: private, as is the guide. */
  door: string;
  arrival_guide: string;
}

export const POLICIES = ['flexible', 'moderate', 'strict'] as const;
export type Policy = (typeof POLICIES)[number];

export type DraftField = keyof Draft;

/** In which step of publishing each field is asked for. */
export const STEPS: readonly (readonly DraftField[])[] = [
  ['area_id', 'address', 'position', 'door', 'arrival_guide'],
  ['room_count', 'capacity', 'acreage', 'unit', 'beds', 'facility'],
  [
    'price',
    'weekend_price',
    'cleaning_fee',
    'deposit',
    'base_guests',
    'extra_guest_fee',
    'weekly_discount',
    'monthly_discount',
    'early_bird_days',
    'early_bird_percent',
    'last_minute_days',
    'last_minute_percent',
  ],
  [
    'check_in_from',
    'check_in_until',
    'check_out_by',
    'min_days',
    'max_days',
    'rules',
    'cancellation_policy',
    'instant_booking',
  ],
  ['title', 'description'],
];

/** How long texts may be, in characters (code points): the contract's bounds. */
export const LONGEST = {
  title: 128,
  address: 255,
  unit: 64,
  beds: 128,
  description: 5000,
  rules: 2000,
  door: 200,
  arrival_guide: 5000,
} as const;
type TextField = keyof typeof LONGEST;

export const empty = (): Draft => ({
  area_id: 0,
  address: '',
  room_count: 1,
  capacity: 2,
  acreage: '',
  unit: '',
  beds: '',
  facility: [],
  price: '',
  weekend_price: '',
  cleaning_fee: '',
  deposit: '0',
  base_guests: 0,
  extra_guest_fee: '',
  early_bird_days: '',
  early_bird_percent: '',
  last_minute_days: '',
  last_minute_percent: '',
  weekly_discount: '',
  monthly_discount: '',
  check_in_from: '15:00',
  check_in_until: '',
  check_out_by: '11:00',
  rules: '',
  min_days: 1,
  max_days: 0,
  cancellation_policy: 'flexible',
  instant_booking: false,
  position: '',
  title: '',
  description: '',
  door: '',
  arrival_guide: '',
});

const HIGHEST = 100_000_000;
const MOST_PERCENT = 90;
const MOST_DAYS = 730;

const lengthOf = (text: string): number => [...text.trim()].length;

/** A text that has to be there, within its bound. */
function text(draft: Draft, field: TextField): string {
  return lengthOf(draft[field]) ? tooLong(draft, field) : t('form.required');
}

function tooLong(draft: Draft, field: TextField): string {
  const over = lengthOf(draft[field]) - LONGEST[field];
  return over > 0 ? h('publish.bad.tooLong', { n: over }) : '';
}

type LeadTimeField = 'early_bird_days' | 'early_bird_percent' | 'last_minute_days' | 'last_minute_percent';

/** Where the form asks for what the wire has under another name. */
const ELSEWHERE = {
  latitude: 'position',
  longitude: 'position',
  early_bird: 'early_bird_days',
  'early_bird.days': 'early_bird_days',
  'early_bird.percent': 'early_bird_percent',
  last_minute: 'last_minute_days',
  'last_minute.days': 'last_minute_days',
  'last_minute.percent': 'last_minute_percent',
} as const satisfies Record<string, DraftField>;

const isPrice = (fen: Fen | null) => fen !== null && fen >= 1 && fen <= HIGHEST;

/** What is wrong with a field, in words; empty when nothing is. The bounds are the contract's. */
export function objectionTo(draft: Draft, field: DraftField): string {
  switch (field) {
    case 'area_id':
      return draft.area_id > 0 ? '' : h('publish.bad.area');
    case 'address':
    case 'unit':
    case 'beds':
    case 'title':
      return text(draft, field);
    case 'description':
    case 'rules':
    case 'door':
    case 'arrival_guide':
      return tooLong(draft, field);
    case 'acreage':
      return wholeNumber(draft.acreage, 0, 100_000) === null ? t('publish.bad.number', { min: 0, max: 100_000 }) : '';
    case 'price':
      return isPrice(parseYuan(draft.price)) ? '' : h('publish.bad.price');
    case 'weekend_price':
      return !draft.weekend_price.trim() || isPrice(parseYuan(draft.weekend_price)) ? '' : h('publish.bad.price');
    case 'deposit':
    case 'extra_guest_fee':
    case 'cleaning_fee': {
      const fen = parseYuan(draft[field]);
      const missing = field !== 'deposit' && !draft[field].trim();
      return missing || (fen !== null && fen <= HIGHEST) ? '' : h('publish.bad.deposit');
    }
    case 'weekly_discount':
    case 'monthly_discount':
      return !draft[field].trim() || wholeNumber(draft[field], 0, MOST_PERCENT) !== null
        ? ''
        : t('publish.bad.number', { min: 0, max: MOST_PERCENT });
    case 'early_bird_days':
    case 'last_minute_days':
      return leadTime(
        draft,
        field,
        field === 'early_bird_days' ? 'early_bird_percent' : 'last_minute_percent',
        MOST_DAYS,
      );
    case 'early_bird_percent':
    case 'last_minute_percent':
      return leadTime(
        draft,
        field,
        field === 'early_bird_percent' ? 'early_bird_days' : 'last_minute_days',
        MOST_PERCENT,
      );
    case 'base_guests':
      return draft.base_guests <= draft.capacity ? '' : h('publish.bad.baseGuests');
    case 'check_in_until':
      return !draft.check_in_until || draft.check_in_until > draft.check_in_from ? '' : h('publish.bad.checkInUntil');
    case 'position':
      return !draft.position.trim() || parsePosition(draft.position) ? '' : h('publish.bad.position');
    case 'max_days':
      return draft.max_days === 0 || draft.max_days >= draft.min_days ? '' : h('publish.bad.maxDays');
    default:
      return '';
  }
}

/** A half of a discount by the time of booking: a number within its bound, and not missing where the other is there. */
function leadTime(draft: Draft, field: LeadTimeField, other: LeadTimeField, most: number): string {
  if (!draft[field].trim()) return draft[other].trim() ? h('publish.bad.both') : '';
  return wholeNumber(draft[field], 0, most) === null ? t('publish.bad.number', { min: 0, max: most }) : '';
}

/** The field of the form that the server refused: it names both halves of a position. */
export function refusedField(failure: unknown): DraftField | undefined {
  const field = fieldOf(failure, [...STEPS.flat(), ...(Object.keys(ELSEWHERE) as (keyof typeof ELSEWHERE)[])]);
  return field && field in ELSEWHERE ? ELSEWHERE[field as keyof typeof ELSEWHERE] : (field as DraftField | undefined);
}

/** Reads `39.94, 116.39`, as maps copy it; null for what is no place on earth. */
export function parsePosition(text: string): { latitude: string; longitude: string } | null {
  const match = /^\s*(-?\d{1,2}(?:\.\d{1,8})?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d{1,8})?)\s*$/.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const [latitude, longitude] = [match[1], match[2]];
  return Math.abs(Number(latitude)) <= 90 && Math.abs(Number(longitude)) <= 180 ? { latitude, longitude } : null;
}

/** What publishing sends: what is empty is left out, and nothing of these has to be there. */
export function toNewHouse(draft: Draft): NewHouse {
  const {
    position,
    base_guests,
    extra_guest_fee,
    early_bird_days,
    early_bird_percent,
    last_minute_days,
    last_minute_percent,
    weekend_price,
    cleaning_fee,
    weekly_discount,
    monthly_discount,
    check_in_until,
    rules,
    description,
    door,
    arrival_guide,
    ...rest
  } = draft;
  const optional = {
    weekend_price: yuanOr(weekend_price),
    cleaning_fee: yuanOr(cleaning_fee),
    base_guests: base_guests || undefined,
    extra_guest_fee: yuanOr(extra_guest_fee),
    weekly_discount: percentOr(weekly_discount),
    monthly_discount: percentOr(monthly_discount),
    early_bird: leadTimeOr(early_bird_days, early_bird_percent),
    last_minute: leadTimeOr(last_minute_days, last_minute_percent),
    check_in_until: check_in_until || undefined,
    rules: rules.trim() || undefined,
    description: description.trim() || undefined,
    door: door.trim() || undefined,
    arrival_guide: arrival_guide.trim() || undefined,
  };
  return {
    ...rest,
    ...parsePosition(position),
    ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as Partial<NewHouse>),
    address: draft.address.trim(),
    title: draft.title.trim(),
    unit: draft.unit.trim(),
    beds: draft.beds.trim(),
    acreage: Number(draft.acreage),
    price: yuanText(parseYuan(draft.price) ?? 0),
    deposit: yuanText(parseYuan(draft.deposit) ?? 0),
  };
}

const yuanOr = (text: string): string | undefined => (text.trim() ? yuanText(parseYuan(text) ?? 0) : undefined);
const leadTimeOr = (days: string, percent: string) =>
  days.trim() && percent.trim() ? { days: Number(days), percent: Number(percent) } : undefined;
const percentOr = (text: string): number | undefined => (text.trim() ? Number(text) : undefined);

/** A house that is published, as its host edits it. */
export function fromHouse(house: OwnHouse): Draft {
  const { latitude, longitude } = house;
  return {
    area_id: house.area_id,
    address: house.address,
    room_count: house.room_count,
    capacity: house.capacity,
    acreage: String(house.acreage),
    unit: house.unit,
    beds: house.beds,
    facility: [...house.facilities].sort((one, other) => one - other),
    price: yuanText(house.price),
    weekend_price: house.weekend_price === null ? '' : yuanText(house.weekend_price),
    cleaning_fee: house.cleaning_fee ? yuanText(house.cleaning_fee) : '',
    deposit: yuanText(house.deposit),
    base_guests: house.base_guests ?? 0,
    extra_guest_fee: house.extra_guest_fee ? yuanText(house.extra_guest_fee) : '',
    ...leadTimeText('early_bird', house.early_bird),
    ...leadTimeText('last_minute', house.last_minute),
    weekly_discount: house.weekly_discount ? String(house.weekly_discount) : '',
    monthly_discount: house.monthly_discount ? String(house.monthly_discount) : '',
    check_in_from: house.check_in_from,
    check_in_until: house.check_in_until ?? '',
    check_out_by: house.check_out_by,
    rules: house.rules,
    min_days: house.min_days,
    max_days: house.max_days,
    cancellation_policy: house.cancellation_policy,
    instant_booking: house.instant_booking,
    position: latitude === null || longitude === null ? '' : `${latitude}, ${longitude}`,
    title: house.title,
    description: house.description,
    door: house.door,
    arrival_guide: house.arrival_guide,
  };
}

function leadTimeText<N extends 'early_bird' | 'last_minute'>(
  name: N,
  discount: { days: number; percent: number } | null,
): Record<`${N}_days` | `${N}_percent`, string> {
  return {
    [`${name}_days`]: discount ? String(discount.days) : '',
    [`${name}_percent`]: discount ? String(discount.percent) : '',
  } as Record<`${N}_days` | `${N}_percent`, string>;
}

/** The fields in which two drafts differ. */
export function changedFields(before: Draft, now: Draft): DraftField[] {
  const text = (value: Draft[DraftField]) =>
    Array.isArray(value) ? [...value].sort((one, other) => one - other).join() : String(value).trim();
  return (Object.keys(before) as DraftField[]).filter((field) => text(before[field]) !== text(now[field]));
}

/** What an edit sends: only what changed, so that what another device changed meanwhile stays. */
export function toHouseEdit(before: Draft, now: Draft): HouseEdit {
  const whole = toNewHouse(now) as Record<string, unknown>;
  const changed = changedFields(before, now);
  const edit = Object.fromEntries(
    changed
      .filter((field) => field !== 'position')
      .map(wireName)
      .map((field) => [field, whole[field] ?? null]),
  );
  const place = changed.includes('position')
    ? (parsePosition(now.position) ?? { latitude: null, longitude: null })
    : {};
  // What is judged together is sent together.
  const days =
    changed.includes('min_days') || changed.includes('max_days')
      ? { min_days: now.min_days, max_days: now.max_days }
      : {};
  const times = changed.some((field) => field === 'check_in_from' || field === 'check_in_until')
    ? { check_in_from: now.check_in_from, check_in_until: now.check_in_until || null }
    : {};
  return { ...edit, ...days, ...times, ...place };
}

/** The wire has both halves of a discount by the time of booking in one. */
const wireName = (field: DraftField): string =>
  /^(early_bird|last_minute)_/.test(field) ? field.replace(/_(days|percent)$/, '') : field;

/** What guests will be shown of the prices, as far as the form says them; null while the price is none yet. */
export function pricesOf(draft: Draft): Prices | null {
  const price = parseYuan(draft.price);
  if (!isPrice(price) || price === null) return null;
  const percent = (text: string) => wholeNumber(text, 0, MOST_PERCENT) ?? 0;
  const weekend = parseYuan(draft.weekend_price);
  return {
    price,
    weekend_price: isPrice(weekend) ? weekend : null,
    cleaning_fee: parseYuan(draft.cleaning_fee) ?? 0,
    weekly_discount: percent(draft.weekly_discount),
    monthly_discount: percent(draft.monthly_discount),
    base_guests: draft.base_guests || null,
    extra_guest_fee: parseYuan(draft.extra_guest_fee) ?? 0,
    early_bird: shownLeadTime(draft.early_bird_days, draft.early_bird_percent),
    last_minute: shownLeadTime(draft.last_minute_days, draft.last_minute_percent),
    deposit: parseYuan(draft.deposit) ?? 0,
  };
}

function shownLeadTime(days: string, percent: string): { days: number; percent: number } | null {
  const [ahead, off] = [wholeNumber(days, 0, MOST_DAYS), wholeNumber(percent, 0, MOST_PERCENT)];
  return ahead === null || off === null ? null : { days: ahead, percent: off };
}
