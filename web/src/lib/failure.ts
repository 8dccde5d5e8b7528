/** What a failure means to the person in front of it: in their words, with the next step. */
import { type Key, locale, t } from '@/i18n';
import { zh } from '@/i18n/zh';
import { ApiError } from './api';

/** What the server says, in the API document's own words, where its number alone does not say what to do. */
const REFUSALS = [
  'refused.openOrders',
  'refused.moneyOwed',
  'refused.favourites',
  'refused.photos',
  'refused.orderState',
  'refused.notPaid',
  'refused.paymentClosed',
  'refused.paymentGoesBack',
  'refused.paymentNotGenuine',
  'refused.providerFailed',
  'refused.noReply',
  'refused.login',
  'refused.registered',
  'refused.verified',
] as const satisfies readonly Key[];

/** More bookings held than the site allows an account: the sentence says what to do, which the time to wait does not. */
const HOLDS = /(未付款的?订单|尚未付款|逾期未付款|最多提交)/;

/** The text of such a word of the server's. */
export function refusalOf(message: string): Key | undefined {
  return REFUSALS.find((key) => zh[key] === message);
}

export function inWords(failure: unknown): string {
  if (!(failure instanceof ApiError)) return t('error.broken');
  if (failure.errno === 'cancelled') return t('error.cancelled');
  if (failure.errno === 'offline') return t('error.offline');
  if (HOLDS.test(failure.message)) return locale.value === 'zh' ? failure.message : t('refused.holds');
  if (failure.retryAfter !== undefined) return t('error.limited', { n: failure.retryAfter });
  if (failure.errno === 'broken' || failure.errno === '4500' || failure.errno === '4501') return t('error.broken');
  // The server's own word is Chinese, and more exact than what its number says.
  if (locale.value === 'zh' && failure.message) return failure.message;
  return t(refusalOf(failure.message) ?? (`errno.${failure.errno}` as Key)) || t('error.broken');
}

/** Which field of a form the server complained about. */
export function fieldOf<F extends string>(failure: unknown, fields: readonly F[]): F | undefined {
  if (!(failure instanceof ApiError) || failure.errno !== '4103') return undefined;
  return fields.find((field) => field === failure.field);
}
