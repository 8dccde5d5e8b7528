/** A house on its way to being published, kept on this device as one writes. */
import { reactive, watch } from 'vue';
import { type Key, t } from '@/i18n';
import { h } from '@/i18n/host';
import type { HouseEdit, NewHouse, OwnHouse } from './api';
import { wholeNumber } from './check';
import { keep, kept } from './keep';
import { parseYuan, yuanText } from './money';

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
  deposit: string;
  min_days: number;
  max_days: number;
  cancellation_policy: Policy;
  instant_booking: boolean;
  /** Latitude and longitude with a comma between, or nothing. */
  position: string;
  title: string;
}

export const POLICIES = ['flexible', 'moderate', 'strict'] as const;
export type Policy = (typeof POLICIES)[number];

export type DraftField = keyof Draft;

export const STEPS: readonly (readonly DraftField[])[] = [
  ['area_id', 'address', 'position'],
  ['room_count', 'capacity', 'acreage', 'unit', 'beds'],
  ['facility'],
  ['price', 'deposit', 'min_days', 'max_days', 'cancellation_policy', 'instant_booking'],
  ['title'],
];

const empty = (): Draft => ({
  area_id: 0,
  address: '',
  room_count: 1,
  capacity: 2,
  acreage: '',
  unit: '',
  beds: '',
  facility: [],
  price: '',
  deposit: '0',
  min_days: 1,
  max_days: 0,
  cancellation_policy: 'flexible',
  instant_booking: false,
  position: '',
  title: '',
});

const HIGHEST = 100_000_000;

export const hasDraft = (): boolean => kept<Draft>('draft') !== null;

export function useDraft() {
  const draft = reactive<Draft>({ ...empty(), ...(kept<Partial<Draft>>('draft') ?? {}) });
  watch(draft, () => keep('draft', draft), { deep: true });
  return { draft, forget: () => keep('draft', null) };
}

const length = (text: string, most: number): Key | '' => {
  const count = [...text.trim()].length;
  return count >= 1 && count <= most ? '' : 'form.required';
};

/** What is wrong with a field, in words; empty when nothing is. The bounds are the contract's. */
export function objectionTo(draft: Draft, field: DraftField): string {
  const say = (key: Key | '') => (key ? t(key) : '');
  switch (field) {
    case 'area_id':
      return draft.area_id > 0 ? '' : h('publish.bad.area');
    case 'address':
      return say(length(draft.address, 255));
    case 'unit':
      return say(length(draft.unit, 64));
    case 'beds':
      return say(length(draft.beds, 128));
    case 'title':
      return say(length(draft.title, 128));
    case 'acreage':
      return wholeNumber(draft.acreage, 0, 100_000) === null ? t('publish.bad.number', { min: 0, max: 100_000 }) : '';
    case 'price': {
      const fen = parseYuan(draft.price);
      return fen !== null && fen >= 1 && fen <= HIGHEST ? '' : h('publish.bad.price');
    }
    case 'deposit': {
      const fen = parseYuan(draft.deposit);
      return fen !== null && fen <= HIGHEST ? '' : h('publish.bad.deposit');
    }
    case 'position':
      return !draft.position.trim() || parsePosition(draft.position) ? '' : h('publish.bad.position');
    case 'max_days':
      return draft.max_days === 0 || draft.max_days >= draft.min_days ? '' : h('publish.bad.maxDays');
    default:
      return '';
  }
}

/** Reads `39.94, 116.39`, as maps copy it; null for what is no place on earth. */
export function parsePosition(text: string): { latitude: string; longitude: string } | null {
  const match = /^\s*(-?\d{1,2}(?:\.\d{1,8})?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d{1,8})?)\s*$/.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const [latitude, longitude] = [match[1], match[2]];
  return Math.abs(Number(latitude)) <= 90 && Math.abs(Number(longitude)) <= 180 ? { latitude, longitude } : null;
}

export function toNewHouse(draft: Draft): NewHouse {
  const { position, ...rest } = draft;
  return {
    ...rest,
    ...parsePosition(position),
    address: draft.address.trim(),
    title: draft.title.trim(),
    unit: draft.unit.trim(),
    beds: draft.beds.trim(),
    acreage: Number(draft.acreage),
    price: yuanText(parseYuan(draft.price) ?? 0),
    deposit: yuanText(parseYuan(draft.deposit) ?? 0),
  };
}

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
    deposit: yuanText(house.deposit),
    min_days: house.min_days,
    max_days: house.max_days,
    cancellation_policy: house.cancellation_policy,
    instant_booking: house.instant_booking,
    position: latitude === null || longitude === null ? '' : `${latitude}, ${longitude}`,
    title: house.title,
  };
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
  const edit = Object.fromEntries(changed.filter((field) => field !== 'position').map((field) => [field, whole[field]]));
  const place = changed.includes('position') ? (parsePosition(now.position) ?? { latitude: null, longitude: null }) : {};
  // The longest stay is judged together with the shortest.
  const days = changed.includes('min_days') || changed.includes('max_days') ? { min_days: now.min_days, max_days: now.max_days } : {};
  return { ...edit, ...days, ...place };
}
