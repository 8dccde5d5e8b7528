/** Changes of an order's dates and guests, as its two sides read them: what is asked for, what it costs, and what comes next. */
import { locale } from '@/i18n';
import { s } from '@/i18n/stay';
import type { Data, FullOrder, ListedOrder } from './api';
import { instantOf, isDay, showDays } from './dates';
import { guestsInWords } from './house-guests';
import { type Fen, showMoney } from './money';
import { changeWaits, type Role, sideOf } from './orders';
import { untilWhen } from './orders-until';
import type { Who } from './search';

export type Change = FullOrder['changes'][number];
export type Preview = Data<'previewChange'>;
type Sold = Pick<FullOrder, 'start_date' | 'end_date' | 'guests'>;
type Money = { difference: Fen; refund: Fen };
type Way = FullOrder['payment'];

/** The change that somebody has to answer or pay; there is at most one. */
export const openChange = (order: Pick<FullOrder, 'changes'>): Change | undefined =>
  order.changes.find((change) => change.status === 'WAIT_ANSWER' || change.status === 'WAIT_PAYMENT');

/** Whether this side asked for it. */
export const asked = (role: Role, change: Pick<Change, 'asked_by'>): boolean => change.asked_by === sideOf(role);

/** `1月10日 周日 – 1月12日 周二，2 位成人`. */
export function stayInWords({ start_date, end_date, guests }: Sold): string {
  return `${showDays(start_date, end_date, locale.value)}${locale.value === 'zh' ? '，' : ', '}${guestsInWords(guests)}`;
}

const sameGuests = (one: Who, other: Who): boolean =>
  one.adults === other.adults && one.children === other.children && one.infants === other.infants;

/** What a change moves, from this side; `refund`: what goes back of a cheaper one. */
export function moneyOf(role: Role, { difference, refund }: Money, way: Way): string {
  const side = sideOf(role);
  if (!difference) return s('change.same');
  const amount = showMoney(Math.abs(difference));
  if (way === 'ON_ARRIVAL') return s(difference > 0 ? 'change.arrival.more' : 'change.arrival.less', { amount });
  if (difference > 0) return s(`change.${side}.more`, { amount });
  const kept = -difference - refund;
  if (!kept) return s(`change.${side}.less`, { amount });
  const values = { amount, refund: showMoney(refund), kept: showMoney(kept) };
  return refund ? s(`change.${side}.part`, values) : s(`change.${side}.none`, values);
}

/** What was asked for, or that it waits for its payment; of an open change, from this side. */
export function openState(role: Role, change: Change): string {
  if (change.status === 'WAIT_PAYMENT')
    return s(`change.${sideOf(role)}.pay`, { amount: showMoney(change.difference) });
  return s(asked(role, change) ? 'change.asked' : `change.${sideOf(role)}.wanted`);
}

/** The same of an order in a list, which does not say what it costs; empty when no change is open. */
export function listedChange(role: Role, order: Pick<ListedOrder, 'open_change'>): string {
  if (!order.open_change) return '';
  if (order.open_change.status === 'WAIT_PAYMENT') return s('change.listed.pay');
  return s(changeWaits(role, order) ? `change.${sideOf(role)}.wanted` : 'change.asked');
}

/** Until when it is answered or paid, and what happens otherwise. */
export function openNext(role: Role, change: Change, now: number): string {
  const until = change.expire_time;
  if (!until || instantOf(until) <= now) return s('change.overdue');
  const values = untilWhen(until, now);
  if (change.status === 'WAIT_PAYMENT') return s(`change.${sideOf(role)}.payUntil`, values);
  return s(asked(role, change) ? `change.${sideOf(role)}.waits` : 'change.answerUntil', values);
}

/** A change in an order's history: who asked, for what, and what became of it. */
export function changeLine(change: Change): string {
  return s(change.asked_by === 'guest' ? 'change.line.guest' : 'change.line.host', {
    stay: stayInWords(change),
    end: s(`change.end.${change.status}`),
  });
}

/** What a form asks for; undefined while it names no stay, or nothing else than there is. */
export function wantedOf(order: Sold, draft: { start: string; end: string; guests: Who }): Sold | undefined {
  if (!isDay(draft.start) || !isDay(draft.end) || draft.end <= draft.start) return undefined;
  const same =
    draft.start === order.start_date && draft.end === order.end_date && sameGuests(draft.guests, order.guests);
  return same ? undefined : { start_date: draft.start, end_date: draft.end, guests: draft.guests };
}

/** The sentences beside the money, before somebody asks. */
export function meansOf(role: Role, { difference }: Pick<Money, 'difference'>, way: Way): string[] {
  return [
    s('change.means.answer'),
    difference > 0 && way === 'ONLINE' ? s(`change.means.${sideOf(role)}.pay`) : s('change.means.done'),
    s('change.means.held'),
  ].filter(Boolean);
}
