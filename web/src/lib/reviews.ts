/** Who says what of the other side of a stay until when, and who reads it. */
import { locale } from '@/i18n';
import { s } from '@/i18n/stay';
import type { Call, FullOrder } from './api';
import { instantOf, showDate } from './dates';

export type ReportReason = NonNullable<Call<'report'>['body']>['reason'];
export const REPORT_REASONS = [
  'offensive',
  'untrue',
  'personal_data',
  'advertising',
  'other',
] as const satisfies readonly ReportReason[];

/** Whether the host may still say what the guest was like. */
export const canReviewGuest = (
  order: Pick<FullOrder, 'role' | 'review_until' | 'guest_review'>,
  now: number,
): boolean =>
  order.role === 'landlord' &&
  order.guest_review === null &&
  order.review_until !== null &&
  instantOf(order.review_until) > now;

/** What the writer has to know of who reads it; empty when the other side reads it already. */
export function readBy(review: { time: string; shown_time: string; hidden: boolean }, now: number): string {
  if (review.hidden) return s('review.hidden');
  // Without blind reviews it is shown when it is written, whatever this page's clock says.
  return review.shown_time > review.time && instantOf(review.shown_time) > now
    ? s('review.later', { date: showDate(review.shown_time.slice(0, 10), locale.value) })
    : '';
}
