import { describe, expect, test } from 'vitest';
import type { ListedOrder, OwnHouse } from '@/lib/api';
import { changedFields, fromHouse, objectionTo, parsePosition, toHouseEdit, toNewHouse } from '@/lib/draft';
import { countOf, nightsOf, scaleTop } from '@/lib/host-home';
import { groupsOf, hostSentence } from '@/lib/host-orders';
import { moved } from '@/lib/photos';

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

describe('orders of a host', () => {
  const order = (id: number, values: Partial<ListedOrder>): ListedOrder => ({
    order_id: id,
    house_id: 7,
    title: '',
    address: '',
    img_url: '',
    guest_name: '阿明',
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
  expect(countOf(nightsOf({ nights: ['taken', 'taken', 'free'], requested: ['2026-12-02'] }, '2026-12-01'))).toEqual({ taken: 1, requested: 1, free: 1, blocked: 0 });
  for (const [highest, top] of [[0, 100], [99, 100], [100, 100], [101, 150], [1_940, 2_000], [2_100, 2_500], [4_999, 5_000], [123_456, 150_000]] as const) {
    expect(scaleTop(highest * 100)).toBe(top * 100);
  }
});
