/** Searching: pages one after another, and the exact number of all that fit. */
import { reactive, ref, shallowRef } from 'vue';
import { addressOf, type BasicHouse, callWithHeaders, type Data } from './api';
import { firstAnswer, firstTotal } from './first';
import type { Search } from './search';

type Query = Record<string, string | number | undefined>;

/** In the order in which the server writes it too, when it lays the first list into the page. An area says its city. */
function queryOf({ aid, city, sd, ed, guests, pmin, pmax, facility, sk }: Search, page: number): Query {
  return {
    aid,
    city: aid ? undefined : city,
    sd,
    ed,
    guests,
    pmin,
    pmax,
    facility: facility?.join(','),
    sk,
    p: page === 1 ? undefined : page,
  };
}

async function fetchPage(search: Search, page: number, signal?: AbortSignal) {
  const ready = firstAnswer<Data<'searchHouses'>>(addressOf('/api/v1.0/houses', undefined, queryOf(search, page)));
  if (ready) return { houses: ready.houses, pages: ready.total_page, total: firstTotal() };
  const { data, headers } = await callWithHeaders('searchHouses', { query: queryOf(search, page) as never, signal });
  const total = headers.get('X-Total-Count');
  return { houses: data.houses, pages: data.total_page, total: total === null ? null : Number(total) };
}

/** The first page of a list. */
export const firstHouses = async (search: Search): Promise<BasicHouse[]> => (await fetchPage(search, 1)).houses;

/** How many houses fit. A server that does not say it is asked for the last page, which tells. */
async function exactTotal(search: Search, first: Awaited<ReturnType<typeof fetchPage>>, signal?: AbortSignal) {
  if (first.total !== null) return first.total;
  if (first.pages <= 1) return first.houses.length;
  const last = await fetchPage(search, first.pages, signal);
  return first.houses.length * (first.pages - 1) + last.houses.length;
}

export async function countHouses(search: Search, signal?: AbortSignal): Promise<number> {
  return exactTotal(search, await fetchPage(search, 1, signal), signal);
}

/** A list that grows. Starting a new search drops whatever was still on its way. */
export function useHouses() {
  const houses = shallowRef<BasicHouse[]>([]);
  const state = reactive({ loading: false, more: false });
  const total = ref<number | null>(null);
  const failure = ref<unknown>();
  let at = { search: null as Search | null, page: 0, pages: 0 };
  let running: AbortController | undefined;

  async function start(search: Search): Promise<void> {
    running?.abort();
    at = { search, page: 0, pages: 0 };
    houses.value = [];
    total.value = null;
    await next(true);
  }

  async function next(first = false): Promise<void> {
    const { search } = at;
    if (!search || (!first && (state.loading || !state.more))) return;
    const mine = new AbortController();
    running = mine;
    state.loading = true;
    failure.value = undefined;
    try {
      const answer = await fetchPage(search, at.page + 1, mine.signal);
      at.page += 1;
      at.pages = answer.pages;
      const known = new Set(houses.value.map((house) => house.house_id));
      houses.value = [...houses.value, ...answer.houses.filter((house) => !known.has(house.house_id))];
      state.more = at.page < at.pages;
      if (first) total.value = await exactTotal(search, answer, mine.signal);
    } catch (problem) {
      // A newer search has taken over, or somebody did not want to wait: only the second is worth a word.
      if (!mine.signal.aborted) failure.value = problem;
    } finally {
      if (running === mine) state.loading = false;
    }
  }

  return { houses, state, total, failure, start, next };
}
