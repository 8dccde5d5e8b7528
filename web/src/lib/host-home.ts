/** What the host's home shows of houses and money. */
import type { Data } from './api';
import { addDays, type Day } from './dates';
import type { Fen } from './money';

type Occupied = Data<'getOccupancy'>['houses'][number];
/** `requested`: taken by an order that waits for the host's answer. */
export type NightState = Occupied['nights'][number] | 'requested';
export type Income = Data<'getIncome'>;

/** The nights from a day on, requests apart from what is sold. */
export function nightsOf(house: Pick<Occupied, 'nights' | 'requested'>, from: Day): NightState[] {
  const asked = new Set(house.requested);
  return house.nights.map((state, index) => (asked.has(addDays(from, index)) ? 'requested' : state));
}

export function countOf(nights: readonly NightState[]): Record<NightState, number> {
  const counts: Record<NightState, number> = { taken: 0, requested: 0, free: 0, blocked: 0 };
  for (const night of nights) counts[night]++;
  return counts;
}

/** A round number of yuan, not below the highest bar, for the scale of a chart; at least 100 yuan. */
export function scaleTop(highest: Fen): Fen {
  const yuan = Math.max(100, highest / 100);
  const power = 10 ** Math.floor(Math.log10(yuan));
  const step = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((each) => each * power >= yuan) ?? 10;
  return Math.round(step * power * 100);
}
