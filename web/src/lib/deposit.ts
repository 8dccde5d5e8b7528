/** The deposit of a stay that has ended: what holds it, and what its guest and its host are told of that. */
import { locale } from '@/i18n';
import { s } from '@/i18n/stay';
import type { FullOrder } from './api';
import { instantOf, showMoment } from './dates';
import { type Fen, parseYuan, showMoney } from './money';
import { type Role, sideOf } from './orders';
import { untilWhen } from './orders-until';

export type Claim = FullOrder['claims'][number];
type Held = Pick<FullOrder, 'claims' | 'deposit' | 'deposit_return_time'>;

/** Where the deposit goes by itself, and when; empty when it does not wait for that. */
export function returnOf(role: Role, order: Held): string {
  const until = order.deposit_return_time;
  return until
    ? s(`deposit.${sideOf(role)}.waiting`, { deposit: showMoney(order.deposit), time: showMoment(until, locale.value) })
    : '';
}

/** How far a claim is, from this side. */
export function claimState(role: Role, claim: Claim): string {
  const side = sideOf(role);
  const granted = showMoney(claim.granted ?? 0);
  switch (claim.status) {
    case 'WAIT_ANSWER':
      return s(`claim.${side}.WAIT_ANSWER`, { amount: showMoney(claim.amount) });
    case 'ACCEPTED':
      return s(claim.closed_by === 'clock' ? `claim.${side}.silent` : `claim.${side}.accepted`, { granted });
    case 'DECIDED':
      return claim.granted ? s('claim.decided', { granted }) : s('claim.decidedNothing');
    default:
      return s(`claim.${side}.${claim.status}`);
  }
}

/** What comes next of a claim, or what its end meant for the rest of the deposit. */
export function claimNext(role: Role, claim: Claim, deposit: Fen, now: number): string {
  const side = sideOf(role);
  if (claim.status === 'WAIT_ANSWER') {
    if (!claim.answer_by || instantOf(claim.answer_by) <= now) return s('claim.overdue');
    return s(`claim.${side}.until`, untilWhen(claim.answer_by, now));
  }
  if (claim.status === 'DISPUTED')
    return s('claim.disputed.next', { amount: showMoney(claim.amount), deposit: showMoney(deposit) });
  const rest = deposit - (claim.granted ?? 0);
  return rest ? s(`claim.${side}.rest`, { rest: showMoney(rest) }) : s('claim.rest.none');
}

/** What a host asks for, in fen; null when it is no amount from one fen to the deposit. */
export function claimed(text: string, deposit: Fen): Fen | null {
  const amount = parseYuan(text);
  return amount !== null && amount > 0 && amount <= deposit ? amount : null;
}
