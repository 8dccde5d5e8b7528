/** The nights of a house as its host sees and changes them. */
import { call, type Data } from './api';
import { addDays, type Day, daysBetween } from './dates';
import { isWeekend, weekendPrice } from './house-prices';
import { type Fen, yuanText } from './money';

export type HostNight = Data<'getOwnCalendar'>['nights'][number];
export type Nights = ReadonlyMap<Day, HostNight>;

/** What can be done to nights; a price in fen. */
export type Change =
  { action: 'block' } | { action: 'unblock' } | { action: 'reset_price' } | { action: 'price'; price: Fen };

/** Nights from the first to the last, both of them included. */
interface Run {
  first: Day;
  last: Day;
}

/** A change of some nights, and what makes it undone. */
export interface Step {
  runs: Run[];
  change: Change;
}

/** Ordered days as runs without gaps. */
export function runsOf(days: readonly Day[]): Run[] {
  const runs: Run[] = [];
  for (const day of days) {
    const open = runs.at(-1);
    if (open && daysBetween(open.last, day) === 1) open.last = day;
    else runs.push({ first: day, last: day });
  }
  return runs;
}

/** The nights between two days, whichever is the earlier, that are the host's to change: known, and not sold. */
export function choosable(nights: Nights, one: Day, other: Day): Day[] {
  const [from, to] = one <= other ? [one, other] : [other, one];
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const night = nights.get(day);
    if (night && night.state !== 'booked') days.push(day);
  }
  return days;
}

/** Of these nights, those that a change really changes. */
export function changedBy(nights: Nights, days: readonly Day[], change: Change): Day[] {
  return days.filter((day) => {
    const night = nights.get(day);
    if (!night) return false;
    switch (change.action) {
      case 'block':
        return night.state === 'free';
      case 'unblock':
        return night.state === 'blocked';
      case 'reset_price':
        return night.special;
      case 'price':
        return !night.special || night.price !== change.price;
    }
  });
}

/** The steps that bring back what the nights were before a change. */
export function undoOf(nights: Nights, days: readonly Day[], change: Change): Step[] {
  const changed = changedBy(nights, days, change);
  if (change.action === 'block') return stepsFor(changed, { action: 'unblock' });
  if (change.action === 'unblock') return stepsFor(changed, { action: 'block' });
  const prices = new Map<Fen | null, Day[]>();
  for (const day of changed) {
    const night = nights.get(day);
    const before = night?.special ? night.price : null;
    prices.set(before, [...(prices.get(before) ?? []), day]);
  }
  return [...prices].flatMap(([price, those]) =>
    stepsFor(those, price === null ? { action: 'reset_price' } : { action: 'price', price }),
  );
}

export function stepsFor(days: readonly Day[], change: Change): Step[] {
  return days.length ? [{ runs: runsOf(days), change }] : [];
}

/**
 * The nights as they are after a step that the server has done. What a night costs without a price of its own only the
 * server knows: after `reset_price` the calendar is asked for again.
 */
export function after(nights: Nights, step: Step & { change: Known }): Map<Day, HostNight> {
  const changed = new Map(nights);
  for (const run of step.runs) {
    for (let day = run.first; day <= run.last; day = addDays(day, 1)) {
      const night = changed.get(day);
      if (night) changed.set(day, { ...night, ...whatIsNew(step.change) });
    }
  }
  return changed;
}

type Known = Exclude<Change, { action: 'reset_price' }>;

/** Whether {@link after} can tell the nights of a step. */
export const isKnown = (step: Step): step is Step & { change: Known } => step.change.action !== 'reset_price';

/** Whether a night costs the weekend's price. */
export const hasWeekendPrice = (night: HostNight, prices: { price: Fen; weekend_price: Fen | null }): boolean =>
  !night.special && isWeekend(night.date) && weekendPrice(prices) === night.price;

function whatIsNew(change: Known): Partial<HostNight> {
  switch (change.action) {
    case 'block':
      return { state: 'blocked' };
    case 'unblock':
      return { state: 'free' };
    case 'price':
      return { price: change.price, special: true };
  }
}

/** Has the server do a step: a call for each run. */
export async function run(house: number, step: Step): Promise<void> {
  for (const { first, last } of step.runs) {
    const { change } = step;
    await call('changeCalendar', {
      path: { house_id: house },
      body: {
        start_date: first,
        end_date: addDays(last, 1),
        action: change.action,
        ...(change.action === 'price' ? { price: yuanText(change.price) } : {}),
      },
    });
  }
}
