/**
 * Beijing as a sketch: ring roads as rounded rectangles around their real extent, and places that everybody knows, in
 * degrees: what comes with a new site, whose city it is. Other cities show their centre alone.
 */
import type { Place } from './sketch';

export const CENTRE: Place = { latitude: 39.9087, longitude: 116.3975 };

/** South, west, north, east. */
export const RINGS: { zh: string; en: string; bounds: [number, number, number, number] }[] = [
  { zh: '二环', en: '2nd ring', bounds: [39.87, 116.346, 39.949, 116.434] },
  { zh: '三环', en: '3rd ring', bounds: [39.857, 116.31, 39.967, 116.461] },
  { zh: '四环', en: '4th ring', bounds: [39.832, 116.27, 39.989, 116.489] },
  { zh: '五环', en: '5th ring', bounds: [39.763, 116.209, 40.022, 116.548] },
  { zh: '六环', en: '6th ring', bounds: [39.69, 116.05, 40.16, 116.72] },
];

export const LANDMARKS: (Place & { zh: string; en: string })[] = [
  { zh: '天安门', en: 'Tiananmen', ...CENTRE },
  { zh: '首都机场', en: 'Capital Airport', latitude: 40.0799, longitude: 116.6031 },
  { zh: '大兴机场', en: 'Daxing Airport', latitude: 39.5098, longitude: 116.4105 },
  { zh: '北京南站', en: 'South Station', latitude: 39.8652, longitude: 116.3786 },
  { zh: '北京西站', en: 'West Station', latitude: 39.8949, longitude: 116.3218 },
  { zh: '颐和园', en: 'Summer Palace', latitude: 39.9999, longitude: 116.2755 },
  { zh: '三里屯', en: 'Sanlitun', latitude: 39.9374, longitude: 116.4551 },
  { zh: '八达岭长城', en: 'Great Wall, Badaling', latitude: 40.3541, longitude: 116.0078 },
  { zh: '慕田峪长城', en: 'Great Wall, Mutianyu', latitude: 40.4319, longitude: 116.5704 },
];
