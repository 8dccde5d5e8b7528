/** The areas of each city, asked for once. */
import { reactive } from 'vue';
import { areaName, locale } from '@/i18n';
import { call, type Data } from './api';
import { firstAnswer } from './first';
import { cities, onlyCity } from './site';

export type Area = Data<'getAreas'>[number] & { houses?: number };

const known = reactive(new Map<number, Area[]>());
const asked = new Map<number, Promise<void>>();

/** The city that is meant: the only one, or the one that is chosen. */
const meant = (city?: number): number | undefined => onlyCity()?.city_id ?? city;

/** The areas of a city, or of the only one; none before they are there, and none of all cities together. */
export const areasIn = (city?: number): Area[] => known.get(meant(city) ?? 0) ?? [];

/** Fetches the areas of a city, or of the only one; without a city on a site of many there is nothing to fetch. */
export function loadAreas(city?: number): Promise<void> {
  const id = meant(city);
  if (id === undefined || known.has(id) || takeReady(id)) return Promise.resolve();
  const running = asked.get(id) ?? call('getAreas', { query: { city: id } }).then((list) => void known.set(id, list));
  asked.set(id, running);
  return running.finally(() => asked.delete(id));
}

/** Takes them out of the page where the server laid them into it. */
function takeReady(city: number): boolean {
  const ready = firstAnswer<Area[]>(`/api/v1.0/areas?city=${city}`);
  if (ready) known.set(city, ready);
  return ready !== undefined;
}

/** An area by its id, of those that are there. */
export function areaOf(aid?: number): Area | undefined {
  for (const areas of known.values()) {
    const found = areas.find((area) => area.aid === aid);
    if (found) return found;
  }
  return undefined;
}

/** In which city an area lies, by asking one after another, those first whose areas are there; undefined for no city's. */
export async function cityOfArea(aid: number): Promise<number | undefined> {
  const ids = cities().map((city) => city.city_id);
  const near = ids.filter((id) => known.has(id) || takeReady(id));
  for (const id of [...near, ...ids.filter((each) => !near.includes(each))]) {
    await loadAreas(id);
    if (areasIn(id).some((area) => area.aid === aid)) return id;
  }
  return undefined;
}

/** An area's name for reading. */
export const areaLabel = (area: Area): string => (locale.value === 'en' && area.aname_en) || areaName(area.aname);
