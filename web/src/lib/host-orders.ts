/** What guests ordered, as the host has to see it: what waits first, what comes next, what was. */
import { onBeforeUnmount, ref } from 'vue';
import { locale } from '@/i18n';
import { h } from '@/i18n/host';
import type { ListedOrder } from './api';
import { daysBetween, type Day, showDay, today } from './dates';
import { endOf, holdsDeposit, needs, sentence } from './orders';

interface Groups {
  /** Wait for a yes or a no, themselves or a change of them, the next arrival first, of one day the one with the least time. */
  waiting: ListedOrder[];
  /** Comments without an answer, the newest first. */
  commented: ListedOrder[];
  /** Over, and some of the deposit has not gone back: it can be given back or claimed, or a claim is open. */
  held: ListedOrder[];
  /** Accepted or paid, the next arrival first. */
  coming: ListedOrder[];
  past: ListedOrder[];
}

export function groupsOf(orders: readonly ListedOrder[], now: Day = today()): Groups {
  const groups: Groups = { waiting: [], commented: [], held: [], coming: [], past: [] };
  for (const order of orders) groups[groupOf(order, now)].push(order);
  const urgency = (order: ListedOrder) =>
    `${order.start_date} ${order.expire_time ?? order.open_change?.expire_time ?? ''}`;
  groups.waiting.sort((one, other) => urgency(one).localeCompare(urgency(other)));
  groups.coming.sort((one, other) => one.start_date.localeCompare(other.start_date));
  return groups;
}

function groupOf(order: ListedOrder, now: Day): keyof Groups {
  if (needs('landlord', order)) return 'waiting';
  if (canReply(order)) return 'commented';
  if (order.status === 'WAIT_PAYMENT') return 'coming';
  if (holdsDeposit(order)) return 'held';
  return order.status === 'PAID' && order.end_date > now ? 'coming' : 'past';
}

export const canReply = (order: ListedOrder): boolean =>
  order.status === 'COMPLETE' && order.comment !== '' && order.reply === '';

/** The state in words; with the time that is left where a clock runs, and the days until the guest comes. */
export function hostSentence(order: ListedOrder, now = Date.now()): string {
  if (order.status === 'PAID' && order.payment === 'ONLINE') {
    const day = today(new Date(now));
    const days = daysBetween(day, order.start_date);
    if (days > 1) return h('hostOrders.inDays', { n: days });
    if (days === 1) return h('hostOrders.tomorrow');
    if (days === 0) return h('hostOrders.today');
    if (order.end_date > day) return h('hostOrders.staying', { date: showDay(order.end_date, locale.value) });
  }
  if (order.ended) return endOf('landlord', order.ended, order.status);
  return canReply(order)
    ? h('hostOrders.commented')
    : sentence('landlord', order.status, order.expire_time, now, order.payment);
}

/** The time, told again twice a minute, for sentences with a time left. */
export function useMinutes() {
  const now = ref(Date.now());
  const timer = window.setInterval(() => (now.value = Date.now()), 30_000);
  onBeforeUnmount(() => window.clearInterval(timer));
  return now;
}
