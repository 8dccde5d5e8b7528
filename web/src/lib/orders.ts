/** Orders as sentences, and what each side can do next. */
import { type Key, locale, t } from '@/i18n';
import type { FullOrder, ListedOrder } from './api';
import { instantOf, showDate } from './dates';
import { showMoney } from './money';
import { reasonIn } from './reasons';

export type Role = FullOrder['role'];
type Status = ListedOrder['status'];
export type Action = 'pay' | 'cancel' | 'accept' | 'reject' | 'comment';

export const sideOf = (role: Role): 'guest' | 'host' => (role === 'custom' ? 'guest' : 'host');

const guestCan: Partial<Record<Status, Action[]>> = {
  WAIT_ACCEPT: ['cancel'],
  WAIT_PAYMENT: ['pay', 'cancel'],
  PAID: ['cancel'],
  WAIT_COMMENT: ['comment'],
};
const hostCan: Partial<Record<Status, Action[]>> = {
  WAIT_ACCEPT: ['accept', 'reject'],
  WAIT_PAYMENT: ['cancel'],
  PAID: ['cancel'],
};

export const actionsOf = (role: Role, status: Status): Action[] =>
  (role === 'custom' ? guestCan : hostCan)[status] ?? [];

/** Whether a change of the order waits for this side: for its answer, or for the guest's payment. */
export const changeWaits = (role: Role, { open_change: open }: Pick<ListedOrder, 'open_change'>): boolean =>
  !!open && (open.status === 'WAIT_PAYMENT' ? role === 'custom' : open.asked_by !== sideOf(role));

/** Whether the order, or a change of it, waits for this side. */
export const needs = (role: Role, order: Pick<ListedOrder, 'status' | 'open_change'>): boolean =>
  changeWaits(role, order) ||
  (role === 'custom'
    ? order.status === 'WAIT_PAYMENT' || order.status === 'WAIT_COMMENT'
    : order.status === 'WAIT_ACCEPT');

/** The first action in the colour of the view's one primary action. */
export const isPrimary = (action: Action): boolean => action === 'pay' || action === 'accept' || action === 'comment';

/** The state in words; with the time that is left where the clock runs. */
export function sentence(
  role: Role,
  status: Status,
  expires: string | null | undefined,
  now = Date.now(),
  payment: ListedOrder['payment'] = 'ONLINE',
): string {
  const side = sideOf(role);
  if (expires && (status === 'WAIT_ACCEPT' || status === 'WAIT_PAYMENT')) {
    const left = timeLeft(expires, now);
    if (left) return t(`orders.${side}.${status}.until` as Key, { left });
  }
  return t(`orders.${side}.${status}${status === 'PAID' && payment === 'ON_ARRIVAL' ? '.onArrival' : ''}` as Key);
}

const ENDS = {
  custom: {
    cancelled: 'orders.ended.guest.cancelled',
    rejected: 'orders.ended.guest.rejected',
    byHost: 'orders.ended.guest.byHost',
    noShow: 'orders.ended.guest.noShow',
    noAnswer: 'orders.ended.guest.noAnswer',
    notPaid: 'orders.ended.guest.notPaid',
  },
  landlord: {
    cancelled: 'orders.ended.host.cancelled',
    rejected: 'orders.ended.host.rejected',
    byHost: 'orders.ended.host.byHost',
    noShow: 'orders.ended.host.noShow',
    noAnswer: 'orders.ended.host.noAnswer',
    notPaid: 'orders.ended.host.notPaid',
  },
} as const satisfies Record<Role, Record<string, Key>>;

/** How an order ended that was rejected or cancelled: by whom, and for what; from this side. */
export function endOf(role: Role, ended: NonNullable<ListedOrder['ended']>, status: Status): string {
  const ends = ENDS[role];
  if (ended.by === 'clock') return t(ended.from_status === 'WAIT_ACCEPT' ? ends.noAnswer : ends.notPaid);
  if (ended.by === 'guest') return t(ends.cancelled);
  if (ended.no_show) return t(ends.noShow);
  return t(status === 'REJECTED' ? ends.rejected : ends.byHost);
}

/** A step of an order's history; of a cancelling, by whom. */
export function stepIn(entry: FullOrder['history'][number]): string {
  if (entry.action !== 'cancel') return t(`orders.action.${entry.action}`);
  return t(entry.who === 'host' ? 'orders.action.cancel.host' : 'orders.action.cancel.guest');
}

/** Whether guests may be in the house by now. */
export const hasBegun = (order: Pick<FullOrder, 'start_date' | 'check_in_from'>, now: number): boolean =>
  now >= instantOf(`${order.start_date} ${order.check_in_from}:00`);

/** The reason somebody gave; the clock's is in {@link endOf} already. */
export function reasonOf(order: Pick<ListedOrder, 'comment' | 'ended'>): string {
  return order.ended && order.ended.by !== 'clock' && order.comment
    ? t('orders.reason', { reason: reasonIn(locale.value, order.comment) })
    : '';
}

/** Whether a claim on a deposit still has to be answered or decided. */
const isOpen = (claim: Pick<FullOrder['claims'][number], 'status'>): boolean =>
  claim.status === 'WAIT_ANSWER' || claim.status === 'DISPUTED';

/** Whether the deposit waits for its time or for the end of a claim: nothing of it is on its way back. */
export const depositWaits = (order: Pick<FullOrder, 'claims' | 'deposit_return_time'>): boolean =>
  order.deposit_return_time !== null || order.claims.some(isOpen);

/** Whether some of the deposit of a stay has not gone back yet, for whatever reason. */
export const holdsDeposit = (order: Pick<ListedOrder, 'refunds'>): boolean =>
  order.refunds.some((refund) => refund.why === 'STAY_ENDED' && refund.state === 'PENDING');

type Returning = Pick<ListedOrder, 'ended' | 'refunds' | 'payment'> &
  (object | Pick<FullOrder, 'claims' | 'deposit_return_time'>);

/**
 * What goes back to the guest, in sentences: how much of what, where to, and how far it is. Of a deposit that waits the
 * order's own page tells more ({@link file://./deposit.ts}); a list does not know whether it waits or is on its way.
 */
export function returnedIn(order: Returning): string[] {
  if (!order.refunds.length)
    return order.ended?.from_status === 'PAID' && order.payment === 'ONLINE' ? [t('orders.returned.nothing')] : [];
  return order.refunds.flatMap((refund) => {
    if (refund.why === 'STAY_ENDED' && refund.state === 'PENDING') {
      if (!('claims' in order)) return [t('orders.returned.later', { price: showMoney(refund.deposit) })];
      if (depositWaits(order)) return [];
    }
    const parts = [
      ...(refund.lodging ? [t('orders.returned.lodging', { price: showMoney(refund.lodging) })] : []),
      ...(refund.deposit ? [t('orders.returned.deposit', { price: showMoney(refund.deposit) })] : []),
    ].join(locale.value === 'zh' ? '、' : ', ');
    const time = refund.done_time ?? refund.time;
    return t(refund.state === 'DONE' ? 'orders.returned.done' : 'orders.returned.pending', {
      total: showMoney(refund.total),
      parts,
      date: showDate(time.slice(0, 10), locale.value),
    });
  });
}

/** `3 小时`, `20 分钟`, with a blank before it in Chinese; empty when less than a minute is left. */
export function timeLeft(expires: string, now: number): string {
  const minutes = Math.floor((instantOf(expires) - now) / 60_000);
  if (minutes < 1) return '';
  return minutes >= 60
    ? t('orders.left.hours', { n: Math.floor(minutes / 60) })
    : t('orders.left.minutes', { n: minutes });
}
