/** Facilities by id; the ids are those of the API family, the names those of the site's table. */
import { locale } from '@/i18n';
import names from '@/i18n/names.json';
import { site } from './site';

export const FACILITIES = [...Object.keys(names.facilities).map(Number), ...site().facilities.map(({ id }) => id)];
export const facilityName = (id: number): string => {
  const own = site().facilities.find((each) => each.id === id);
  if (own) return locale.value === 'en' ? own.name_en : own.name;
  return (names.facilities as Record<string, { zh: string; en: string }>)[id]?.[locale.value] ?? String(id);
};
/** Those that guests look for first. */
export const COMMON_FACILITIES = [1, 3, 4, 2, 14, 13, 16, 15, 20, 17];
