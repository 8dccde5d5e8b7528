/** What could be given up when nothing fits, and how many houses there would be then. */
import { shallowRef } from 'vue';
import { locale, t } from '@/i18n';
import { addDays, firstNight, nights, showDate } from './dates';
import { countHouses } from './houses';
import type { Search } from './search';

interface Loosening {
  label: string;
  to: Search;
  count: number;
}

/** Each way of giving up one thing; dates may also move by a day or a week. */
export function waysToLoosen(search: Search, now = firstNight()): Omit<Loosening, 'count'>[] {
  const { sd, ed, aid, city, guests, pmin, pmax, facility } = search;
  const found: Omit<Loosening, 'count'>[] = [];
  const offer = (label: string, change: Partial<Search>) => found.push({ label, to: { ...search, ...change } });
  if (facility?.length) offer(t('list.loosen.facilities'), { facility: undefined });
  if (pmin ?? pmax) offer(t('list.loosen.price'), { pmin: undefined, pmax: undefined });
  if (sd && ed) {
    for (const move of [1, -1, 7]) {
      const from = addDays(sd, move);
      if (from >= now)
        offer(`${showDate(from, locale.value)} – ${showDate(addDays(from, nights(sd, ed)), locale.value)}`, {
          sd: from,
          ed: addDays(ed, move),
        });
    }
  }
  if (aid) offer(t('list.loosen.area'), { aid: undefined });
  if (city) offer(t('list.loosen.city'), { aid: undefined, city: undefined });
  if (guests) offer(t('list.loosen.guests'), { guests: undefined });
  if (sd) offer(t('list.loosen.dates'), { sd: undefined, ed: undefined });
  return found;
}

export function useLoosenings() {
  const loosenings = shallowRef<Loosening[]>([]);
  let asked: Search | undefined;

  /** Those that help; when none does, the search without any wish. */
  async function count(search: Search): Promise<void> {
    asked = search;
    loosenings.value = [];
    const counted = await Promise.all(
      waysToLoosen(search).map(async (way) => ({ ...way, count: await countHouses(way.to).catch(() => 0) })),
    );
    if (asked !== search) return;
    const helpful = counted.filter((way) => way.count > 0);
    const everything: Search = { sk: search.sk };
    loosenings.value = helpful.length
      ? helpful
      : [{ label: t('list.loosen.all'), to: everything, count: await countHouses(everything).catch(() => 0) }];
  }

  return { loosenings, count };
}
