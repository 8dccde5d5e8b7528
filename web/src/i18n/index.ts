/** The texts in the guest's language. Chinese is part of the app; English is fetched when it is chosen. */
import { ref, shallowRef } from 'vue';
import type { Locale } from '@/lib/dates';
import { keep, kept } from '@/lib/keep';
import { type Key, type Texts, zh } from './zh';

export type { Key } from './zh';
export type { Locale } from '@/lib/dates';

export const locale = ref<Locale>('zh');
const texts = shallowRef<Texts>(zh);

export async function setLocale(next: Locale): Promise<void> {
  texts.value = next === 'en' ? (await import('./en')).en : zh;
  locale.value = next;
  document.documentElement.lang = next === 'en' ? 'en' : 'zh-CN';
  keep('locale', next);
}

/** The choice of before; Chinese where there is none, since the houses' own words are Chinese. */
export async function restoreLocale(): Promise<void> {
  if (kept<Locale>('locale') === 'en') await setLocale('en');
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
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? value.toLocaleString('en-US') : value;
  });
}

const areas: Record<string, string> = {
  东城区: 'Dongcheng',
  西城区: 'Xicheng',
  朝阳区: 'Chaoyang',
  海淀区: 'Haidian',
  昌平区: 'Changping',
  丰台区: 'Fengtai',
  房山区: 'Fangshan',
  通州区: 'Tongzhou',
  顺义区: 'Shunyi',
  大兴区: 'Daxing',
  怀柔区: 'Huairou',
  平谷区: 'Pinggu',
  密云区: 'Miyun',
  延庆区: 'Yanqing',
  石景山区: 'Shijingshan',
  门头沟区: 'Mentougou',
};

/** An area's name for reading; a name that is not known stays as the server gives it. */
export function areaName(name: string): string {
  return locale.value === 'en' ? (areas[name] ?? name) : name;
}
