/** A search, and how the address bar says it. */
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import { addDays, comingWeekend, type Day, firstNight, isDay, nights, today } from './dates';
import { FACILITIES } from './facilities';
import { keep, kept } from './keep';
import { cityOf } from './site';

export const SORTS = ['new', 'booking', 'price-inc', 'price-des', 'total-inc'] as const;
export type Sort = (typeof SORTS)[number];

export interface Search {
  sd?: Day;
  ed?: Day;
  aid?: number;
  /** Of the area; without one: anywhere in this city. None where the site has one only. */
  city?: number;
  /** Adults and children together: infants need no bed. */
  guests?: number;
  /** Of those, children; only a house's page and what follows it ask. */
  children?: number;
  infants?: number;
  /** Yuan a night. */
  pmin?: number;
  pmax?: number;
  /** Ids of facilities, every one of them wanted; in order. */
  facility?: number[];
  sk: Sort;
}

const LONGEST_STAY = 365;

/** Reads an address; what makes no sense there counts as not said, so that no shared link is a dead end. */
export function readSearch(query: LocationQuery, now = today()): Search {
  const search: Search = { sk: SORTS.find((sort) => sort === query.sk) ?? 'booking' };
  if (isDay(query.sd) && query.sd >= now) search.sd = query.sd;
  if (search.sd && isDay(query.ed) && query.ed > search.sd && nights(search.sd, query.ed) <= LONGEST_STAY) {
    search.ed = query.ed;
  }
  if (search.sd && !search.ed) search.ed = addDays(search.sd, 1);
  search.aid = positive(query.aid);
  search.city = cityIn(query);
  search.guests = positive(query.guests);
  const [children, infants] = [positive(query.children), positive(query.infants)];
  if (children && children < (search.guests ?? 1)) search.children = children;
  if (infants) search.infants = infants;
  search.pmin = positive(query.pmin);
  search.pmax = positive(query.pmax);
  search.facility = facilitiesOf(query.facility);
  return search;
}

/** The city of an address, where the site has several and this is one of them. */
export const cityIn = (query: LocationQuery): number | undefined => cityOf(positive(query.city))?.city_id;

function positive(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,7}$/.test(value) ? Number(value) : 0;
  return number > 0 ? number : undefined;
}

function facilitiesOf(value: unknown): number[] | undefined {
  if (typeof value !== 'string' || !/^\d{1,5}(,\d{1,5}){0,63}$/.test(value)) return undefined;
  const known = [...new Set(value.split(',').map(Number))].filter((id) => FACILITIES.includes(id));
  return known.length ? known.sort((a, b) => a - b) : undefined;
}

export function writeSearch(search: Search): LocationQueryRaw {
  const query: LocationQueryRaw = {};
  for (const key of ['aid', 'city', 'sd', 'ed', 'guests', 'children', 'infants', 'pmin', 'pmax'] as const) {
    if (search[key] !== undefined) query[key] = String(search[key]);
  }
  if (search.facility?.length) query.facility = search.facility.join(',');
  if (search.sk !== 'booking') query.sk = search.sk;
  return query;
}

/** The part of a search that a house's page needs: dates and guests. */
export function stayOf(search: Search): LocationQueryRaw {
  const { sd, ed, guests, children, infants } = search;
  return writeSearch({ sd, ed, guests, children, infants, sk: 'booking' });
}

export interface Who {
  adults: number;
  children: number;
  infants: number;
}

/** Who comes, as an order says it; without a word one adult. */
export function whoOf({ guests = 1, children = 0, infants = 0 }: Search): Who {
  return { adults: Math.max(1, guests - children), children, infants };
}

/** What narrows a search beyond area, dates, guests and order. */
export function filterCount({ pmin, pmax, facility }: Search): number {
  return (pmin || pmax ? 1 : 0) + (facility?.length ?? 0);
}

export function lastSearch(): Search | null {
  const query = kept<LocationQuery>('search');
  return query ? readSearch(query) : null;
}

export const rememberSearch = (search: Search): void => keep('search', writeSearch(search));

export function firstSearch(): Search {
  const [sd, ed] = comingWeekend(firstNight());
  return { sd, ed, guests: 2, sk: 'booking' };
}
