/** What the app says, by the keys of its own texts, so that a way through it can be walked in either language. */
import { en } from '../src/i18n/en';
import { type Key, zh } from '../src/i18n/zh';

export type Language = 'zh' | 'en';
export type Say = (key: Key, values?: Record<string, string | number>) => string;

/** As the app fills its texts in: `{n} night|{n} nights` has a form for one. */
export const wordsOf =
  (language: Language): Say =>
  (key, values = {}) => {
    const text: string = (language === 'en' ? en : zh)[key];
    const [one = '', many] = text.split('|');
    const form = many === undefined || values.n === 1 ? one : many;
    return form.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
  };
