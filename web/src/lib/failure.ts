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
  'refused.changeOpen',
  'refused.reviewTooLate',
  'refused.notPaid',
  'refused.paymentClosed',
  'refused.paymentGoesBack',
  'refused.paymentNotGenuine',
  'refused.providerFailed',
  'refused.noReply',
  'refused.login',
  'refused.registered',
  'refused.verified',
  'refused.tooLate',
  'refused.commonPassword',
] as const satisfies readonly Key[];

/** The text of such a word of the server's. */
export function refusalOf(message: string): Key | undefined {
  return REFUSALS.find((key) => (key === 'refused.commonPassword' ? message.endsWith(zh[key]) : zh[key] === message));
}

/** A limit of what an account may hold without paying. */
interface Hold {
  limit: Limit;
  /** Orders that wait for an answer or a payment, where it helps to pay or cancel one of them. */
  openOrders: number;
}

type Limit = Key extends infer K ? (K extends `holds.limit.${infer L}` ? L : never) : never;

/** The limit that a booking was refused for; undefined when it was something else. */
export function holdOf(failure: unknown): Hold | undefined {
  const data =
    failure instanceof ApiError
      ? (failure.data as { limit?: unknown; open_orders?: unknown } | null | undefined)
      : undefined;
  if (typeof data?.limit !== 'string' || !(`holds.limit.${data.limit}` in zh)) return undefined;
  return { limit: data.limit as Limit, openOrders: Number(data.open_orders) || 0 };
}

export function inWords(failure: unknown): string {
  if (!(failure instanceof ApiError)) return t('error.broken');
  if (failure.errno === 'cancelled') return t('error.cancelled');
  if (failure.errno === 'offline') return t('error.offline');
  // The sentence says what to do, which the time to wait does not.
  const hold = holdOf(failure);
  if (hold) return locale.value === 'zh' ? failure.message : t(`holds.limit.${hold.limit}`);
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

/** Whether trying again cannot help: what was asked for does not exist, or is another's. */
export const isFinal = (failure: unknown): boolean =>
  failure instanceof ApiError && ['4002', '4105'].includes(failure.errno);
