/** On which days a stay at a house may begin and end, as its calendar says: seasons have rules of their own. */
import { type Day, nights } from './dates';

/** Of a stay that begins with this night, or ends on this day. */
export interface NightRules {
  min_days: number;
  closed_to_arrival: boolean;
  closed_to_departure: boolean;
}

export type DateRules = ReadonlyMap<Day, NightRules>;

/** The least number of nights: the day of arrival decides; without a calendar the house's own number. */
export const leastNights = (rules: DateRules | undefined, own: number, start: Day): number =>
  rules?.get(start)?.min_days ?? own;

export const mayArrive = (rules: DateRules | undefined, day: Day): boolean => !rules?.get(day)?.closed_to_arrival;
export const mayLeave = (rules: DateRules | undefined, day: Day): boolean => !rules?.get(day)?.closed_to_departure;

type DateFault = { what: 'arrival' | 'departure' } | { what: 'short' | 'long'; n: number };

/** What forbids these dates, in the order in which the server looks; undefined when nothing does. */
export function faultOf(
  rules: DateRules | undefined,
  house: { min_days: number; max_days: number },
  start: Day,
  end: Day,
): DateFault | undefined {
  if (!mayArrive(rules, start)) return { what: 'arrival' };
  if (!mayLeave(rules, end)) return { what: 'departure' };
  const [count, least] = [nights(start, end), leastNights(rules, house.min_days, start)];
  if (count < least) return { what: 'short', n: least };
  return house.max_days && count > house.max_days ? { what: 'long', n: house.max_days } : undefined;
}

/** Whether some dates have rules that others have not. */
export const rulesVary = (rules: DateRules, own: number): boolean =>
  [...rules.values()].some((rule) => rule.closed_to_arrival || rule.closed_to_departure || rule.min_days !== own);
