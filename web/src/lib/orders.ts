/** Orders as sentences, and what each side can do next. */
import { type Key, t } from '@/i18n';
import { instantOf } from './dates';
import type { FullOrder, ListedOrder } from './api';

export type Role = FullOrder['role'];
export type Status = ListedOrder['status'];
export type Action = 'pay' | 'cancel' | 'accept' | 'reject' | 'comment';

const guestCan: Partial<Record<Status, Action[]>> = {
  WAIT_ACCEPT: ['cancel'],
  WAIT_PAYMENT: ['pay', 'cancel'],
  PAID: ['cancel'],
  WAIT_COMMENT: ['comment'],
};
const hostCan: Partial<Record<Status, Action[]>> = { WAIT_ACCEPT: ['accept', 'reject'] };

export const actionsOf = (role: Role, status: Status): Action[] => (role === 'custom' ? guestCan : hostCan)[status] ?? [];

/** Whether the order waits for this side. */
export function needs(role: Role, status: Status): boolean {
  return role === 'custom' ? status === 'WAIT_PAYMENT' || status === 'WAIT_COMMENT' : status === 'WAIT_ACCEPT';
}

/** The first action in the colour of the view's one primary action. */
export const isPrimary = (action: Action): boolean => action === 'pay' || action === 'accept' || action === 'comment';

/** The state in words; with the time that is left where the clock runs. */
export function sentence(role: Role, status: Status, expires: string | null | undefined, now = Date.now(), payment: ListedOrder['payment'] = 'ONLINE'): string {
  const side = role === 'custom' ? 'guest' : 'host';
  if (expires && (status === 'WAIT_ACCEPT' || status === 'WAIT_PAYMENT')) {
    const left = timeLeft(expires, now);
    if (left) return t(`orders.${side}.${status}.until` as Key, { left });
  }
  return t(`orders.${side}.${status}${status === 'PAID' && payment === 'ON_ARRIVAL' ? '.onArrival' : ''}` as Key);
}

function timeLeft(expires: string, now: number): string {
  const minutes = Math.floor((instantOf(expires) - now) / 60_000);
  if (minutes < 1) return '';
  return minutes >= 60 ? t('orders.left.hours', { n: Math.floor(minutes / 60) }) : t('orders.left.minutes', { n: minutes });
}
