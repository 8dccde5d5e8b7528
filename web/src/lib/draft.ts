/** A house on its way to being published, kept on this device as one writes. */
import { reactive, watch } from 'vue';
import { type Key, t } from '@/i18n';
import type { NewHouse } from './api';
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
  title: string;
}

export type DraftField = keyof Draft;

export const STEPS: readonly (readonly DraftField[])[] = [
  ['area_id', 'address'],
  ['room_count', 'capacity', 'acreage', 'unit', 'beds'],
  ['facility'],
  ['price', 'deposit', 'min_days', 'max_days'],
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
      return draft.area_id > 0 ? '' : t('publish.bad.area');
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
      return fen !== null && fen >= 1 && fen <= HIGHEST ? '' : t('publish.bad.price');
    }
    case 'deposit': {
      const fen = parseYuan(draft.deposit);
      return fen !== null && fen <= HIGHEST ? '' : t('publish.bad.deposit');
    }
    case 'max_days':
      return draft.max_days === 0 || draft.max_days >= draft.min_days ? '' : t('publish.bad.maxDays');
    default:
      return '';
  }
}

export function toNewHouse(draft: Draft): NewHouse {
  return {
    ...draft,
    address: draft.address.trim(),
    title: draft.title.trim(),
    unit: draft.unit.trim(),
    beds: draft.beds.trim(),
    acreage: Number(draft.acreage),
    price: yuanText(parseYuan(draft.price) ?? 0),
    deposit: yuanText(parseYuan(draft.deposit) ?? 0),
  };
}
