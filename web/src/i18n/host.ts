/**
 * The texts of the host's pages, which guests never fetch: they come with the first of those pages, in both languages.
 */
import { fill, locale, type Values } from './index';
import { hostEn } from './host-en';
import { type HostKey, hostZh } from './host-zh';

export type { HostKey } from './host-zh';

/** Like {@link t}, for the keys of the host's pages. */
export function h(key: HostKey, values?: Values): string {
  return fill((locale.value === 'en' ? hostEn : hostZh)[key], values);
}
