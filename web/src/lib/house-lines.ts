/** The lines of a quote or an order, as a guest reads them. */
import type { Quote } from './api';
import type { Day } from './dates';
import type { Fen } from './money';

export type PriceLine = Quote['lines'][number];

/** Nights of one price. */
interface NightGroup {
  price: Fen;
  nights: number;
  amount: Fen;
}

interface Grouped {
  /** Nights of one price together, in the order in which the prices first appear. */
  groups: NightGroup[];
  /** Each night by itself. */
  nights: { date: Day; price: Fen }[];
  fees: Exclude<PriceLine, { kind: 'NIGHT' } | { kind: 'DISCOUNT' }>[];
  discounts: Extract<PriceLine, { kind: 'DISCOUNT' }>[];
}

export function grouped(lines: readonly PriceLine[]): Grouped {
  const groups = new Map<Fen, NightGroup>();
  const all: Grouped = { groups: [], nights: [], fees: [], discounts: [] };
  for (const line of lines) {
    if (line.kind === 'DISCOUNT') all.discounts.push(line);
    else if (line.kind !== 'NIGHT') all.fees.push(line);
    else {
      all.nights.push({ date: line.date, price: line.price });
      const group = groups.get(line.price) ?? { price: line.price, nights: 0, amount: 0 };
      groups.set(line.price, { price: line.price, nights: group.nights + 1, amount: group.amount + line.price });
    }
  }
  all.groups = [...groups.values()];
  return all;
}
