/** The app says nothing of a site but what the site says of itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DEFAULTS } from '@/lib/site-defaults';
import type { Site } from '@/lib/site';

/** Of the site that a new one is: its name, its city, what only stands there, its money. */
const OWN = /爱家|iHome|北京|Beijing|胡同|hutong|天安门|Tiananmen|¥|￥|(?<!单)元|39\.9|116\.[34]/;
/** Where they may stand: what a site is that says nothing of itself, and the sketch of its city. */
const DEFAULT_FILES = ['src/lib/site-defaults.ts', 'src/lib/beijing.ts'];

const TOKYO: Site = {
  ...DEFAULTS,
  zone: 'Asia/Tokyo',
  name: '灯屋',
  name_en: 'Lantern',
  slogan: '一盏灯，一张床。',
  slogan_en: 'A lamp and a bed.',
  currency: 'US$',
  cities: [
    { city_id: 3, name: '东京', name_en: 'Tokyo', latitude: 35.68, longitude: 139.76 },
    { city_id: 4, name: '京都', name_en: 'Kyoto', latitude: 35.01, longitude: 135.77 },
  ],
  area_names: { 涩谷: 'Shibuya' },
};

/** The modules as they are in a page that says this of its site. */
async function on(site: Site) {
  vi.resetModules();
  vi.stubGlobal('document', {
    createElement: () => ({}),
    documentElement: {},
    getElementById: (id: string) => (id === 'site' ? { textContent: JSON.stringify(site) } : null),
  });
  const [i18n, money, search, { zh }, { en }, { hostZh }, { hostEn }, { stayZh }, { stayEn }] = await Promise.all([
    import('@/i18n'),
    import('@/lib/money'),
    import('@/lib/search'),
    import('@/i18n/zh'),
    import('@/i18n/en'),
    import('@/i18n/host-zh'),
    import('@/i18n/host-en'),
    import('@/i18n/stay-zh'),
    import('@/i18n/stay-en'),
  ]);
  return {
    ...i18n,
    ...money,
    ...search,
    texts: { zh: { ...zh, ...hostZh, ...stayZh }, en: { ...en, ...hostEn, ...stayEn } },
  };
}

afterEach(() => vi.unstubAllGlobals());

test('no source of the app names a site, a city or a currency', () => {
  const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?<=^|\s)\/\/.*$/gm, '');
  const files = [
    'index.html',
    'public/manifest.webmanifest',
    ...readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) => `src/${name}`),
  ];
  const texts = files.filter(
    (name) => /\.(vue|ts|css|html|json|webmanifest)$/.test(name) && !DEFAULT_FILES.includes(name),
  );
  expect(texts.length).toBeGreaterThan(100);
  for (const name of texts) {
    const lines = code(readFileSync(name, 'utf8')).split('\n');
    expect(
      lines.filter((line) => OWN.test(line)),
      name,
    ).toEqual([]);
  }
});

describe('on another site', () => {
  test('every text is of that site, in both languages', async () => {
    const { locale, fill, texts } = await on(TOKYO);
    for (const language of ['zh', 'en'] as const) {
      locale.value = language;
      for (const [key, text] of Object.entries(texts[language])) {
        const said = fill(text);
        expect(said, key).not.toMatch(OWN);
        expect(said, key).not.toMatch(/\byuan\b/i);
        expect(said, key).not.toMatch(/\{(site|slogan|sign|place|spot)\}/);
      }
    }
  });

  test('name, slogan, places and money', async () => {
    const { setLocale, t, anywhere, showMoney, shortMoney, parseYuan } = await on(TOKYO);
    expect([t('app.title'), t('foot.about'), t('register.welcome')]).toEqual([
      '灯屋 · 各地短租',
      '一盏灯，一张床。',
      '欢迎来到灯屋',
    ]);
    expect([anywhere(), anywhere(4), anywhere(9)]).toEqual(['所有城市', '全京都', '所有城市']);
    expect(t('search.priceBelow', { n: 1234 })).toBe('US$1,234 以内');
    await setLocale('en');
    expect([anywhere(), anywhere(4)]).toEqual(['All cities', 'All of Kyoto']);
    expect([showMoney(138850), showMoney(-200), shortMoney(38850), shortMoney(128850), shortMoney(128800)]).toEqual([
      'US$1,388.50',
      '-US$2',
      'US$388+',
      'US$1288+',
      'US$1288',
    ]);
    expect([
      parseYuan('US$1,388.5'),
      parseYuan(' US$ 12 '),
      parseYuan('12'),
      parseYuan('¥12'),
      parseYuan('12US$'),
    ]).toEqual([138850, 1200, 1200, null, null]);
  });

  test('with one city nothing asks for it', async () => {
    const { anywhere, t, readSearch, writeSearch } = await on({ ...TOKYO, cities: TOKYO.cities.slice(0, 1) });
    expect([anywhere(), t('app.title')]).toEqual(['全东京', '灯屋 · 东京短租']);
    expect(writeSearch(readSearch({ city: '3' }))).toEqual({});
  });

  test('the address keeps the city, and one that the site does not have is none', async () => {
    const { readSearch, writeSearch } = await on(TOKYO);
    expect(writeSearch(readSearch({ aid: '401', city: '4' }))).toEqual({ aid: '401', city: '4' });
    expect(writeSearch(readSearch({ city: '4' }))).toEqual({ city: '4' });
    expect(writeSearch(readSearch({ city: '1' }))).toEqual({});
  });

  test('an area with its city before it, as imports write it, is read in English', async () => {
    await on(TOKYO);
    const { phrase } = await import('@/i18n/phrases');
    expect([phrase('东京市涩谷'), phrase('京都市'), phrase('北京市朝阳区')]).toEqual([
      'Shibuya, Tokyo',
      'Kyoto',
      '北京市朝阳区',
    ]);
  });
});
