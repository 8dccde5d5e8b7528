/** The texts of an order's own page, which come with it and with the host's orders, in both languages. */
import { fill, locale, type Values } from './index';
import { stayEn } from './stay-en';
import { type StayKey, stayZh } from './stay-zh';

export type { StayKey } from './stay-zh';

/** Like {@link t}, for the keys of these texts. */
export function s(key: StayKey, values?: Values): string {
  return fill((locale.value === 'en' ? stayEn : stayZh)[key], values);
}
