import { afterEach, describe, expect, test, vi } from 'vitest';
import { ApiError, type ListedOrder, type OwnHouse, type User } from '@/lib/api';
import {
  changedFields,
  type Draft,
  fromHouse,
  LONGEST,
  objectionTo,
  parsePosition,
  pricesOf,
  refusedField,
  STEPS,
  toHouseEdit,
  toNewHouse,
} from '@/lib/draft';
import { countOf, nightsOf, scaleTop } from '@/lib/host-home';
import { groupsOf, hostSentence } from '@/lib/host-orders';
import { forgetDrafts } from '@/lib/keep';
import { me } from '@/lib/session';
import { moved } from '@/lib/photos';
import { keepUnsaved, restored } from '@/lib/unsaved';

const house: OwnHouse = {
  house_id: 7,
  title: '鼓楼旁的西厢房',
  price: 38_850,
  address: '小石桥胡同24号',
  area_id: 1,
  room_count: 1,
  acreage: 60,
  unit: '西厢房',
  capacity: 2,
  beds: '双人床 1 张',
  deposit: 20_000,
  min_days: 2,
  max_days: 0,
  facilities: [3, 1],
  instant_booking: false,
  cancellation_policy: 'flexible',
  latitude: 39.94172,
  longitude: 116.39216,
  cleaning_fee: 0,
  weekend_price: null,
  base_guests: null,
  extra_guest_fee: 0,
  weekly_discount: 0,
  monthly_discount: 0,
  early_bird: null,
  last_minute: null,
  description: '',
  rules: '',
  check_in_from: '15:00',
  check_in_until: null,
  check_out_by: '11:00',
  door: '',
  arrival_guide: '',
  published: true,
  images: [],
  seasons: [],
  order_count: 0,
  ctime: '2026-11-01',
};

describe('a house that is edited', () => {
  test('sends only what changed', () => {
    const before = fromHouse(house);
    expect(toHouseEdit(before, fromHouse(house))).toEqual({});
    const now = { ...fromHouse(house), price: '399', facility: [3, 1, 2], title: ' 鼓楼旁的西厢房 ' };
    expect(changedFields(before, now)).toEqual(['facility', 'price']);
    expect(toHouseEdit(before, now)).toEqual({ price: '399', facility: [3, 1, 2] });
    expect(toHouseEdit(before, { ...fromHouse(house), facility: [3, 1] })).toEqual({});
  });

  test('tells both ends of the stay, and both coordinates or that there are none', () => {
    const before = fromHouse(house);
    expect(toHouseEdit(before, { ...before, max_days: 9 })).toEqual({ min_days: 2, max_days: 9 });
    expect(toHouseEdit(before, { ...before, position: '40, 116.5' })).toEqual({ latitude: '40', longitude: '116.5' });
    expect(toHouseEdit(before, { ...before, position: ' ' })).toEqual({ latitude: null, longitude: null });
  });

  test('a position is two numbers on earth', () => {
    expect(parsePosition('39.94172, 116.39216')).toEqual({ latitude: '39.94172', longitude: '116.39216' });
    expect(parsePosition('39.9，116.3')).toEqual({ latitude: '39.9', longitude: '116.3' });
    expect(parsePosition('-33.8 151.2')).toEqual({ latitude: '-33.8', longitude: '151.2' });
    for (const bad of ['', '39.9', '91, 0', '0, 181', 'a, b', '1,2,3']) expect(parsePosition(bad)).toBeNull();
    const draft = { ...fromHouse(house), position: 'by the tower' };
    expect(objectionTo(draft, 'position')).not.toBe('');
    expect(objectionTo({ ...draft, position: '' }, 'position')).toBe('');
    expect(toNewHouse({ ...draft, position: '' })).not.toHaveProperty('latitude');
  });
});

/** Says all that a house can say. */
const telling: OwnHouse = {
  ...house,
  weekend_price: 48_850,
  cleaning_fee: 8_000,
  weekly_discount: 10,
  monthly_discount: 25,
  base_guests: 1,
  extra_guest_fee: 5_000,
  early_bird: { days: 60, percent: 8 },
  last_minute: { days: 0, percent: 12 },
  check_in_until: '22:15',
  rules: '不要吸烟',
  description: '两进小院。\n正房朝南。',
  door: '3 号楼 501',
  arrival_guide: '门锁 1234#',
};

describe('a house that says more', () => {
  test('sends nothing that was left empty, and nothing new is required', () => {
    const sent = toNewHouse(fromHouse(house));
    for (const field of [
      'weekend_price',
      'cleaning_fee',
      'weekly_discount',
      'monthly_discount',
      'base_guests',
      'extra_guest_fee',
      'early_bird',
      'last_minute',
      'early_bird_days',
      'last_minute_percent',
      'check_in_until',
      'rules',
      'description',
      'door',
      'arrival_guide',
    ])
      expect(sent, field).not.toHaveProperty(field);
    expect(sent).toMatchObject({ check_in_from: '15:00', check_out_by: '11:00' });
    for (const field of STEPS.flat()) expect(objectionTo(fromHouse(house), field), field).toBe('');
  });

  test('sends what it says, money in yuan and per cent as whole numbers', () => {
    expect(toNewHouse(fromHouse(telling))).toMatchObject({
      weekend_price: '488.50',
      cleaning_fee: '80',
      weekly_discount: 10,
      monthly_discount: 25,
      base_guests: 1,
      extra_guest_fee: '50',
      early_bird: { days: 60, percent: 8 },
      last_minute: { days: 0, percent: 12 },
      check_in_until: '22:15',
      rules: '不要吸烟',
      description: '两进小院。\n正房朝南。',
      door: '3 号楼 501',
      arrival_guide: '门锁 1234#',
    });
  });

  test('an edit that empties a field sets it back to what a house has that says nothing', () => {
    const before = fromHouse(telling);
    const emptied: Draft = {
      ...before,
      weekend_price: '',
      cleaning_fee: ' ',
      weekly_discount: '',
      rules: '',
      door: '',
    };
    expect(toHouseEdit(before, emptied)).toEqual({
      weekend_price: null,
      cleaning_fee: null,
      weekly_discount: null,
      rules: null,
      door: null,
    });
    expect(
      toHouseEdit(before, {
        ...before,
        base_guests: 0,
        extra_guest_fee: '',
        early_bird_days: '',
        early_bird_percent: '',
      }),
    ).toEqual({ base_guests: null, extra_guest_fee: null, early_bird: null });
    // Both halves go together, though one is changed.
    expect(toHouseEdit(before, { ...before, last_minute_days: '2' })).toEqual({
      last_minute: { days: 2, percent: 12 },
    });
    expect(toHouseEdit(before, { ...before, check_in_until: '' })).toEqual({
      check_in_from: '15:00',
      check_in_until: null,
    });
    expect(toHouseEdit(before, { ...before, check_in_from: '16:00' })).toEqual({
      check_in_from: '16:00',
      check_in_until: '22:15',
    });
    expect(toHouseEdit(before, { ...before, check_out_by: '12:00' })).toEqual({ check_out_by: '12:00' });
  });

  test('every bound is told before the server has to', () => {
    const draft = fromHouse(telling);
    const objects = (fields: Partial<Draft>) =>
      (Object.keys(fields) as (keyof Draft)[]).map((field) => objectionTo({ ...draft, ...fields }, field) !== '');
    expect(
      objects({ weekend_price: '0', cleaning_fee: '1000000.01', weekly_discount: '91', monthly_discount: '5.5' }),
    ).toEqual([true, true, true, true]);
    expect(objects({ weekend_price: '0.01', cleaning_fee: '0', weekly_discount: '0', monthly_discount: '90' })).toEqual(
      [false, false, false, false],
    );
    expect(
      objects({ base_guests: 3, extra_guest_fee: '-1', early_bird_days: '731', early_bird_percent: '91' }),
    ).toEqual([true, true, true, true]);
    expect(objects({ base_guests: 2, extra_guest_fee: '', early_bird_days: '730', early_bird_percent: '90' })).toEqual([
      false,
      false,
      false,
      false,
    ]);
    // Half a discount is none.
    expect(objectionTo({ ...draft, early_bird_days: '' }, 'early_bird_days')).not.toBe('');
    expect(objectionTo({ ...draft, last_minute_percent: '' }, 'last_minute_percent')).not.toBe('');
    expect(objectionTo({ ...draft, check_in_from: '20:00', check_in_until: '20:00' }, 'check_in_until')).not.toBe('');
    expect(objectionTo({ ...draft, check_in_from: '20:00', check_in_until: '20:30' }, 'check_in_until')).toBe('');
    for (const field of ['description', 'rules', 'door', 'arrival_guide', 'title'] as const) {
      // Counted in characters as the server does, not in UTF-16 units, and without blanks around.
      expect(objectionTo({ ...draft, [field]: ` ${'𠮷'.repeat(LONGEST[field])} ` }, field), field).toBe('');
      expect(objectionTo({ ...draft, [field]: '院'.repeat(LONGEST[field] + 3) }, field), field).toBe(
        '太长了，请删去 3 个字',
      );
    }
  });

  test('the server’s refusal is told at its field', () => {
    const refusal = (field: string) => refusedField(new ApiError('4103', '', undefined, field));
    for (const field of ['door', 'check_in_until', 'weekly_discount'] as const) expect(refusal(field)).toBe(field);
    expect(refusal('latitude')).toBe('position');
    expect(refusal('longitude')).toBe('position');
    expect(refusal('early_bird.days')).toBe('early_bird_days');
    expect(refusal('last_minute.percent')).toBe('last_minute_percent');
    expect(refusal('last_minute')).toBe('last_minute_days');
    expect(refusal('seasons')).toBeUndefined();
  });

  test('what guests are shown of the prices is what the form says by now', () => {
    expect(pricesOf(fromHouse(telling))).toEqual({
      price: 38_850,
      weekend_price: 48_850,
      cleaning_fee: 8_000,
      weekly_discount: 10,
      monthly_discount: 25,
      base_guests: 1,
      extra_guest_fee: 5_000,
      early_bird: { days: 60, percent: 8 },
      last_minute: { days: 0, percent: 12 },
      deposit: 20_000,
    });
    expect(pricesOf({ ...fromHouse(telling), price: '' })).toBeNull();
    expect(pricesOf({ ...fromHouse(telling), weekend_price: 'lots', weekly_discount: '99' })).toMatchObject({
      weekend_price: null,
      weekly_discount: 0,
    });
  });
});

describe('what is not saved yet', () => {
  const store = (kept: Map<string, string>) => ({
    get length() {
      return kept.size;
    },
    key: (at: number) => [...kept.keys()][at] ?? null,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  });
  const [device, tab] = [new Map<string, string>(), new Map<string, string>()];
  const as = (id: number | null) => (me.value = id === null ? null : ({ user_id: id } as User));
  afterEach(() => {
    vi.unstubAllGlobals();
    as(null);
    device.clear();
    tab.clear();
  });

  function begin(): void {
    vi.stubGlobal('localStorage', store(device));
    vi.stubGlobal('sessionStorage', store(tab));
    as(7);
    keepUnsaved('draft', fromHouse(telling));
  }

  test('is kept; how to get in only in the tab, and for nobody else', () => {
    begin();
    expect([...device.values()].join()).toContain('两进小院');
    expect([...device.values()].join()).not.toMatch(/501|1234#/);
    expect(restored('draft')).toEqual(fromHouse(telling));
    as(8);
    expect(restored('draft')).not.toHaveProperty('door');
    expect(restored('draft')).not.toHaveProperty('arrival_guide');
    as(null);
    expect(restored('draft')).not.toHaveProperty('door');
  });

  test('is forgotten with the log-out and when it is saved', () => {
    begin();
    keepUnsaved('edit.7', { door: '' });
    expect(restored('edit.7')).toEqual({ door: '' });
    keepUnsaved('edit.7', null);
    expect(restored('edit.7')).toEqual({});
    device.set('ihome.search', '{}');
    forgetDrafts();
    expect(restored('draft')).toEqual({});
    expect([...device.keys(), ...tab.keys()]).toEqual(['ihome.search']);
  });
});

describe('orders of a host', () => {
  const order = (id: number, values: Partial<ListedOrder>): ListedOrder => ({
    order_id: id,
    house_id: 7,
    title: '',
    address: '',
    img_url: '',
    guest_name: '阿明',
    review_until: null,
    guest_rating: null,
    guest_rating_count: 0,
    open_change: null,
    guests: { adults: 1, children: 0, infants: 0 },
    start_date: '2026-12-05',
    end_date: '2026-12-08',
    ctime: '2026-11-20 10:00:00',
    days: 3,
    amount: 116_400,
    status: 'PAID',
    expire_time: null,
    payment: 'ONLINE',
    comment: '',
    stars: null,
    reply: '',
    total: 116_400,
    ended: null,
    refunds: [],
    ...values,
  });
  const ids = (orders: ListedOrder[]) => orders.map((each) => each.order_id);

  test('what waits comes first, by arrival and then by the least time; then what comes next', () => {
    const groups = groupsOf(
      [
        order(1, { status: 'WAIT_ACCEPT', expire_time: '2026-11-27 10:00:00' }),
        order(2, { status: 'WAIT_ACCEPT', expire_time: '2026-11-26 22:00:00' }),
        order(9, { status: 'WAIT_ACCEPT', start_date: '2026-12-04', expire_time: '2026-11-27 12:00:00' }),
        order(3, {}),
        order(4, { status: 'WAIT_PAYMENT', start_date: '2026-12-01', end_date: '2026-12-02' }),
        order(5, { status: 'COMPLETE', comment: '很安静', stars: 5 }),
        order(6, { status: 'COMPLETE', comment: '很安静', stars: 5, reply: '欢迎再来' }),
        order(7, { status: 'REJECTED', comment: '维修' }),
        order(8, { start_date: '2026-11-20', end_date: '2026-11-26' }),
      ],
      '2026-11-26',
    );
    expect(ids(groups.waiting)).toEqual([9, 2, 1]);
    expect(ids(groups.commented)).toEqual([5]);
    expect(ids(groups.coming)).toEqual([4, 3]);
    expect(ids(groups.past)).toEqual([6, 7, 8]);
  });

  test('tell in a sentence when the guest comes', () => {
    const at = (time: string) => hostSentence(order(1, {}), Date.parse(`${time}+08:00`));
    expect(at('2026-12-01T23:59:00')).toBe('已付款，4 天后入住');
    expect(at('2026-12-04T00:01:00')).toBe('已付款，明天入住');
    expect(at('2026-12-05T00:01:00')).toBe('已付款，今天入住');
    expect(at('2026-12-07T12:00:00')).toBe('住客正在住，12月8日 周二 离店');
    expect(hostSentence(order(2, { status: 'COMPLETE', comment: '好' }))).toBe('住客写了评价');
  });
});

test('an item moves, and stays within the list', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b', 'c'], 0, 9)).toEqual(['b', 'c', 'a']);
  expect(moved(['a'], 3, 0)).toEqual(['a']);
});

test('nights are counted, and charts have a round top', () => {
  expect(countOf(['taken', 'free', 'free', 'blocked'])).toEqual({ taken: 1, requested: 0, free: 2, blocked: 1 });
  expect(countOf(nightsOf({ nights: ['taken', 'taken', 'free'], requested: ['2026-12-02'] }, '2026-12-01'))).toEqual({
    taken: 1,
    requested: 1,
    free: 1,
    blocked: 0,
  });
  for (const [highest, top] of [
    [0, 100],
    [99, 100],
    [100, 100],
    [101, 150],
    [1_940, 2_000],
    [2_100, 2_500],
    [4_999, 5_000],
    [123_456, 150_000],
  ] as const) {
    expect(scaleTop(highest * 100)).toBe(top * 100);
  }
});
