import { afterEach, describe, expect, test } from 'vitest';
import { locale } from '@/i18n';
import { stayEn } from '@/i18n/stay-en';
import { stayZh } from '@/i18n/stay-zh';
import type { FullOrder, ListedOrder } from '@/lib/api';
import { type Claim, claimed, claimNext, claimState, returnOf } from '@/lib/deposit';
import { endingsOf, noShowInWords } from '@/lib/host-stay';
import { groupsOf } from '@/lib/host-orders';
import { depositWaits, returnedIn } from '@/lib/orders';
import { nextFor, seeksAnother } from '@/lib/orders-next';
import { instantOf } from '@/lib/dates';

afterEach(() => (locale.value = 'zh'));

const claim = (values: Partial<Claim> = {}): Claim => ({
  claim_id: 31,
  amount: 12_000,
  reason: '客厅的落地灯被打碎',
  status: 'WAIT_ANSWER',
  ctime: '2026-12-06 12:00:00',
  answer_by: '2026-12-09 12:00:00',
  answer: '',
  granted: null,
  closed_by: null,
  close_time: null,
  decision: '',
  ...values,
});
const DEPOSIT = 20_000;
const now = instantOf('2026-12-09 09:30:00');
const order = (values: Partial<FullOrder> = {}): FullOrder =>
  ({
    status: 'WAIT_COMMENT',
    payment: 'ONLINE',
    deposit: DEPOSIT,
    deposit_return_time: null,
    claims: [],
    ended: null,
    refunds: [],
    ...values,
  }) as FullOrder;
const refund = (values: object = {}) =>
  ({
    why: 'STAY_ENDED',
    lodging: 0,
    deposit: DEPOSIT,
    total: DEPOSIT,
    state: 'PENDING',
    time: '2026-12-06 11:00:00',
    done_time: null,
    ...values,
  }) as FullOrder['refunds'][number];

describe('a deposit after the stay', () => {
  test('says when it goes back, to each side', () => {
    const waiting = order({ deposit_return_time: '2026-12-09 11:00:00' });
    expect(returnOf('custom', waiting)).toContain('押金 ¥200 最晚 12月9日 周三 11:00 退回');
    expect(returnOf('landlord', waiting)).toContain('12月9日 周三 11:00 自动退还房客');
    locale.value = 'en';
    expect(returnOf('custom', waiting)).toContain('by Wed 9 Dec, 11:00');
    expect(returnOf('custom', order())).toBe('');
  });

  test('is not told to be on its way back while it waits', () => {
    const held = [refund()];
    expect(returnedIn(order({ refunds: held, deposit_return_time: '2026-12-09 11:00:00' }))).toEqual([]);
    expect(returnedIn(order({ refunds: held, claims: [claim()] }))).toEqual([]);
    expect(returnedIn(order({ refunds: held, claims: [claim({ status: 'DISPUTED' })] }))).toEqual([]);
    expect(returnedIn(order({ refunds: held }))).toEqual(['¥200 正在退回付款时的账户（押金 ¥200），12月6日 已发起']);
    expect(returnedIn(order({ refunds: [refund({ state: 'DONE', done_time: '2026-12-09 11:00:01' })] }))[0]).toContain(
      '已于 12月9日 退回',
    );
    // A list does not know which of the two it is.
    const { ended, refunds, payment } = order({ refunds: held });
    expect(returnedIn({ ended, refunds, payment })).toEqual(['押金 ¥200 尚未退还，进度见订单详情']);
  });

  test('stands among those that the host can still do something about', () => {
    const listed = {
      order_id: 1,
      status: 'WAIT_COMMENT',
      comment: '',
      reply: '',
      start_date: '2026-12-04',
      end_date: '2026-12-06',
      refunds: [refund()],
    } as unknown as ListedOrder;
    expect(groupsOf([listed], '2026-12-07').held).toEqual([listed]);
    const back = { ...listed, refunds: [refund({ state: 'DONE' })] };
    expect(groupsOf([back], '2026-12-07').past).toEqual([back]);
  });
});

describe('a claim on a deposit', () => {
  test('names the time to answer, what is left of it, and what silence means', () => {
    expect(claimState('custom', claim())).toBe('房东申请从押金中扣 ¥120');
    expect(claimNext('custom', claim(), DEPOSIT, now)).toBe(
      '请在 12月9日 周三 12:00 前答复（还有 2 小时）。不答复视为同意。',
    );
    expect(claimNext('landlord', claim(), DEPOSIT, now)).toBe(
      '房客在 12月9日 周三 12:00 前答复（还有 2 小时）。不答复视为同意。',
    );
    expect(claimNext('custom', claim({ answer_by: '2026-12-09 09:30:20' }), DEPOSIT, now)).toBe(
      '请在 12月9日 周三 09:30 前答复。不答复视为同意。',
    );
    expect(claimNext('custom', claim({ answer_by: '2026-12-09 09:30:00' }), DEPOSIT, now)).toBe(
      stayZh['claim.overdue'],
    );
  });

  test('tells how it ended, and what became of the rest', () => {
    const said = (role: 'custom' | 'landlord', values: Partial<Claim>) => [
      claimState(role, claim(values)),
      claimNext(role, claim(values), DEPOSIT, now),
    ];
    expect(said('custom', { status: 'ACCEPTED', closed_by: 'guest', granted: 12_000 })).toEqual([
      '你同意扣款 ¥120',
      '押金其余 ¥80 退回付款时的账户。',
    ]);
    expect(said('landlord', { status: 'ACCEPTED', closed_by: 'clock', granted: 12_000 })).toEqual([
      '房客没有按时答复，视为同意扣款 ¥120',
      '押金其余 ¥80 退还房客。',
    ]);
    expect(said('custom', { status: 'DECIDED', closed_by: 'operator', granted: 5_050 })).toEqual([
      '平台裁定扣款 ¥50.50',
      '押金其余 ¥149.50 退回付款时的账户。',
    ]);
    expect(said('custom', { status: 'DECIDED', closed_by: 'operator', granted: 0 })).toEqual([
      '平台裁定不扣款',
      '押金其余 ¥200 退回付款时的账户。',
    ]);
    expect(said('landlord', { status: 'ACCEPTED', closed_by: 'guest', granted: DEPOSIT })[1]).toBe(
      stayZh['claim.rest.none'],
    );
    expect(said('custom', { status: 'WITHDRAWN', closed_by: 'host', granted: 0 })[0]).toBe(
      stayZh['claim.guest.WITHDRAWN'],
    );
    expect(said('custom', { status: 'DISPUTED' })[1]).toContain('最多 ¥120');
    locale.value = 'en';
    expect(said('landlord', { status: 'WITHDRAWN', closed_by: 'host', granted: 0 })[0]).toBe(
      stayEn['claim.host.WITHDRAWN'],
    );
  });

  test('holds the deposit until it is closed', () => {
    expect(depositWaits(order({ claims: [claim()] }))).toBe(true);
    expect(depositWaits(order({ claims: [claim({ status: 'DISPUTED' })] }))).toBe(true);
    for (const status of ['ACCEPTED', 'DECIDED', 'WITHDRAWN'] as const)
      expect(depositWaits(order({ claims: [claim({ status })] })), status).toBe(false);
  });

  test('asks for one fen to the whole deposit', () => {
    expect(claimed('120', DEPOSIT)).toBe(12_000);
    expect(claimed(' ¥200 ', DEPOSIT)).toBe(DEPOSIT);
    expect(claimed('0.01', DEPOSIT)).toBe(1);
    for (const bad of ['', '0', '0.00', '200.01', '12.345', '-5', 'much', '1e2'])
      expect(claimed(bad, DEPOSIT), bad).toBeNull();
  });
});

describe('what a host may say of a stay', () => {
  const paid = order({
    status: 'PAID',
    start_date: '2026-12-04',
    end_date: '2026-12-06',
    check_in_from: '15:00',
    check_out_by: '11:00',
  });
  const at = (time: string, of = paid) => endingsOf(of, instantOf(time));

  test('depends on the time, as at the server', () => {
    expect(at('2026-12-04 14:59:59')).toEqual([]);
    expect(at('2026-12-04 15:00:00')).toEqual(['left']);
    expect(at('2026-12-04 23:58:59')).toEqual(['left']);
    expect(at('2026-12-04 23:59:00')).toEqual(['no_show', 'left']);
    expect(at('2026-12-06 10:59:59')).toEqual(['no_show', 'left']);
    expect(at('2026-12-06 11:00:00')).toEqual([]);
    const long = { ...paid, end_date: '2026-12-20' };
    expect(at('2026-12-06 23:58:59', long)).toEqual(['no_show', 'left']);
    expect(at('2026-12-06 23:59:00', long)).toEqual(['left']);
    for (const status of ['WAIT_PAYMENT', 'WAIT_COMMENT', 'CANCELED'] as const)
      expect(at('2026-12-05 00:00:00', { ...paid, status })).toEqual([]);
  });

  test('a no-show moves what the server says, to the fen', () => {
    const sold = order({ amount: 97_601, cancellation_policy: 'flexible' });
    const said = (share: number, lodging: number, deposit = DEPOSIT) =>
      noShowInWords(sold, { share, lodging, deposit });
    expect(said(50, 48_800)).toBe(
      '按订单的“灵活取消”，退还房客 50% 房费 ¥488；其余 ¥488.01 归你（扣服务费前）。押金 ¥200 全额退还。',
    );
    expect(said(0, 0, 0)).toBe('按订单的“灵活取消”，房费不退：¥976.01 归你（扣服务费前）。');
    expect(said(100, 97_601, 0)).toBe('按订单的“灵活取消”，房费 ¥976.01 全额退还房客，你没有收入。');
    locale.value = 'en';
    expect(said(0, 0)).toMatch(/service fee\. The deposit of ¥200 goes back in full\.$/);
  });

  test('a guest who never came is told how the money goes, and offered no other place', () => {
    const ended = { by: 'host', from_status: 'PAID', time: '2026-12-04 23:59:30', no_show: true } as const;
    const gone = order({ status: 'CANCELED', start_date: '2026-12-04', ended });
    expect(seeksAnother(gone, '2026-12-04')).toBe(false);
    expect(seeksAnother({ ...gone, ended: { ...ended, no_show: false } }, '2026-12-04')).toBe(true);
    expect(nextFor(gone)).toContain('按入住当天取消处理');
    expect(nextFor({ ...gone, payment: 'ON_ARRIVAL' })).toBe('');
  });
});
