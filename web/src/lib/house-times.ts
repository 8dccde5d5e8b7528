/** Times of day (`HH:MM` in the site's zone) of arriving and leaving, in words. */
import { t } from '@/i18n';

/** `15:00 后`, or `15:00–22:30` where arrivals end. */
export const arrivalTime = (from: string, until: string | null): string =>
  until ? t('times.between', { from, until }) : t('times.from', { from });

/** `11:00 前`. */
export const departureTime = (by: string): string => t('times.by', { by });
