/** What comes next in an order, and whether one may know by now how to get in: sentences for its guest. */
import { type Key, locale, t } from '@/i18n';
import type { FullOrder } from './api';
import { daysBetween, type Day, showDay, today } from './dates';
import { awaited } from './occupants';
import { arrivalTime, departureTime } from './house-times';

type Told = Pick<
  FullOrder,
  | 'status'
  | 'payment'
  | 'start_date'
  | 'end_date'
  | 'check_in_from'
  | 'check_in_until'
  | 'check_out_by'
  | 'ended'
  | 'refunds'
>;

/** The next step, with the day and the time where there is one; empty when nothing is to come. */
export function nextFor(order: Told, day: Day = today()): string {
  switch (order.status) {
    case 'WAIT_ACCEPT':
      return t(order.payment === 'ON_ARRIVAL' ? 'orders.next.askedOnArrival' : 'orders.next.asked');
    case 'WAIT_PAYMENT':
      return t('orders.next.unpaid');
    case 'PAID':
      return coming(order, day);
    case 'WAIT_COMMENT':
      return t('orders.next.comment');
    case 'CANCELED':
      if (order.ended?.no_show) return order.payment === 'ONLINE' ? t('orders.next.noShow') : '';
      return order.ended?.by === 'host' &&
        order.ended.from_status === 'WAIT_PAYMENT' &&
        order.payment === 'ONLINE' &&
        !order.refunds.length
        ? t('orders.next.notCharged')
        : '';
    default:
      return '';
  }
}

/** Whether a guest whom the host has let down may still look for another place for the same nights. */
export const seeksAnother = (order: Pick<FullOrder, 'ended' | 'start_date'>, day: Day = today()): boolean =>
  order.ended?.by === 'host' && !order.ended.no_show && order.start_date >= day;

function coming(order: Told, day: Day): string {
  const arrival = arrivalTime(order.check_in_from, order.check_in_until);
  const days = daysBetween(day, order.start_date);
  if (days > 1)
    return t('orders.next.inDays', { date: showDay(order.start_date, locale.value), time: arrival, n: days });
  if (days === 1) return t('orders.next.tomorrow', { time: arrival });
  if (days === 0) return t('orders.next.today', { time: arrival });
  const departure = departureTime(order.check_out_by);
  return order.end_date === day
    ? t('orders.next.leaveToday', { time: departure })
    : t('orders.next.leave', { date: showDay(order.end_date, locale.value), time: departure });
}

/** Why how to get in is not shown, or what to mind where it is; null for an order that has ended before the stay. */
export function arrivalNote(order: Pick<FullOrder, 'status' | 'payment' | 'arrival' | 'occupants'>): Key | null {
  if (order.status === 'REJECTED' || order.status === 'CANCELED') return null;
  if (order.status === 'WAIT_ACCEPT' || order.status === 'WAIT_PAYMENT')
    return order.payment === 'ON_ARRIVAL' ? 'arrival.afterAccept' : 'arrival.afterPayment';
  if (!order.arrival) return awaited(order) ? 'arrival.occupants' : 'arrival.over';
  return order.arrival.door || order.arrival.arrival_guide ? 'arrival.onlyYou' : 'arrival.none';
}
