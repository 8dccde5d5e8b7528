/** What the app says, by the keys of its own texts, so that a way through it can be walked in either language. */
import { en } from '../src/i18n/en';
import { hostEn } from '../src/i18n/host-en';
import { type HostKey, hostZh } from '../src/i18n/host-zh';
import { stayEn } from '../src/i18n/stay-en';
import { type StayKey, stayZh } from '../src/i18n/stay-zh';
import { type Key, zh } from '../src/i18n/zh';
import { DEFAULTS } from '../src/lib/site-defaults';

export type Language = 'zh' | 'en';
type Values = Record<string, string | number>;
export type Say = (key: Key, values?: Values) => string;

const spot = `${DEFAULTS.cities[0]!.latitude}, ${DEFAULTS.cities[0]!.longitude}`;
/** What a new site is called and where it is. */
const siteIn = (language: Language): Values =>
  language === 'en'
    ? {
        site: DEFAULTS.name_en,
        slogan: DEFAULTS.slogan_en,
        sign: DEFAULTS.currency,
        place: DEFAULTS.cities[0]!.name_en,
        spot,
      }
    : { site: DEFAULTS.name, slogan: DEFAULTS.slogan, sign: DEFAULTS.currency, place: DEFAULTS.cities[0]!.name, spot };

const saying =
  <K extends string>(inChinese: Record<K, string>, inEnglish: Record<K, string>) =>
  (language: Language) =>
  (key: K, values?: Values): string =>
    filled((language === 'en' ? inEnglish : inChinese)[key], { ...siteIn(language), ...values });

export const wordsOf = saying<Key>(zh, en);
/** The same for the texts of the host's pages. */
export const hostWordsOf = saying<HostKey>(hostZh, hostEn);
/** The same for the texts of an order's own page. */
export const stayWordsOf = saying<StayKey>(stayZh, stayEn);

/** As the app fills its texts in: `{n} night|{n} nights` has a form for one. */
function filled(text: string, values: Values = {}): string {
  const [one = '', many] = text.split('|');
  const form = many === undefined || values.n === 1 ? one : many;
  return form.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
