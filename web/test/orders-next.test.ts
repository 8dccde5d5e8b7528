import { describe, expect, test } from 'vitest';
import { zh } from '@/i18n/zh';
import type { FullOrder } from '@/lib/api';
import { arrivalNote, nextFor, seeksAnother } from '@/lib/orders-next';

const order = (values: Partial<FullOrder>): FullOrder =>
  ({
    status: 'PAID',
    payment: 'ONLINE',
    start_date: '2026-12-04',
    end_date: '2026-12-06',
    check_in_from: '15:00',
    check_in_until: '22:30',
    check_out_by: '12:00',
    arrival: null,
    ended: null,
    refunds: [],
    occupants: { required: false, needed: 1, given: 0, complete: false },
    ...values,
  }) as FullOrder;

describe('what comes next for a guest', () => {
  test('names the day and the time of the house', () => {
    const on = (day: string) => nextFor(order({}), day);
    expect(on('2026-12-01')).toBe('12月4日 周五 15:00–22:30 之间入住，还有 3 天。');
    expect(on('2026-12-03')).toBe('明天 15:00–22:30 之间入住。');
    expect(on('2026-12-04')).toBe('今天 15:00–22:30 之间入住。');
    expect(on('2026-12-05')).toBe('12月6日 周日 12:00 前离店。');
    expect(on('2026-12-06')).toBe('今天 12:00 前离店。');
  });

  test('is an answer, a payment, a review, or nothing', () => {
    expect(nextFor(order({ status: 'WAIT_ACCEPT' }))).toBe(zh['orders.next.asked']);
    expect(nextFor(order({ status: 'WAIT_ACCEPT', payment: 'ON_ARRIVAL' }))).toBe(zh['orders.next.askedOnArrival']);
    expect(nextFor(order({ status: 'WAIT_PAYMENT' }))).toBe(zh['orders.next.unpaid']);
    expect(nextFor(order({ status: 'WAIT_COMMENT' }))).toBe(zh['orders.next.comment']);
    for (const status of ['COMPLETE', 'REJECTED', 'CANCELED'] as const) expect(nextFor(order({ status }))).toBe('');
  });
});

describe('a guest whom the host has cancelled', () => {
  const ended = (from_status: 'WAIT_PAYMENT' | 'PAID', by: 'host' | 'guest' = 'host') =>
    ({ by, from_status }) as FullOrder['ended'];
  const refund = { total: 1 } as FullOrder['refunds'][number];

  test('is told that nothing is charged where nothing was paid', () => {
    expect(nextFor(order({ status: 'CANCELED', ended: ended('WAIT_PAYMENT') }))).toBe(zh['orders.next.notCharged']);
    for (const other of [
      { ended: ended('PAID') },
      { ended: ended('WAIT_PAYMENT', 'guest') },
      { ended: ended('WAIT_PAYMENT'), payment: 'ON_ARRIVAL' as const },
      { ended: ended('WAIT_PAYMENT'), refunds: [refund] },
    ])
      expect(nextFor(order({ status: 'CANCELED', ...other }))).toBe('');
  });

  test('may look for another place until the day of arrival', () => {
    const one = order({ status: 'CANCELED', ended: ended('PAID') });
    expect(['2026-12-04', '2026-12-05'].map((day) => seeksAnother(one, day))).toEqual([true, false]);
    expect(seeksAnother(order({ status: 'CANCELED', ended: ended('PAID', 'guest') }), '2026-12-01')).toBe(false);
    expect(seeksAnother(order({}), '2026-12-01')).toBe(false);
  });
});

test('whether one may know how to get in is said in every state', () => {
  const arrival = { door: '501', arrival_guide: '', latitude: null, longitude: null };
  for (const status of ['WAIT_ACCEPT', 'WAIT_PAYMENT'] as const) {
    expect(arrivalNote(order({ status }))).toBe('arrival.afterPayment');
    expect(arrivalNote(order({ status, payment: 'ON_ARRIVAL' }))).toBe('arrival.afterAccept');
  }
  for (const status of ['PAID', 'WAIT_COMMENT', 'COMPLETE'] as const) {
    expect(arrivalNote(order({ status, arrival }))).toBe('arrival.onlyYou');
    expect(arrivalNote(order({ status, arrival: { ...arrival, door: '' } }))).toBe('arrival.none');
    expect(arrivalNote(order({ status }))).toBe('arrival.over');
  }
  const occupants = { required: true, needed: 2, given: 1, complete: false };
  expect(arrivalNote(order({ occupants }))).toBe('arrival.occupants');
  expect(arrivalNote(order({ occupants, status: 'WAIT_PAYMENT' }))).toBe('arrival.afterPayment');
  // Too late to name anybody, or nobody is waited for.
  expect(arrivalNote(order({ occupants, status: 'WAIT_COMMENT' }))).toBe('arrival.over');
  expect(arrivalNote(order({ occupants: { ...occupants, required: false } }))).toBe('arrival.over');
  expect(arrivalNote(order({ occupants: { ...occupants, given: 2, complete: true }, arrival }))).toBe(
    'arrival.onlyYou',
  );
  for (const status of ['REJECTED', 'CANCELED'] as const) expect(arrivalNote(order({ status }))).toBeNull();
});
