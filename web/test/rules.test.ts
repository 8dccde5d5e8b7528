import { describe, expect, test } from 'vitest';
import { isIdCard, wholeNumber } from '@/lib/check';
import { instantOf } from '@/lib/dates';
import { actionsOf, needs, sentence, stepIn } from '@/lib/orders';
import { readSearch, writeSearch } from '@/lib/search';

test('identity numbers', () => {
  expect(isIdCard('11010519491231002X')).toBe(true);
  expect(isIdCard('11010519491231002x')).toBe(true);
  for (const text of ['110105194912310021', '11010519491331002X', '1101051949123100', ''])
    expect(isIdCard(text), text).toBe(false);
});

test('whole numbers in a range', () => {
  expect(wholeNumber('0', 0, 10)).toBe(0);
  for (const text of ['11', '-1', '1.5', '', 'x']) expect(wholeNumber(text, 0, 10), text).toBeNull();
});

describe('a search in the address bar', () => {
  const now = '2026-11-22';

  test('comes back as it was written', () => {
    const search = {
      sd: '2026-12-04',
      ed: '2026-12-06',
      aid: 3,
      guests: 2,
      pmin: 200,
      pmax: 600,
      sk: 'price-inc',
    } as const;
    expect(readSearch(writeSearch(search) as Record<string, string>, now)).toEqual(search);
  });

  test('is never a dead end', () => {
    expect(readSearch({ sd: '2020-01-01', ed: '2020-01-03' }, now)).toMatchObject({ sk: 'booking' });
    expect(readSearch({ sd: '2020-01-01' }, now).sd).toBeUndefined();
    expect(readSearch({ sd: '2026-12-04', ed: '2026-12-01' }, now).ed).toBe('2026-12-05');
    expect(readSearch({ sd: ['2026-12-04', 'x'], aid: '-1', sk: 'nonsense', pmin: 'x' }, now).aid).toBeUndefined();
  });
});

describe('orders', () => {
  test('wait for one side at a time', () => {
    for (const status of [
      'WAIT_ACCEPT',
      'WAIT_PAYMENT',
      'PAID',
      'WAIT_COMMENT',
      'COMPLETE',
      'CANCELED',
      'REJECTED',
    ] as const) {
      const order = { status, open_change: null };
      expect(needs('custom', order) && needs('landlord', order), status).toBe(false);
      // Either side may take back what was agreed; all else is one side's.
      for (const action of actionsOf('landlord', status).filter((each) => each !== 'cancel'))
        expect(actionsOf('custom', status)).not.toContain(action);
    }
    expect(actionsOf('custom', 'COMPLETE')).toEqual([]);
  });

  test('are cancelled by their host once accepted or paid, not before and not after', () => {
    const cancellable = (
      ['WAIT_ACCEPT', 'WAIT_PAYMENT', 'PAID', 'WAIT_COMMENT', 'COMPLETE', 'CANCELED', 'REJECTED'] as const
    ).filter((status) => actionsOf('landlord', status).includes('cancel'));
    expect(cancellable).toEqual(['WAIT_PAYMENT', 'PAID']);
  });

  test('tell in their history who cancelled', () => {
    const step = (who: 'guest' | 'host', action: 'cancel' | 'pay' = 'cancel') =>
      stepIn({ time: '2026-12-01 12:00:00', who, from_status: 'PAID', to_status: 'CANCELED', action, reason: '' });
    expect([step('guest'), step('host'), step('guest', 'pay')]).toEqual(['房客取消', '房东取消', '付款']);
  });

  test('say how long there is', () => {
    const now = instantOf('2026-06-01 12:00:00');
    expect(now).toBe(Date.parse('2026-06-01T04:00:00Z'));
    expect(sentence('custom', 'WAIT_ACCEPT', '2026-06-02 11:30:00', now)).toBe('房东将在 23 小时内回复');
    expect(sentence('custom', 'WAIT_PAYMENT', '2026-06-01 12:25:00', now)).toBe('请在 25 分钟内付款');
    expect(sentence('custom', 'WAIT_PAYMENT', '2026-06-01 11:00:00', now)).toBe('房东已接单，请付款');
    expect(sentence('landlord', 'COMPLETE', null, now)).toBe('已完成');
  });
});
