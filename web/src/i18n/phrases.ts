/**
 * What hosts and imports write in Chinese about units, beds and districts, in English. Only whole phrases of the usual
 * kinds are translated; anything else stays as its host wrote it.
 */
import { site } from '@/lib/site';

const DIGITS: Record<string, number> = { 一: 1, 两: 2, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 };
const number = (text: string): number => DIGITS[text] ?? Number(text);
const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
const N = '(\\d{1,3}|[一二两三四五六七八九十])';

const BEDS: Record<string, [string, string]> = {
  床: ['bed', 'beds'],
  单人床: ['single bed', 'single beds'],
  双人床: ['double bed', 'double beds'],
  大床: ['large double bed', 'large double beds'],
  上下铺: ['bunk bed', 'bunk beds'],
  高低床: ['bunk bed', 'bunk beds'],
  沙发床: ['sofa bed', 'sofa beds'],
  榻榻米: ['tatami bed', 'tatami beds'],
  儿童床: ['child’s bed', 'child’s beds'],
  婴儿床: ['cot', 'cots'],
};
const ROOMS: Record<string, [string, string]> = {
  室: ['bedroom', 'bedrooms'],
  居: ['bedroom', 'bedrooms'],
  房: ['bedroom', 'bedrooms'],
  厅: ['living room', 'living rooms'],
  卫: ['bathroom', 'bathrooms'],
  厨: ['kitchen', 'kitchens'],
  阳台: ['balcony', 'balconies'],
};
const WORDS: Record<string, string> = {
  未注明: 'not stated',
  开间: 'Studio',
  单间: 'Private room',
  独立房间: 'Private room',
  合住房间: 'Shared room',
  床位: 'Shared room',
  整套: 'Entire place',
  整套房子: 'Entire place',
  整套公寓: 'Entire apartment',
  公寓: 'Apartment',
  四合院: 'Courtyard house',
  别墅: 'Villa',
  酒店房间: 'Hotel room',
};

const BED_NAMES = Object.keys(BEDS)
  .sort((one, other) => other.length - one.length)
  .join('|');
const BED_AFTER = new RegExp(`^${N}\\s*张?(${BED_NAMES})$`);
const BED_BEFORE = new RegExp(`^(${BED_NAMES})\\s*${N}?\\s*张?$`);
const ROOM = new RegExp(`${N}(${Object.keys(ROOMS).join('|')})`, 'g');

function part(text: string): string | null {
  const bed = BED_AFTER.exec(text);
  if (bed?.[1] && bed[2]) return count(number(bed[1]), ...BEDS[bed[2]]!);
  const named = BED_BEFORE.exec(text);
  if (named?.[1] && (named[2] || named[1] !== '床')) return count(named[2] ? number(named[2]) : 1, ...BEDS[named[1]]!);
  const rooms = [...text.matchAll(ROOM)];
  if (rooms.length && rooms.map(([whole]) => whole).join('') === text) {
    return rooms.map(([, n, kind]) => count(number(n!), ...ROOMS[kind!]!)).join(', ');
  }
  return place(text) ?? WORDS[text] ?? null;
}

/** A city, or an area with or without its city before it, as imports write them. */
function place(text: string): string | null {
  for (const { name, name_en } of site().cities) {
    if (text === name || text === `${name}市`) return name_en;
    const area = text.startsWith(`${name}市`)
      ? text.slice(name.length + 1)
      : text.startsWith(name)
        ? text.slice(name.length)
        : text;
    const english = site().area_names[area];
    if (english) return site().cities.length === 1 || area !== text ? `${english}, ${name_en}` : english;
  }
  return null;
}

/** The phrase in English, or as it is where it is none of the usual ones. */
export function phrase(text: string): string {
  const parts = text.split(/[，,、；;+＋]/).map((each) => part(each.trim()));
  return parts.length && parts.every((each) => each !== null) ? parts.join(', ') : text;
}
