/** The texts in the guest's language. Chinese is part of the app; English is fetched when it is chosen. */
import { ref, shallowRef } from 'vue';
import type { Locale } from '@/lib/dates';
import { keep, kept } from '@/lib/keep';
import { type City, cityOf, onlyCity, site } from '@/lib/site';
import { type Key, type Texts, zh } from './zh';

export type { Key } from './zh';
export type { Locale } from '@/lib/dates';

export const locale = ref<Locale>('zh');
const texts = shallowRef<Texts>(zh);
const english = shallowRef<typeof import('./english')>();

async function use(next: Locale): Promise<void> {
  english.value = next === 'en' ? await import('./english') : undefined;
  texts.value = english.value?.en ?? zh;
  locale.value = next;
  document.documentElement.lang = next === 'en' ? 'en' : 'zh-CN';
}

/** Somebody's choice, kept on the device, and told to the server for its part of a page. */
export async function setLocale(next: Locale): Promise<void> {
  await use(next);
  keep('locale', next);
  tellServer(next);
}

/** The choice of before, where the site still speaks it; without one, what the server made of the browser's languages. */
export async function restoreLocale(): Promise<void> {
  const before = kept<Locale>('locale');
  const chosen = before && site().languages.includes(before) ? before : undefined;
  if (chosen) tellServer(chosen);
  if ((chosen ?? site().language) === 'en') await use('en');
}

function tellServer(chosen: Locale): void {
  document.cookie = `lang=${chosen}; path=/; max-age=31536000; samesite=lax`;
}

export type Values = Record<string, string | number>;

/** The text of a key with its values in place. In `{n} night|{n} nights` the first form is for one. */
export function t(key: Key, values?: Values): string {
  return fill(texts.value[key] ?? '', values);
}

export function fill(text: string, values: Values = {}): string {
  const bar = text.indexOf('|');
  const form = bar < 0 ? text : Number(values.n) === 1 ? text.slice(0, bar) : text.slice(bar + 1);
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name] ?? ofSite(name);
    return value === undefined ? whole : typeof value === 'number' ? value.toLocaleString('en-US') : value;
  });
}

/** What the texts say of the site, by a name in braces; undefined for any other name. */
function ofSite(name: string): string | undefined {
  const { name: chinese, name_en, slogan, slogan_en, currency, cities } = site();
  const [first] = cities;
  const only = onlyCity();
  const say = (zh: string, en: string) => (locale.value === 'en' ? en : zh);
  switch (name) {
    case 'site':
      return say(chinese, name_en);
    case 'slogan':
      return say(slogan, slogan_en);
    case 'sign':
      return currency;
    case 'place':
      return only ? cityName(only) : say('各地', 'many cities');
    case 'spot':
      return first ? `${first.latitude}, ${first.longitude}` : undefined;
    default:
      return undefined;
  }
}

/** A city's name for reading. */
export const cityName = (city: City): string => (locale.value === 'en' ? city.name_en : city.name);

/** Where a search looks that names no area: anywhere in its city or in the only one, or in all cities. */
export function anywhere(city?: number): string {
  const found = onlyCity() ?? cityOf(city);
  return found ? t('search.anywhere', { place: cityName(found) }) : t('search.everywhere');
}

/** An area's name for reading; a name that is not known stays as the server gives it. */
export function areaName(name: string): string {
  return locale.value === 'en' ? (site().area_names[name] ?? name) : name;
}

/** Somebody's name for reading: what the server made up says so in the reader's language. */
export function personName(name: string): string {
  return english.value ? english.value.personInEnglish(name) : name;
}

/** What happened, of a notice: the server writes them in Chinese. */
export function noticeWords(what: string): string {
  return english.value ? english.value.noticeInEnglish(what) : what;
}

/** What a host wrote of units, beds and districts, in the reader's language where it is one of the usual phrases. */
export function phrase(text: string): string {
  return english.value ? english.value.phrase(text) : text;
}
