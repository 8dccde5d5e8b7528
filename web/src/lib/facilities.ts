/** Facilities by id; the ids are those of the API family, the names are texts of the app. */
import { type Key, t } from '@/i18n';

export const FACILITIES = Array.from({ length: 23 }, (_, index) => index + 1);
export const facilityName = (id: number): string => t(`facility.${id}` as Key);
/** Those that guests look for first. */
export const COMMON_FACILITIES = [1, 3, 4, 2, 14, 13, 16, 15, 20, 17];
