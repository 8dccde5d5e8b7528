/** What the server says about the site in every page: `<script type="application/json" id="site">`. */
import type { Locale } from './dates';
import { DEFAULTS } from './site-defaults';

export interface City {
  city_id: number;
  name: string;
  name_en: string;
  /** Of the centre of its map, in degrees. */
  latitude: number;
  longitude: number;
}

export interface Site {
  /** Where the houses are: the zone of every day and time on the wire. */
  zone: string;
  /** The time of day (`23:59`, in that zone) from which no house can be booked for tonight. */
  tonight_until?: string;
  /** Of the first visit, by the browser's languages. */
  language: Locale;
  /** Those that the site speaks; at least one. */
  languages: Locale[];
  name: string;
  name_en: string;
  slogan: string;
  slogan_en: string;
  /** Stands before an amount. */
  currency: string;
  /** At least one. */
  cities: City[];
  /** English names of areas, by their names; those that have none are left out. */
  area_names: Record<string, string>;
  /** Beside the usual ones. */
  facilities: { id: number; name: string; name_en: string }[];
}

let known: Site | undefined;

export function site(): Site {
  if (!known) {
    const text = typeof document === 'undefined' ? null : document.getElementById('site')?.textContent;
    known = text ? { ...DEFAULTS, ...(JSON.parse(text) as Partial<Site>) } : DEFAULTS;
  }
  return known;
}

/** The city, where the site has one only. */
export const onlyCity = (): City | undefined => (site().cities.length === 1 ? site().cities[0] : undefined);

/** The cities to choose from; none where there is one only. */
export const cities = (): City[] => (site().cities.length > 1 ? site().cities : []);

/** One of the cities to choose from by its id; undefined for an id that is none's. */
export const cityOf = (id?: number): City | undefined => cities().find((city) => city.city_id === id);
