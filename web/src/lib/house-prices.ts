/**
 * What can be said of a house's prices before dates are chosen. What a stay costs is said by the server alone, in a quote:
 * nothing here adds nights up.
 */
import type { FullHouse } from './api';
import { type Day, weekday } from './dates';
import type { Fen } from './money';

/** The prices that a host sets, as the house's page and the calendar name them. */
export type Prices = Pick<
  FullHouse,
  'price' | 'weekend_price' | 'cleaning_fee' | 'weekly_discount' | 'monthly_discount' | 'deposit'
> &
  Partial<Pick<FullHouse, 'base_guests' | 'extra_guest_fee' | 'early_bird' | 'last_minute'>>;

/** The weekend's price where it differs from that of other nights; else null. */
export const weekendPrice = (prices: Pick<Prices, 'price' | 'weekend_price'>): Fen | null =>
  prices.weekend_price === prices.price ? null : prices.weekend_price;

/** Friday and Saturday: a guest who arrives on Friday sleeps two nights of the weekend. */
export const isWeekend = (night: Day): boolean => weekday(night) === 4 || weekday(night) === 5;

/**
 * The lowest price of a night, and whether other nights cost more.
 *
 * @param free prices of the nights that can be booked, as the calendar tells them; empty while it is not known
 */
export function priceFrom(
  prices: Pick<Prices, 'price' | 'weekend_price'>,
  free: readonly Fen[] = [],
): { price: Fen; more: boolean } {
  const all = free.length ? free : [prices.price, prices.weekend_price ?? prices.price];
  let [low, high] = [all[0] ?? prices.price, all[0] ?? prices.price];
  for (const price of all) {
    low = Math.min(low, price);
    high = Math.max(high, price);
  }
  return { price: low, more: high > low };
}
