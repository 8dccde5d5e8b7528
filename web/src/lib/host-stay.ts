/** What a host may say of a guest who has not come or has left, when, and what it means for the money. */
import type { FullOrder } from './api';
import { instantOf } from './dates';
import type { Fen } from './money';

export type Ending = 'left' | 'no_show';

const DAY = 86_400_000;
/** Of the arrival day; from then on a guest who has not come may be said not to come, for two days. */
const NO_SHOW_FROM = '23:59';
const NO_SHOW_IS_SAID = 2 * DAY;

/** What may be said at this moment: the server's rules (ADR 20, 23), so that no button leads to a refusal. */
export function endingsOf(order: Pick<FullOrder, 'status' | 'start_date' | 'end_date' | 'check_in_from' | 'check_out_by'>, now: number): Ending[] {
  if (order.status !== 'PAID' || now >= instantOf(`${order.end_date} ${order.check_out_by}:00`)) return [];
  const noShow = instantOf(`${order.start_date} ${NO_SHOW_FROM}:00`);
  return [
    ...(now >= noShow && now < noShow + NO_SHOW_IS_SAID ? (['no_show'] as const) : []),
    ...(now >= instantOf(`${order.start_date} ${order.check_in_from}:00`) ? (['left'] as const) : []),
  ];
}

export interface NoShowMoney {
  /** Per cent of the lodging. */
  share: number;
  /** What goes back of the lodging. */
  back: Fen;
  deposit: Fen;
  /** What the host earns, before the platform's fee. */
  kept: Fen;
}

/** What a no-show moves: as if the guest had cancelled on the arrival day; rounded down to whole fen, as the server does. */
export function noShowMoney(order: Pick<FullOrder, 'amount' | 'deposit' | 'refund_terms'>): NoShowMoney {
  const share = order.refund_terms.find((term) => term.days_before <= 0)?.share ?? 0;
  const back = Math.floor((order.amount * share) / 100);
  return { share, back, deposit: order.deposit, kept: order.amount - back };
}
