import { describe, expect, test } from 'vitest';
import type { FullOrder, ListedOrder } from '@/lib/api';
import {
  asked,
  type Change,
  changeLine,
  listedChange,
  meansOf,
  moneyOf,
  openChange,
  openNext,
  openState,
  wantedOf,
} from '@/lib/change';
import { instantOf } from '@/lib/dates';
import { groupsOf } from '@/lib/host-orders';
import { changeWaits, hasBegun } from '@/lib/orders';

const guests = { adults: 2, children: 0, infants: 0 };
const order = { start_date: '2026-12-04', end_date: '2026-12-06', guests, check_in_from: '15:00' } as FullOrder;
const change = (values: Partial<Change> = {}): Change => ({
  change_id: 12,
  asked_by: 'guest',
  start_date: '2026-12-04',
  end_date: '2026-12-07',
  days: 3,
  guests,
  lines: [],
  amount: 90_000,
  difference: 30_000,
  refund: 0,
  status: 'WAIT_ANSWER',
  ctime: '2026-12-01 12:00:00',
  expire_time: '2026-12-02 12:00:00',
  closed_by: null,
  close_time: null,
  ...values,
});
const now = instantOf('2026-12-02 09:30:00');

describe('what a change of an order moves', () => {
  test('is said from either side, to the fen', () => {
    const of = (role: 'custom' | 'landlord', difference: number, refund: number) =>
      moneyOf(role, { difference, refund }, 'ONLINE');
    expect(of('custom', 30_050, 0)).toBe('多付 ¥300.50，谈妥后支付差价。');
    expect(of('landlord', 30_050, 0)).toBe('房客多付 ¥300.50，谈妥后由房客支付差价。');
    expect(of('custom', -30_000, 30_000)).toBe('少 ¥300，全额退回付款时的账户。');
    expect(of('custom', -30_000, 15_000)).toBe('少 ¥300：按取消政策退回 ¥150，其余 ¥150 不退。');
    expect(of('landlord', -30_000, 15_000)).toBe('少 ¥300：按取消政策退还房客 ¥150，其余 ¥150 归你（扣服务费前）。');
    expect(of('custom', -30_000, 0)).toBe('少 ¥300，但按取消政策不退款。');
    expect(of('landlord', 0, 0)).toBe('费用不变。');
  });

  test('goes through the site only where the order was paid there', () => {
    expect(moneyOf('custom', { difference: 30_000, refund: 0 }, 'ON_ARRIVAL')).toBe('入住时多付 ¥300 给房东。');
    expect(moneyOf('landlord', { difference: -30_000, refund: 0 }, 'ON_ARRIVAL')).toBe('入住时少付 ¥300。');
    expect(meansOf('custom', { difference: 30_000 }, 'ON_ARRIVAL')[1]).toContain('马上生效');
    expect(meansOf('custom', { difference: 30_000 }, 'ONLINE')[1]).toContain('时限内支付');
    expect(meansOf('landlord', { difference: -1 }, 'ONLINE')[1]).toContain('马上生效');
  });
});

describe('a change that is open', () => {
  test('tells each side whose turn it is, until when, and what happens otherwise', () => {
    expect([openState('custom', change()), openState('landlord', change())]).toEqual([
      '你申请更改订单',
      '房客想更改订单',
    ]);
    expect(openState('custom', change({ asked_by: 'host' }))).toBe('房东想更改订单');
    expect(openNext('custom', change(), now)).toBe(
      '房东在 12月2日 周三 12:00 前答复（还有 2 小时）；没有答复，订单不变。',
    );
    expect(openNext('landlord', change(), now)).toBe(
      '请在 12月2日 周三 12:00 前答复（还有 2 小时）；没有答复，订单不变。',
    );
    const pays = change({ status: 'WAIT_PAYMENT', expire_time: '2026-12-02 09:55:00' });
    expect(openState('custom', pays)).toBe('更改已谈妥，请支付差价 ¥300');
    expect(openNext('custom', pays, now)).toBe('请在 12月2日 周三 09:55 前支付（还有 25 分钟）；没有付，订单不变。');
    expect(openNext('custom', change({ expire_time: '2026-12-02 09:30:00' }), now)).toBe('时间已过，订单不变。');
    expect(asked('landlord', change())).toBe(false);
  });

  test('is the one that waits for an answer or a payment', () => {
    const closed = change({ status: 'DONE' });
    expect(openChange({ changes: [closed] })).toBeUndefined();
    expect(openChange({ changes: [change({ status: 'WAIT_PAYMENT' }), closed] })?.status).toBe('WAIT_PAYMENT');
    expect(changeLine(change({ status: 'REJECTED' }))).toBe(
      '房客申请改为 12月4日 周五 – 12月7日 周一，2 位成人：对方不同意',
    );
  });
});

test('a form asks for something only when it names another stay', () => {
  const draft = { start: '2026-12-04', end: '2026-12-06', guests: { ...guests } };
  expect(wantedOf(order, draft)).toBeUndefined();
  expect(wantedOf(order, { ...draft, end: '2026-12-04' })).toBeUndefined();
  expect(wantedOf(order, { ...draft, end: '' })).toBeUndefined();
  expect(wantedOf(order, { ...draft, guests: { ...guests, infants: 1 } })).toMatchObject({
    end_date: '2026-12-06',
    guests: { infants: 1 },
  });
  expect(wantedOf(order, { ...draft, end: '2026-12-08' })).toEqual({
    start_date: '2026-12-04',
    end_date: '2026-12-08',
    guests,
  });
});

test('a stay that has begun keeps its first day', () => {
  expect(hasBegun(order, instantOf('2026-12-04 14:59:59'))).toBe(false);
  expect(hasBegun(order, instantOf('2026-12-04 15:00:00'))).toBe(true);
});

describe('a change in a list of orders', () => {
  const listed = (open_change: ListedOrder['open_change']) =>
    ({
      order_id: 1,
      status: 'PAID',
      payment: 'ONLINE',
      comment: '',
      reply: '',
      start_date: '2026-12-04',
      end_date: '2026-12-06',
      refunds: [],
      ended: null,
      expire_time: null,
      open_change,
    }) as unknown as ListedOrder;
  const open = (values: Partial<NonNullable<ListedOrder['open_change']>>) =>
    listed({ change_id: 12, asked_by: 'guest', status: 'WAIT_ANSWER', expire_time: '2026-12-02 12:00:00', ...values });
  const cases = [
    { order: listed(null), waits: [false, false], says: ['', ''] },
    { order: open({}), waits: [false, true], says: ['你申请更改订单', '房客想更改订单'] },
    { order: open({ asked_by: 'host' }), waits: [true, false], says: ['房东想更改订单', '你申请更改订单'] },
    // The guest pays, whoever asked.
    {
      order: open({ asked_by: 'host', status: 'WAIT_PAYMENT' }),
      waits: [true, false],
      says: ['更改已谈妥，等支付差价', '更改已谈妥，等支付差价'],
    },
    {
      order: open({ status: 'WAIT_PAYMENT' }),
      waits: [true, false],
      says: ['更改已谈妥，等支付差价', '更改已谈妥，等支付差价'],
    },
  ];

  test.each(cases)('waits for the side that answers or pays: $waits', ({ order: each, waits, says }) => {
    expect((['custom', 'landlord'] as const).map((role) => changeWaits(role, each))).toEqual(waits);
    expect((['custom', 'landlord'] as const).map((role) => listedChange(role, each))).toEqual(says);
  });

  test('stands first at the host, who has to answer it, and nowhere else', () => {
    expect(groupsOf([open({})], '2026-12-01').waiting).toHaveLength(1);
    expect(groupsOf([open({ asked_by: 'host' })], '2026-12-01').coming).toHaveLength(1);
  });
});
